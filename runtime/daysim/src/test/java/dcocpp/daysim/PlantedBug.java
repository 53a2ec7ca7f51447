package dcocpp.daysim;

import java.util.Optional;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.planning.PlanGuard;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.RingSequencer;
import dcocpp.planner.internal.RingPlanner;

/** What is wrong with the software: nothing, or one thing. */
interface PlantedBug {

    PlantedBug NONE = new PlantedBug() { };

    /** A planner for one day. */
    default ChargePlanner planner() {
        return new RingPlanner();
    }

    /** The guard of the plans. */
    default Optional<String> violation(PlanningInput input, Plan plan) {
        return PlanGuard.violation(input, plan);
    }

    /** A sequencer for one day. */
    default RingSequencer sequencer(Topology topology, ContactorBook book) {
        return new RingSequencer(topology, book);
    }
}
