package dcocpp.api.planner;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which power modules feed which gun. A pure function: it reads no clock, no configuration and no file, keeps nothing between two
 * calls and gives the same plan for the same input, so that two can run side by side, a replaced one starts with nothing lost and a
 * recorded input replays to the same plan.
 *
 * <p>The controller calls it ten times a second on a thread of its own with a time budget. When it throws, takes too long or returns a plan
 * that breaks a safety rule, the plan in force goes on and another planner takes over for good; where there is no other, this one is asked
 * again after a pause.
 */
@ConsumerType
public interface ChargePlanner {

    /** The plan for this input; never null. */
    Plan plan(PlanningInput input);
}
