package dcocpp.daysim;

import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.ProvokedGuard;
import dcocpp.controller.internal.ring.ProvokedGuard.Rule;
import dcocpp.controller.internal.ring.RingSequencer;

/** A sequencer that goes wrong, before a guard that sees it or one that is blind for the rule it breaks. */
final class PlantedGuardBugs {

    private PlantedGuardBugs() {
    }

    /** The sequencer breaks this rule and the guard does not look. */
    static PlantedBug blind(Rule rule) {
        return provoked(rule, true);
    }

    /** The sequencer tries to break this rule and the guard is whole. */
    static PlantedBug sighted(Rule rule) {
        return provoked(rule, false);
    }

    private static PlantedBug provoked(Rule rule, boolean blind) {
        return new PlantedBug() {
            @Override
            public RingSequencer sequencer(Topology topology, ContactorBook book) {
                return new RingSequencer(topology, book, new ProvokedGuard(rule, blind));
            }
        };
    }
}
