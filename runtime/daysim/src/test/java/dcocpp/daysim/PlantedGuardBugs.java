package dcocpp.daysim;

import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.ProvokedGuard;
import dcocpp.controller.internal.ring.ProvokedGuard.Rule;
import dcocpp.controller.internal.ring.RingSequencer;

/** A sequencer that goes wrong, before a guard that sees it or one that is blind for the rule it breaks. For one day. */
final class PlantedGuardBugs implements PlantedBug {

    private final ProvokedGuard guard;

    private PlantedGuardBugs(Rule rule, boolean blind) {
        guard = new ProvokedGuard(rule, blind);
    }

    /** The sequencer breaks this rule and the guard does not look. */
    static PlantedGuardBugs blind(Rule rule) {
        return new PlantedGuardBugs(rule, true);
    }

    /** The sequencer tries to break this rule and the guard is whole. */
    static PlantedGuardBugs sighted(Rule rule) {
        return new PlantedGuardBugs(rule, false);
    }

    @Override
    public RingSequencer sequencer(Topology topology, ContactorBook book) {
        return new RingSequencer(topology, book, guard);
    }

    /** In how many ticks the sequencer has gone wrong. */
    long attempts() {
        return guard.attempts();
    }
}
