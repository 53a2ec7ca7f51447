package dcocpp.controller.internal.config;

import java.util.ArrayList;
import java.util.List;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;

/** One slot of the configuration. From any thread. */
@Component(service = SlotEntry.class, configurationPid = "dcocpp.slot", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SlotConfig.class, factory = true)
public final class SlotEntry {

    private volatile Value value;

    @Activate
    public SlotEntry(SlotConfig config) {
        value = Value.of(config);
    }

    @Modified
    void modified(SlotConfig config) {
        value = Value.of(config);
    }

    /** What is configured now. */
    public Value value() {
        return value;
    }

    /**
     * A slot and the configuration it belongs to.
     *
     * @param generation number of the configuration
     * @param settings the slot
     */
    public record Value(long generation, SlotSettings settings) {

        static Value of(SlotConfig config) {
            List<ModuleSettings> modules = new ArrayList<>();
            for (int i = 0; i < config.moduleIds().length; i++) {
                modules.add(new ModuleSettings(config.moduleIds()[i], config.moduleContactors()[i], config.moduleTypes()[i],
                        config.moduleAddresses()[i], config.moduleGroups()[i], config.moduleCanInterfaces()[i],
                        config.moduleRatedPowerKW()[i] * 1000, config.moduleRatedCurrentA()[i]));
            }
            return new Value(config.config_generation(), new SlotSettings(config.id(), config.gunId(), config.gc(), config.mc(),
                    config.cw(), config.ccw(), config.open(), modules));
        }
    }
}
