package dcocpp.controller.internal.ring;

import dcocpp.api.planner.Island;

/**
 * How an island of a plan lies around the home slot of its gun. Immutable.
 *
 * @param home index of the home slot
 */
record PlannedReach(RingLayout layout, int home) {

    /** How many slots the island has on this side of the home slot, 1 = clockwise. */
    int of(Island planned, int side) {
        int at = planned.slotIds().indexOf(layout.slot(home).id());
        return at < 0 ? 0 : side > 0 ? planned.slotIds().size() - 1 - at : at;
    }

    /** How far it needs to reach on this side: up to the last slot with a module that shall feed. */
    int needed(Island planned, int side) {
        int most = of(planned, side);
        while (most > 0 && !feeds(planned, side * most)) {
            most--;
        }
        return most;
    }

    /** A module of the slot at this distance, clockwise positive, shall feed. */
    boolean feeds(Island planned, int offset) {
        return layout.slot(home + offset).modules().stream().anyMatch(module -> planned.moduleIds().contains(module.id()));
    }
}
