package dcocpp.controller.internal.config;

import java.util.Locale;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

import dcocpp.api.topology.ConnectorSettings;

/** One connector of the configuration. From any thread. */
@Component(service = ConnectorEntry.class, configurationPid = "dcocpp.connector", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConnectorConfig.class, factory = true)
public final class ConnectorEntry {

    private volatile Value value;

    @Activate
    public ConnectorEntry(ConnectorConfig config) {
        value = Value.of(config);
    }

    @Modified
    void modified(ConnectorConfig config) {
        value = Value.of(config);
    }

    /** What is configured now. */
    public Value value() {
        return value;
    }

    /**
     * A connector and the configuration it belongs to.
     *
     * @param generation number of the configuration
     * @param settings the connector
     */
    public record Value(long generation, ConnectorSettings settings) {

        static Value of(ConnectorConfig config) {
            return new Value(config.config_generation(), new ConnectorSettings(config.id(), config.plcId(), config.label(),
                    config.canInterface(), config.maxCurrentA(), config.maxPowerW(), config.minVoltageV(), config.maxVoltageV(),
                    config.priority(), config.requireLock(), config.lockInputSwitch(),
                    config.meterSource().toLowerCase(Locale.ROOT).equals("shunt") ? ConnectorSettings.MeterSource.SHUNT
                            : ConnectorSettings.MeterSource.PLC,
                    config.meterScale(), config.meterOffsetWh(), config.meterSampleIntervalSeconds(), config.autochargePrefix(),
                    config.autochargeSource()));
        }
    }
}
