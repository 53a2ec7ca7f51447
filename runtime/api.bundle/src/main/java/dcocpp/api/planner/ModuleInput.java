package dcocpp.api.planner;

import java.util.Objects;

/**
 * A power module.
 *
 * @param moduleId its id
 * @param contactor name of its contactor MN
 * @param capacityW what it can give now, after derating, W
 * @param usable healthy and not forbidden
 * @param hours operating hours, for wear levelling
 * @param temperatureC temperature, °C; NaN = not measured
 * @param cycles how often its contactor has been switched, for wear levelling among modules with as many hours
 */
public record ModuleInput(String moduleId, String contactor, double capacityW, boolean usable, double hours, double temperatureC,
        long cycles) {

    public ModuleInput {
        Objects.requireNonNull(moduleId);
        Objects.requireNonNull(contactor);
        if (!(capacityW >= 0)) {
            throw new IllegalArgumentException("capacity of " + moduleId + " is " + capacityW + " W");
        }
    }

    /** A module whose contactor's operations are not counted. */
    public ModuleInput(String moduleId, String contactor, double capacityW, boolean usable, double hours, double temperatureC) {
        this(moduleId, contactor, capacityW, usable, hours, temperatureC, 0);
    }
}
