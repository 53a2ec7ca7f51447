package dcocpp.planview;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
     * Where an island ends.
     *
     * @param free it could go on: the next slot with a usable module is free
     * @param words why it ends, for people
     */
    record End(boolean free, String words) {

        /** @param empty slots in between that have no usable module */
        static End behind(Set<Integer> empty, String what, boolean free) {
            boolean one = empty.size() == 1;
            return new End(free, empty.isEmpty() ? what : (one ? "slot " : "slots ") + Units.list(empty) + (one ? " has" : " have")
                    + " no usable module, and behind " + (one ? "it " : "them ") + what);
        }
    }

    /**
     * Why the island of a gun does not go on in this direction, for people; empty where it has the whole ring.
     *
     * @param clockwise the direction
     */
    static Optional<End> end(Site site, int connectorId, boolean clockwise) {
        List<SlotInput> run = site.run(connectorId);
        if (run.isEmpty()) {
            return Optional.of(new End(false, "it has no slot"));
        }
        SlotInput last = run.get(clockwise ? run.size() - 1 : 0);
        int distance = distance(site, connectorId, run, clockwise);
        Set<Integer> empty = new LinkedHashSet<>();
        while (true) {
            Optional<SlotInput> next = site.neighbour(last, clockwise);
            if (next.isEmpty()) {
                return Optional.of(End.behind(empty, "the ring is open behind slot " + last.slotId(), false));
            }
            if (run.contains(next.get()) || empty.contains(next.get().slotId())) {
                return empty.isEmpty() ? Optional.empty() : Optional.of(End.behind(empty, "nothing is left", false));
            }
            String contactor = clockwise ? last.busContactor() : next.get().busContactor();
            Optional<String> blocked = blocked(site, connectorId, next.get(), contactor, distance);
            if (blocked.isPresent() || next.get().modules().stream().anyMatch(site::usable)) {
                return Optional.of(End.behind(empty, "slot " + next.get().slotId() + " " + blocked.orElse("is free"), blocked.isEmpty()));
            }
            // It gives nothing, but the island might go on across it.
            empty.add(next.get().slotId());
            last = next.get();
            distance++;
        }
    }

    /** How many slots the next one is away from the home slot. */
    private static int distance(Site site, int connectorId, List<SlotInput> run, boolean clockwise) {
        int home = Math.max(0, site.home(connectorId).map(run::indexOf).orElse(0));
        return clockwise ? run.size() - home : home + 1;
    }

    private static Optional<String> blocked(Site site, int connectorId, SlotInput next, String contactor, int distance) {
        int owner = site.islandOf(next.slotId());
        if (site.active(next.connectorId())) {
            return Optional.of("is the home of gun " + next.connectorId() + ", which takes energy");
        }
        if (owner != 0 && owner != connectorId) {
            return Optional.of("feeds gun " + owner);
        }
        if (!site.input().settings().crossSlotIslands()) {
            return Optional.of("is not used: " + HOME_ONLY);
        }
        if (!next.lendable()) {
            return Optional.of("is not lendable: a vehicle, a reservation or a fault");
        }
        if (site.stuckOpen(contactor)) {
            return Optional.of("cannot be joined: " + contactor + " does not close");
        }
        Position gunContactor = site.position(next.gunContactor());
        if (site.welded(next.gunContactor()) || gunContactor != Position.OPEN) {
            return Optional.of("cannot be joined: " + next.gunContactor() + (gunContactor == Position.UNKNOWN ? " gives no feedback" : " is closed"));
        }
        Optional<ModuleInput> welded = next.modules().stream().filter(module -> site.welded(module.contactor())).findFirst();
        if (welded.isPresent()) {
            return Optional.of("cannot be joined: " + welded.get().contactor() + " is welded");
        }
        if (distance > site.input().settings().maxIslandRadius()) {
            return Optional.of("is beyond maxIslandRadius " + site.input().settings().maxIslandRadius());
        }
        return Optional.empty();
    }
}
