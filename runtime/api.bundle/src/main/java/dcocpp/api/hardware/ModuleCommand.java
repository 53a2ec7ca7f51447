package dcocpp.api.hardware;

import java.util.Objects;

/**
 * Wanted state of one power module.
 *
 * @param moduleId its id
 * @param closeContactor MN shall be closed
 * @param on it shall regulate
 * @param voltageV set point, V
 * @param currentA set point of its own share, A
 */
public record ModuleCommand(String moduleId, boolean closeContactor, boolean on, double voltageV, double currentA) {

    public ModuleCommand {
        Objects.requireNonNull(moduleId);
        if (!(voltageV >= 0) || Double.isInfinite(voltageV) || !(currentA >= 0) || Double.isInfinite(currentA)) {
            throw new IllegalArgumentException("module " + moduleId + ": set point " + voltageV + " V / " + currentA
                    + " A must be finite and at least 0");
        }
    }
}
