package dcocpp.api.session;

import java.util.List;
import java.util.Objects;

/**
 * How the plans of a planner that is not applied yet differ from those of the one that is, for the same inputs.
 *
 * @param against name and version of the planner whose plans are applied
 * @param cycles how many pairs of plans were compared
 * @param differentCycles how many of them gave a gun other power (by more than 1 W) or other modules
 * @param guns by connector id; only guns that one of the two gave power
 * @param active what the applied plans cost
 * @param candidate what the plans that were not applied would have cost
 */
public record PlannerComparison(String against, long cycles, long differentCycles, List<Gun> guns, Effort active, Effort candidate) {

    public PlannerComparison {
        Objects.requireNonNull(against);
        guns = List.copyOf(guns);
        Objects.requireNonNull(active);
        Objects.requireNonNull(candidate);
    }

    /**
     * The power of one gun, candidate less active.
     *
     * @param connectorId OCPP connector id
     * @param meanW over all cycles compared, W
     * @param greatestW the greatest difference of a cycle, with its sign, W
     */
    public record Gun(int connectorId, double meanW, double greatestW) {
    }

    /**
     * What plans cost.
     *
     * @param operations contactors, of the ring and of modules, that the plans wanted otherwise than they were; a wish that lasts
     *     counts once
     * @param medianNanos time for a plan, median, real ns, to an eighth
     * @param p99Nanos the same, 99 of 100 are quicker
     * @param maxNanos the slowest, real ns
     */
    public record Effort(long operations, long medianNanos, long p99Nanos, long maxNanos) {
    }
}
