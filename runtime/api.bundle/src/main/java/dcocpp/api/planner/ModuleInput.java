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
 */
public record ModuleInput(String moduleId, String contactor, double capacityW, boolean usable, double hours, double temperatureC) {

    public ModuleInput {
        Objects.requireNonNull(moduleId);
        Objects.requireNonNull(contactor);
        if (!(capacityW >= 0)) {
            throw new IllegalArgumentException("capacity of " + moduleId + " is " + capacityW + " W");
        }
    }
}
