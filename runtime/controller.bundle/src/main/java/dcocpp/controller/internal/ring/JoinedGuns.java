package dcocpp.controller.internal.ring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

import dcocpp.api.hardware.FaultCause;

/**
 * Notices when the buses of two guns that are on are, or may be, one. What feedback shows to be joined is switched off at once: one
 * vehicle's battery is connected to the other's. What is only not known to be apart loses its power within a second, and is switched
 * off when it is not known for longer: a lent slot whose PLC is not heard any more has been given back by then. A start is given up sooner.
 * Belongs to the control thread.
 */
final class JoinedGuns {

    private static final long RAMP_NANOS = 1_000_000_000L;
    private static final long STOP_NANOS = 5_000_000_000L;
    /** A start waits for no longer: its gun contactor may not close onto such a bus, and a new one may do without the slot. */
    private static final long START_NANOS = 500_000_000L;

    private final Map<Integer, Long> since = new HashMap<>();

    /**
     * Once per tick.
     *
     * @param unsafe guns that the plan in force would leave on one bus with another; they only lose their power
     */
    void check(RingState state, Map<Integer, OutputStage> stages, RingLayout layout, Set<Integer> unsafe) {
        stages.forEach((id, stage) -> {
            int home = layout.home(id);
            boolean maybe = others(home, state.mayBeBus(home), slot -> !state.gunOpen(slot));
            if (!stage.feeding() || !maybe && !unsafe.contains(id)) {
                since.remove(id);
            } else if (others(home, state.bus(home, state::edgeClosed), slot -> state.closed(layout.slot(slot).gunContactor()))) {
                stage.fail(FaultCause.MC_WELD, "another gun is on its bus", state.nowNanos());
                stage.emergencyOff(state.nowNanos());
            } else if (state.nowNanos() - since.computeIfAbsent(id, key -> state.nowNanos()) >= (stage.starting() ? START_NANOS : STOP_NANOS)
                    && maybe) {
                stage.stop(state.nowNanos());
            }
        });
    }

    private static boolean others(int home, boolean[] bus, IntPredicate on) {
        for (int i = 0; i < bus.length; i++) {
            if (bus[i] && i != home && on.test(i)) {
                return true;
            }
        }
        return false;
    }

    /** What is left of the gun's power: 1 = all. */
    double factor(int connectorId, long now) {
        Long start = since.get(connectorId);
        return start == null ? 1 : Math.max(0, 1 - (double) (now - start) / RAMP_NANOS);
    }
}
