package dcocpp.controller.internal.ring;

import java.util.Optional;
import java.util.stream.IntStream;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;

/**
 * What a gun's run of slots must be before anything is switched on: apart from the rest of the ring and without voltage, then joined
 * within. Each answers with what is missing, as the fault that it is when it lasts.
 */
final class StartConditions {

    private final RingLayout layout;
    private final IslandRun run;
    private final RingState state;

    StartConditions(RingLayout layout, IslandRun run, RingState state) {
        this.layout = layout;
        this.run = run;
        this.state = state;
    }

    Optional<Fault> notApart() {
        return IntStream.range(0, layout.size()).filter(run::owns).mapToObj(this::notDark).flatMap(Optional::stream).findFirst()
                .or(() -> notOpen(-1)).or(() -> notOpen(1));
    }

    private Optional<Fault> notDark(int slot) {
        FaultCause fault = slot == run.home() ? FaultCause.LOCAL_FAULT : FaultCause.ISLAND_SLOT_FAULT;
        if (!state.gunOpen(slot)) {
            return missing(fault, layout.slot(slot).gunContactor() + " is not open");
        }
        if (!state.modulesOpen(slot)) {
            return missing(fault, "a module contactor of slot " + layout.slot(slot).id() + " is not open");
        }
        return state.dead(slot) ? Optional.empty() : missing(fault, "the bus of slot " + layout.slot(slot).id() + " is not discharged");
    }

    /** The contactor behind the last slot on this side, and what welds tie to it. */
    private Optional<Fault> notOpen(int side) {
        int reach = run.reach(side);
        int boundary = run.edge(side, run.tied(state, side, reach));
        return state.edgeOpen(boundary) || run.inside(boundary) ? Optional.empty() : missing(FaultCause.MC_OPEN_TIMEOUT,
                layout.contactor(boundary) + " beside slot " + layout.slot(run.slot(side * reach)).id() + " is not open");
    }

    Optional<Fault> notJoined() {
        return IntStream.range(-run.reach(-1), run.reach(1)).map(run::slot).filter(edge -> !state.edgeClosed(edge)).mapToObj(layout::contactor)
                .findFirst().flatMap(contactor -> missing(FaultCause.ISLAND_SLOT_FAULT, contactor + " is not closed"));
    }

    private static Optional<Fault> missing(FaultCause ifItLasts, String what) {
        return Optional.of(new Fault(ifItLasts, what));
    }
}
