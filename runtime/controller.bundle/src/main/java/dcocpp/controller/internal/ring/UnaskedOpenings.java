package dcocpp.controller.internal.ring;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dcocpp.api.hardware.ContactorState.Position;

/**
 * Notices a bus contactor within the slots of one gun that was closed and opens by itself, whatever it is told meanwhile. Belongs to the
 * control thread.
 */
final class UnaskedOpenings {

    /** So long its feedback must say so: the auxiliary contact may have bounced. */
    private static final long FEEDBACK_NANOS = 500_000_000L;

    private final IslandRun run;
    private final Map<Integer, Long> openSince = new HashMap<>();

    UnaskedOpenings(IslandRun run) {
        this.run = run;
    }

    /**
     * Once per tick while the gun is on its bus; what is behind an open contactor is taken from the run.
     *
     * @return the contactor that has opened; one that counts as welded has only done what it should
     */
    Optional<String> cut(RingState state) {
        for (int side = -1; side <= 1; side += 2) {
            for (int d = 0; d < run.reach(side); d++) {
                int edge = run.edge(side, d);
                if (state.position(run.contactor(edge)) != Position.OPEN) {
                    openSince.remove(edge);
                } else if (state.nowNanos() - openSince.computeIfAbsent(edge, key -> state.nowNanos()) >= FEEDBACK_NANOS) {
                    openSince.clear();
                    run.lose(state, side, d + 1);
                    return state.edgeWelded(edge) ? Optional.empty() : Optional.of(run.contactor(edge));
                }
            }
        }
        return Optional.empty();
    }

    /** The gun is not on its bus: contactors may move. */
    void forget() {
        openSince.clear();
    }
}
