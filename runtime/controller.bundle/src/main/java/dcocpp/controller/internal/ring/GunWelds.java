package dcocpp.controller.internal.ring;

import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.GunState;

/**
 * Finds gun contactors that are closed although their auxiliary contact says open, by the voltage: a bus that stays up after a stop, or
 * one whose voltage is at the pins of a plug that no vehicle is in. The {@link ContactorBook} marks them as welded. Belongs to the
 * control thread.
 */
final class GunWelds {

    private static final Logger LOG = LoggerFactory.getLogger(GunWelds.class);
    private static final long LASTING_NANOS = 1_000_000_000L;
    /** Gun and modules measure the same voltage as nearly as this. */
    private static final double ALIKE = 0.1;

    private final Map<Integer, Long> since = new HashMap<>();

    /** Once per tick, when the stages have decided. */
    void check(RingState state, Map<Integer, OutputStage> stages, ContactorBook book) {
        stages.forEach((id, stage) -> {
            int home = state.layout().home(id);
            String contactor = state.layout().slot(home).gunContactor();
            if (stage.welded()) {
                book.welded(contactor);
            }
            if (stage.step() != OutputStage.Step.OFF || state.welded(contactor) || !busAtPins(state, home)) {
                since.remove(id);
            } else if (state.nowNanos() - since.computeIfAbsent(id, key -> state.nowNanos()) >= LASTING_NANOS) {
                LOG.error("Connector {} is off and empty and has the voltage of its bus, {} V", id, Math.round(state.busV(home)));
                book.welded(contactor);
            }
        });
    }

    /**
     * The bus is live, and the empty plug with it. A vehicle has a voltage of its own, and what a PLC last heard of one may linger: only
     * what agrees with the bus comes from there.
     */
    private static boolean busAtPins(RingState state, int home) {
        GunState gun = state.gunAt(home);
        boolean empty = gun != null && gun.linkUp() && gun.cp() != CpState.UNKNOWN && !gun.cp().plugged();
        double busV = state.measured(home) ? state.busV(home) : Double.NaN;
        return empty && busV >= RingState.DEAD_V && Math.abs(gun.presentVoltageV() - busV) <= ALIKE * busV;
    }
}
