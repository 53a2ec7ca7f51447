package dcocpp.controller.internal.ring;

import java.util.Locale;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.planner.Island;

/**
 * Joins slots to the bus of a gun that charges, or parts them from it, without an interruption. Taking: part the slots from the rest of
 * the ring, bring them to the voltage of the island with one module at zero current, close the contactor between. Giving back: offer
 * less, wait for the vehicle, take the current of their modules down, open the contactor. Every step waits for feedback and has a time
 * limit; what was begun and cannot be finished is taken back the same way. Belongs to the control thread.
 */
final class SlotTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(SlotTransfer.class);
    private static final long MS = 1_000_000;
    private static final long PART_NANOS = 6_000 * MS;
    private static final long CLOSE_NANOS = 3_000 * MS;
    private static final long OFFER_NANOS = 2_000 * MS;
    private static final long UNLOAD_NANOS = 2_000 * MS;
    private static final long GIVE_UP_NANOS = 5_000 * MS;

    /** Where the transfer is. */
    enum Step {
        /** The slots are parted from the rest of the ring and, without voltage, joined with each other. */
        PARTING,
        /** A module brings them to the voltage of the island. */
        MATCHING,
        /** The contactor to the island is told to close. */
        CLOSING,
        /** The vehicle is offered what the island can give without them. */
        LOWERING,
        /** The current of their modules goes to zero. */
        UNLOADING,
        /** The contactor to the island is told to open. */
        OPENING
    }

    private final IslandRun run;
    private final int side;
    private final int from;
    private final int to;
    private final int end;
    private final String lead;
    private final Steadiness matched = new Steadiness();
    private Step step;
    private long stepNanos;
    private boolean failed;
    private boolean closesInside;
    private boolean leadTooSlow;

    private SlotTransfer(IslandRun run, RingState state, int side, int from, int to, int end, String lead, Step first) {
        this.run = run;
        this.side = side;
        this.from = from;
        this.to = to;
        this.end = end;
        this.lead = lead;
        go(first, state);
    }

    /**
     * Begins to take slots.
     *
     * @param side 1 = clockwise of the home slot
     * @param from distance of the nearest slot
     * @param to distance of the last one
     * @param end distance up to which welds tie further slots to them
     * @param lead module that brings them to the voltage of the island
     */
    static SlotTransfer take(IslandRun run, RingState state, int side, int from, int to, int end, String lead) {
        return new SlotTransfer(run, state, side, from, to, end, lead, Step.PARTING);
    }

    /** Begins to give slots back. */
    static SlotTransfer giveBack(IslandRun run, RingState state, int side, int from, int end) {
        return new SlotTransfer(run, state, side, from, end, end, "", Step.LOWERING);
    }

    private boolean takes() {
        return !lead.isEmpty();
    }

    Step step() {
        return step;
    }

    boolean contains(int slot) {
        for (int d = from; d <= end; d++) {
            if (run.slot(side * d) == slot) {
                return true;
            }
        }
        return false;
    }

    /** It is about slots from this distance on, on this side. */
    boolean beyond(int itsSide, int distance) {
        return itsSide == side && from >= distance;
    }

    /** Distance of the last slot that it is about. */
    int end() {
        return end;
    }

    /** The module that did not bring the slots to the voltage of the island in its time. */
    Optional<String> slowLead() {
        return leadTooSlow ? Optional.of(lead) : Optional.empty();
    }

    /** The module that shall run alone to bring the slots to the voltage of the island. */
    boolean leads(String moduleId) {
        return (step == Step.MATCHING || step == Step.CLOSING) && moduleId.equals(lead);
    }

    /** It is on its way off: what is joined stays so, at zero current or on its way to it, and counts for no offer any more. */
    boolean holds() {
        return step == Step.LOWERING || step == Step.UNLOADING || step == Step.OPENING;
    }

    /** The modules of the slots give no current. */
    boolean silent() {
        return step != Step.LOWERING;
    }

    /** The current did not come down by itself: the modules are switched off. */
    boolean kills(long now) {
        return step == Step.UNLOADING && now - stepNanos > UNLOAD_NANOS;
    }

    /** Neither comes the current down nor opens the contactor: only the gun's own contactor can end it. */
    boolean hopeless(long now) {
        return (step == Step.UNLOADING || step == Step.OPENING) && now - stepNanos > GIVE_UP_NANOS;
    }

    private int near() {
        return run.edge(side, from - 1);
    }

    /** What it wants of an edge; null when it has nothing to do with it. */
    Boolean wants(RingState state, int edge) {
        if (edge == near()) {
            return step == Step.CLOSING || (step == Step.LOWERING || step == Step.UNLOADING) && state.edgeClosed(edge);
        }
        if (edge == run.edge(side, end)) {
            return Boolean.FALSE;
        }
        for (int d = from; d < to; d++) {
            if (edge == run.edge(side, d)) {
                return closesInside || state.edgeClosed(edge);
            }
        }
        return null;
    }

    /**
     * One step.
     *
     * @param planned what the plan gives the gun; null = nothing
     * @param currentA current of the gun, A
     * @param restA what the island can give without these slots, A
     */
    void tick(RingState state, Island planned, double currentA, double restA, RingLimits limits) {
        long inStep = state.nowNanos() - stepNanos;
        boolean wanted = planned != null && run.goal().of(planned, side) >= to && planned.moduleIds().contains(lead)
                && run.mayTake(side, from, to);
        switch (step) {
            case PARTING -> {
                if (!wanted) {
                    retreat(state, false, "");
                } else if (parted(state)) {
                    closesInside = true;
                    if (joinedInside(state)) {
                        go(Step.MATCHING, state);
                    }
                }
                if (step == Step.PARTING && inStep > PART_NANOS) {
                    retreat(state, true, "they cannot be parted from the rest of the ring");
                }
            }
            case MATCHING -> match(state, wanted, inStep, limits);
            case CLOSING -> {
                if (state.edgeClosed(near())) {
                    LOG.debug("{}: joined", this);
                    run.joined(side, to);
                } else if (!wanted || state.stuckOpen(run.contactor(near())) || inStep > CLOSE_NANOS) {
                    retreat(state, wanted, "the contactor does not close");
                }
            }
            case LOWERING -> {
                if (Math.abs(currentA) <= restA + limits.openCurrentA() || inStep > OFFER_NANOS) {
                    go(Step.UNLOADING, state);
                }
            }
            case UNLOADING -> {
                if (state.edgeOpen(near()) || state.quiet(run.contactor(near()))) {
                    go(Step.OPENING, state);
                }
            }
            case OPENING -> opening(state);
        }
    }

    private void match(RingState state, boolean wanted, long inStep, RingLimits limits) {
        double differenceV = Math.abs(state.busV(run.slot(side * from)) - state.busV(run.home()));
        boolean known = state.measured(run.slot(side * from)) && state.measured(run.home());
        if (!wanted) {
            retreat(state, false, "");
        } else if (matched.reached(known && differenceV <= limits.toleranceV(), state.nowNanos())) {
            go(Step.CLOSING, state);
        } else if (inStep > limits.prechargeTimeoutNanos()) {
            leadTooSlow = true;
            retreat(state, true, String.format(Locale.ROOT, "their bus is %.0f V away from the island's", differenceV));
        }
    }

    private void opening(RingState state) {
        if (state.edgeOpen(near())) {
            LOG.debug("{}: parted", this);
            run.parted(side, from, end, state.nowNanos(), failed);
        } else if (state.edgeWelded(near())) {
            // It stays on the bus whatever is wanted; the next plan knows of the weld.
            if (takes()) {
                run.joined(side, to);
            } else {
                run.dropTransfer();
            }
        }
    }

    private boolean parted(RingState state) {
        for (int d = from; d <= end; d++) {
            int slot = run.slot(side * d);
            if (!state.gunOpen(slot) || !state.modulesOpen(slot) || !state.dead(slot)) {
                return false;
            }
        }
        return state.edgeOpen(near()) && state.edgeOpen(run.edge(side, end));
    }

    private boolean joinedInside(RingState state) {
        for (int d = from; d < to; d++) {
            if (!state.edgeClosed(run.edge(side, d))) {
                return false;
            }
        }
        return true;
    }

    /** Takes back what was begun. */
    private void retreat(RingState state, boolean why, String reason) {
        if (why) {
            failed = true;
            LOG.warn("{}: given up, {}", this, reason);
        }
        go(Step.UNLOADING, state);
    }

    /** The gun does not charge any more. */
    void stop(RingState state) {
        if (step == Step.LOWERING || step == Step.UNLOADING && !takes()) {
            run.dropTransfer();
        } else if (step == Step.PARTING || step == Step.MATCHING || step == Step.CLOSING) {
            retreat(state, false, "");
        }
    }

    private void go(Step next, RingState state) {
        step = next;
        stepNanos = state.nowNanos();
        matched.restart();
        LOG.debug("{}: {}", this, next);
    }

    @Override
    public String toString() {
        return (takes() ? "Take slots " : "Give back slots ") + run.ids(side, from, end) + " of connector " + run.connectorId();
    }
}
