package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.planner.Island;

/**
 * The run of slots that one gun really has: its home slot, the joined ones to either side, and what welds tie to them. What the plan says
 * is where it goes; the {@link SlotTransfer transfer} is how. Belongs to the control thread.
 */
final class IslandRun {

    /** After a slot could not be joined it is left alone for a while. */
    private static final long RETRY_NANOS = 30_000_000_000L;

    private final RingLayout layout;
    private final int connectorId;
    private final int home;
    private final PlannedReach goal;
    /** Owner of each slot, a connector id, 0 = nobody; shared by all runs. */
    private final int[] owners;
    /** Slots that may be taken at this moment; shared by all runs. */
    private final boolean[] takeable;
    private int left;
    private int right;
    private boolean held;
    private boolean joinsInside;
    private SlotTransfer transfer;
    private final long[] notBefore = {Long.MIN_VALUE, Long.MIN_VALUE};

    IslandRun(RingLayout layout, int connectorId, int[] owners, boolean[] takeable) {
        this.layout = layout;
        this.connectorId = connectorId;
        this.home = layout.home(connectorId);
        this.goal = new PlannedReach(layout, home);
        this.owners = owners;
        this.takeable = takeable;
    }

    int home() {
        return home;
    }

    int connectorId() {
        return connectorId;
    }

    /** Where the islands of plans reach. */
    PlannedReach goal() {
        return goal;
    }

    String contactor(int edge) {
        return layout.contactor(edge);
    }

    /** The joined slots have a module that the plan lets feed the gun, whether it can or not. */
    boolean fedBy(Island planned) {
        return planned != null && IntStream.rangeClosed(-left, right).anyMatch(offset -> goal.feeds(planned, offset));
    }

    /** Ids of the slots from one distance to another. */
    List<Integer> ids(int side, int from, int to) {
        List<Integer> ids = new ArrayList<>();
        for (int d = from; d <= to; d++) {
            ids.add(layout.slot(slot(side * d)).id());
        }
        return ids;
    }

    /** Slot at this distance from home, clockwise positive. */
    int slot(int offset) {
        return layout.at(home + offset);
    }

    /** The edge between distance {@code d} and {@code d + 1} on this side, 1 = clockwise. */
    int edge(int side, int d) {
        return layout.at(side > 0 ? home + d : home - d - 1);
    }

    int reach(int side) {
        return side > 0 ? right : left;
    }

    private void reach(int side, int value) {
        if (side > 0) {
            right = value;
        } else {
            left = value;
        }
    }

    /** The gun has slots. */
    boolean held() {
        return held;
    }

    SlotTransfer transfer() {
        return transfer;
    }

    /** The slot is joined to the gun's bus and its modules may feed it. */
    boolean spans(int slot) {
        int clockwise = layout.at(slot - home);
        return held && (clockwise <= right || layout.size() - clockwise <= left);
    }

    boolean owns(int slot) {
        return owners[layout.at(slot)] == connectorId;
    }

    /** The joined slots, clockwise. */
    List<Integer> slotIds() {
        List<Integer> ids = new ArrayList<>();
        for (int offset = -left; held && offset <= right; offset++) {
            ids.add(layout.slot(slot(offset)).id());
        }
        return ids;
    }

    /** How far the slots reach that welds tie to this distance on this side. */
    int tied(RingState state, int side, int d) {
        int to = d;
        while (to < layout.size() - 1 && state.edgeWelded(edge(side, to))) {
            to++;
        }
        return to;
    }

