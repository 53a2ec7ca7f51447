package dcocpp.api.topology;

import java.util.Objects;

/**
 * One power module.
 *
 * @param id unique name, such as {@code M1_0}
 * @param contactor name of its contactor MN, unique over all contactors
 * @param type driver type; empty = switched by the PLC's relay only
 * @param address bus address, −1 = none
 * @param group address group
 * @param canInterface interface of its driver; empty = none
 * @param ratedPowerW rated output power in W, &gt; 0
 * @param ratedCurrentA rated output current in A; 0 = not given
 */
public record ModuleSettings(String id, String contactor, String type, int address, int group, String canInterface,
        double ratedPowerW, double ratedCurrentA) {

    public ModuleSettings {
        Objects.requireNonNull(id);
        Objects.requireNonNull(contactor);
        Objects.requireNonNull(type);
        Objects.requireNonNull(canInterface);
        if (!(ratedPowerW > 0)) {
            throw new IllegalArgumentException("module " + id + " has no rated power: " + ratedPowerW + " W");
        }
    }
}
