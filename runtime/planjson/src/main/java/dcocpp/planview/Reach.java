package dcocpp.planview;

import java.util.List;
import java.util.Optional;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.SlotInput;

/** Why the island of a gun ends where it ends. It knows the rules of the ring and nothing of a planner. Stateless. */
final class Reach {

    /** Why a gun has no slot but its own, when the settings say so. */
    static final String HOME_ONLY = "islands of several slots are switched off (allowCrossSlotIslands)";

    private Reach() {
    }

    /**
     * Why the island of a gun does not go on in this direction, for people; empty where it has the whole ring.
     *
     * @param clockwise the direction
     */
    static Optional<String> end(Site site, int connectorId, boolean clockwise) {
        List<SlotInput> run = site.run(connectorId);
        if (run.isEmpty()) {
            return Optional.of("it has no slot");
        }
        SlotInput last = run.get(clockwise ? run.size() - 1 : 0);
        Optional<SlotInput> next = site.neighbour(last, clockwise);
        if (next.isEmpty()) {
            return Optional.of("the ring is open behind slot " + last.slotId());
        }
        if (run.contains(next.get())) {
            return Optional.empty();
        }
        String contactor = clockwise ? last.busContactor() : next.get().busContactor();
        return Optional.of("slot " + next.get().slotId() + " " + blocked(site, connectorId, next.get(), contactor, distance(site, connectorId,
                run, clockwise)));
    }

    /** How many slots the next one is away from the home slot. */
    private static int distance(Site site, int connectorId, List<SlotInput> run, boolean clockwise) {
        int home = Math.max(0, site.home(connectorId).map(run::indexOf).orElse(0));
        return clockwise ? run.size() - home : home + 1;
    }

    private static String blocked(Site site, int connectorId, SlotInput next, String contactor, int distance) {
        int owner = site.islandOf(next.slotId());
        if (site.active(next.connectorId())) {
            return "is the home of gun " + next.connectorId() + ", which takes energy";
        }
        if (owner != 0 && owner != connectorId) {
            return "feeds gun " + owner;
        }
        if (!site.input().settings().crossSlotIslands()) {
            return "is not used: " + HOME_ONLY;
        }
        if (!next.lendable()) {
            return "is not lendable: a vehicle, a reservation or a fault";
        }
        if (site.stuckOpen(contactor)) {
            return "cannot be joined: " + contactor + " does not close";
        }
        Position gunContactor = site.position(next.gunContactor());
        if (site.welded(next.gunContactor()) || gunContactor != Position.OPEN) {
            return "cannot be joined: " + next.gunContactor() + (gunContactor == Position.UNKNOWN ? " gives no feedback" : " is closed");
        }
        Optional<ModuleInput> welded = next.modules().stream().filter(module -> site.welded(module.contactor())).findFirst();
        if (welded.isPresent()) {
            return "cannot be joined: " + welded.get().contactor() + " is welded";
        }
        if (distance > site.input().settings().maxIslandRadius()) {
            return "is beyond maxIslandRadius " + site.input().settings().maxIslandRadius();
        }
        return next.modules().stream().anyMatch(site::usable) ? "is free" : "has no usable module";
    }
}
