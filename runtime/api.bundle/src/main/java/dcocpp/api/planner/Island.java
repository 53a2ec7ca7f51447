package dcocpp.api.planner;

import java.util.List;
import java.util.Objects;

/**
 * What one gun gets.
 *
 * @param connectorId the gun
 * @param slotIds the slots joined on its bus, clockwise; contains its home slot
 * @param moduleIds the modules that shall feed it
 * @param powerW power, W
 * @param currentA current, A
 * @param voltageV voltage, V
 * @param reason what limits it
 */
public record Island(int connectorId, List<Integer> slotIds, List<String> moduleIds, double powerW, double currentA, double voltageV,
        Reason reason) {

    public Island {
        slotIds = List.copyOf(slotIds);
        moduleIds = List.copyOf(moduleIds);
        Objects.requireNonNull(reason);
    }

    /** What limits the power of a gun. New ones are added at the end. */
    public enum Reason {
        /** The vehicle gets what it asks for. */
        DEMAND,
        /** The gun's own limit. */
        GUN_LIMIT,
        /** The capacity of the modules it has. */
        MODULES,
        /** The site's limit, shared. */
        GRID,
        /** No usable module. */
        NO_MODULES
    }
}
