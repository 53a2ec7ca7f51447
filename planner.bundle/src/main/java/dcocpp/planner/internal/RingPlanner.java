package dcocpp.planner.internal;

import org.osgi.service.component.annotations.Component;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;

/** The exact planner for guns on a ring of power modules. */
@Component(service = ChargePlanner.class)
public final class RingPlanner implements ChargePlanner {

    @Override
    public Plan plan(PlanningInput input) {
        return new PlanningRun(input).plan();
    }
}