    /**
     * Before anything is switched on: takes the slots of the plan that nobody else has and parts them from the rest of the ring.
     *
     * @return what is still missing, as the fault that it is when it lasts; empty when the run is apart, joined within and without voltage,
     *         though it may lack modules yet, see {@link #fedBy}
     */
    Optional<Fault> prepare(RingState state, Island planned) {
        int wantedLeft = planned == null ? 0 : goal.needed(planned, -1);
        int wantedRight = planned == null ? 0 : goal.needed(planned, 1);
        if (!free(state)) {
            release();
            return Optional.of(new Fault(FaultCause.MC_OPEN_TIMEOUT, "slot " + layout.slot(home).id() + " is not free"));
        }
        left = reachable(state, -1, wantedLeft, layout.size() - 1);
        right = reachable(state, 1, wantedRight, layout.size() - 1 - left);
        held = true;
        claim(state);
        StartConditions conditions = new StartConditions(layout, this, state);
        Optional<Fault> missing = conditions.notApart();
        joinsInside = missing.isEmpty();
        return missing.or(conditions::notJoined);
    }

    private int reachable(RingState state, int side, int wanted, int most) {
        int reach = 0;
        while (reach < Math.min(wanted, most) && joinable(state, edge(side, reach)) && available(state, side, reach + 1)) {
            reach++;
        }
        return reach;
    }

    /** It can be closed, or is; a weld that has let go is told to open. */
    private boolean joinable(RingState state, int edge) {
        return layout.exists(edge) && !state.stuckOpen(layout.contactor(edge)) && (!state.edgeWelded(edge) || state.edgeClosed(edge));
    }

    /** All slots from one distance to another may be taken, as far as vehicles and plans go. */
    boolean mayTake(int side, int from, int to) {
        for (int d = from; d <= to; d++) {
            if (!takeable[slot(side * d)]) {
                return false;
            }
        }
        return true;
    }

    /**
     * This slot may be taken, unless it is the home slot, and it, and all that welds tie to it further out, is nobody else's and has no gun
     * that may be on.
     */
    private boolean available(RingState state, int side, int d) {
        if (d > 0 && !mayTake(side, d, d)) {
            return false;
        }
        for (int i = d; i <= tied(state, side, d); i++) {
            int slot = slot(side * i);
            boolean mine = owners[slot] == connectorId;
            if (!mine && owners[slot] != 0 || slot != home && !state.gunOpen(slot)) {
                return false;
            }
        }
        return true;
    }

    /** The home slot, and all that welds tie to it, is lent to nobody. */
    boolean free(RingState state) {
        return available(state, -1, 0) && available(state, 1, 0);
    }

    private void claim(RingState state) {
        int from = -tied(state, -1, left);
        int to = tied(state, 1, right);
        letGo(slot -> true);
        take(1, from, to);
    }

    /** The edge lies between two of the joined slots. */
    boolean inside(int edge) {
        for (int offset = -left; held && offset < right; offset++) {
            if (layout.at(home + offset) == edge) {
                return true;
            }
        }
        return false;
    }

    /**
     * What this run wants of an edge.
     *
     * @param hold everything stays as it is: an emergency
     * @return null when it has nothing to do with it
     */
    Boolean wants(RingState state, int edge, boolean hold) {
        boolean touches = owns(edge) || owns(edge + 1);
        if (hold) {
            return touches ? state.edgeClosed(edge) : null;
        }
        Boolean byTransfer = transfer == null ? null : transfer.wants(state, edge);
        if (byTransfer != null) {
            return byTransfer;
        }
        if (inside(edge)) {
            return joinsInside || state.edgeClosed(edge);
        }
        return touches ? Boolean.FALSE : null;
    }

    /** What is nobody's becomes its own. */
    private void take(int side, int from, int to) {
        for (int d = from; d <= to; d++) {
            if (owners[slot(side * d)] == 0) {
                owners[slot(side * d)] = connectorId;
            }
        }
    }

    /** What is its own becomes nobody's, as far as the slots of the other side. */
    private void letGo(int side, int from, int to) {
        for (int d = from; d <= Math.min(to, layout.size() - 1 - reach(-side)); d++) {
            if (owns(slot(side * d))) {
                owners[slot(side * d)] = 0;
            }
        }
    }

    private void letGo(IntPredicate which) {
        IntStream.range(0, owners.length).filter(slot -> owns(slot) && which.test(slot)).forEach(slot -> owners[slot] = 0);
    }

