package dcocpp.api.session;

import java.util.Objects;

import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;

/**
 * The plan in force.
 *
 * @param plan the plan
 * @param state how fresh it is
 * @param acceptedNanos when the last plan was accepted, process time
 * @param gridLimitW the site's limit now, W; infinite = not limited
 * @param totalPowerW what all guns draw now, W
 * @param refusedPlans how many plans were refused since the start
 * @param heldTicks in how many ticks since the start the plan in force was held, see {@link State#HELD}
 * @param unplannedTicks in how many ticks since the start no valid plan was in force: none had come yet, or the last one was frozen
 * @param input what the planner knew when it made this plan; null before the first one
 */
public record PlanSnapshot(Plan plan, State state, long acceptedNanos, double gridLimitW, double totalPowerW, long refusedPlans,
        long heldTicks, long unplannedTicks, PlanningInput input) {

    public PlanSnapshot {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(state);
    }

    /** Of a charger for which no plan was made yet. */
    public PlanSnapshot(Plan plan, State state, long acceptedNanos, double gridLimitW, double totalPowerW, long refusedPlans) {
        this(plan, state, acceptedNanos, gridLimitW, totalPowerW, refusedPlans, 0, 0, null);
    }

    /** How fresh a plan is. */
    public enum State {
        /** From this or the last planning cycle. */
        FRESH,
        /** Held: there is no newer one, but the deadline is not over. */
        HELD,
        /** Held for more than the deadline: the partition is frozen, nothing switches. */
        FROZEN
    }
}
