package dcocpp.api.hardware;

import java.util.Objects;

/**
 * One power module.
 *
 * @param moduleId its id
 * @param healthy it can be used
 * @param on it is regulating
 * @param voltageV output voltage, V; NaN = not measured
 * @param currentA output current, A; NaN = not measured
 * @param temperatureC temperature, °C; NaN = not measured
 * @param detail alarm for people; empty when there is none
 */
public record ModuleState(String moduleId, boolean healthy, boolean on, double voltageV, double currentA, double temperatureC,
        String detail) {

    public ModuleState {
        Objects.requireNonNull(moduleId);
        Objects.requireNonNull(detail);
    }
}