    /** The slots from this distance on are off the gun's bus: they are nobody's any more, so that their modules go off. */
    void lose(RingState state, int side, int from) {
        int end = tied(state, side, reach(side));
        if (transfer != null && transfer.beyond(side, from)) {
            end = Math.max(end, transfer.end());
            transfer = null;
        }
        letGo(side, from, end);
        reach(side, from - 1);
        notBefore[side > 0 ? 1 : 0] = state.nowNanos() + RETRY_NANOS;
    }

    /** While the gun charges: follows the plan, one transfer at a time, giving back before taking. */
    void follow(RingState state, Island planned) {
        if (transfer != null) {
            return;
        }
        // A weld may have tied them to it that is gone since.
        boolean[] bus = state.mayBeBus(home);
        letGo(slot -> !bus[slot] && !spans(slot));
        for (int side = -1; side <= 1; side += 2) {
            int target = planned == null ? 0 : goal.of(planned, side);
            int cut = tied(state, side, Math.min(target, reach(side)));
            if (cut < reach(side)) {
                transfer = SlotTransfer.giveBack(this, state, side, cut + 1, tied(state, side, reach(side)));
                return;
            }
        }
        for (int side = -1; side <= 1 && planned != null; side += 2) {
            if (state.nowNanos() >= notBefore[side > 0 ? 1 : 0]) {
                beginGrow(state, planned, side);
                if (transfer != null) {
                    return;
                }
            }
        }
    }

    /** The nearest slots on this side up to one whose modules shall feed: slots without any are bridged. */
    private void beginGrow(RingState state, Island planned, int side) {
        int from = reach(side) + 1;
        int needed = goal.needed(planned, side);
        int most = layout.size() - 1 - reach(-side);
        if (tied(state, side, from - 1) >= from) {
            // A weld has joined them already: their modules only need to be allowed.
            int last = owns(slot(side * from)) ? Math.min(tied(state, side, from - 1), goal.of(planned, side)) : from - 1;
            while (reach(side) < last && mayTake(side, reach(side) + 1, reach(side) + 1) && joinable(state, edge(side, reach(side)))) {
                reach(side, reach(side) + 1);
            }
            return;
        }
        if (from > needed || !joinable(state, edge(side, from - 1))) {
            return;
        }
        String lead = "";
        int to = from - 1;
        while (lead.isEmpty() && to < Math.min(needed, most)) {
            to++;
            if (!available(state, side, to) || !joinable(state, edge(side, to - 1))) {
                return;
            }
            lead = layout.slot(slot(side * to)).modules().stream().map(module -> module.id())
                    .filter(planned.moduleIds()::contains).findFirst().orElse("");
        }
        if (lead.isEmpty()) {
            return;
        }
        int end = tied(state, side, to);
        take(side, from, end);
        transfer = SlotTransfer.take(this, state, side, from, to, end, lead);
    }

    /** The transfer is over: the slots up to this distance are joined. */
    void joined(int side, int to) {
        reach(side, to);
        transfer = null;
    }

    /** The transfer is over: its slots are off the bus. */
    void parted(int side, int from, int end, long now, boolean failed) {
        letGo(side, from, end);
        reach(side, Math.min(reach(side), from - 1));
        notBefore[side > 0 ? 1 : 0] = failed ? now + RETRY_NANOS : notBefore[side > 0 ? 1 : 0];
        transfer = null;
    }

    /** The transfer is given up where it is: its slots stay what they were. */
    void dropTransfer() {
        transfer = null;
    }

    /** All is off but for the gun's own contactor: all slots but the home slot are anybody's. */
    void keepHome(RingState state) {
        left = 0;
        right = 0;
        claim(state);
    }

    /** The gun is off: all slots are anybody's. */
    void release() {
        letGo(slot -> true);
        held = false;
        joinsInside = false;
        left = 0;
        right = 0;
        transfer = null;
    }
}
