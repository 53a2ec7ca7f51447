package dcocpp.hwsim.internal.physics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Watches every switching and keeps what a safe controller would not have done. It knows no plan and no session, only the physics. */
final class Judge {

    /** A contactor closes only with at most this between its sides. */
    private static final double DIFFERENCE_V = 20;
    /** A bus below this counts as dead: onto it, with its own modules off, a bus or module contactor may close. */
    private static final double DEAD_V = 60;
    /** Below this a contactor may open. */
    private static final long LOAD_MILLI_A = 1000;
    private static final int KEPT = 1000;

    private final Deque<Violation> violations = new ArrayDeque<>();
    private long count;
    private boolean shared;

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    long count() {
        return count;
    }

    /** A contactor opened by command, not by force. */
    void opened(long nowNanos, Contactor contactor, int connectorId, long milliA) {
        if (Math.abs(milliA) >= LOAD_MILLI_A) {
            record(nowNanos, Violation.Kind.OPENED_UNDER_LOAD, contactor.id(), connectorId,
                    String.format(Locale.ROOT, "%.1f A", Math.abs(milliA) / 1000.0));
        }
    }

    /** A bus or module contactor closed between two pieces of bus. */
    void joined(long nowNanos, Contactor contactor, int connectorId, double oneV, boolean oneFed, double otherV, boolean otherFed) {
        boolean lowerIsDead = Math.min(oneV, otherV) < DEAD_V && !(oneV <= otherV ? oneFed : otherFed);
        if (!lowerIsDead) {
            compare(nowNanos, contactor, connectorId, oneV, otherV);
        }
    }

    /** A gun contactor closed. */
    void gunClosed(long nowNanos, Gun gun, double busV, double vehicleV) {
        compare(nowNanos, gun.contactor(), gun.connectorId(), busV, vehicleV);
        String id = gun.contactor().id();
        if (!gun.authorized()) {
            record(nowNanos, Violation.Kind.CLOSED_WITHOUT_AUTHORIZATION, id, gun.connectorId(), "");
        }
        if (!gun.lockedAsRequired()) {
            record(nowNanos, Violation.Kind.CLOSED_WITHOUT_LOCK, id, gun.connectorId(), "");
        }
        if (!gun.pilot().wantsEnergy()) {
            record(nowNanos, Violation.Kind.CLOSED_WITHOUT_REQUEST, id, gun.connectorId(), "CP " + gun.pilot());
        }
    }

    private void compare(long nowNanos, Contactor contactor, int connectorId, double oneV, double otherV) {
        if (Math.abs(oneV - otherV) > DIFFERENCE_V) {
            record(nowNanos, Violation.Kind.VOLTAGE_DIFFERENCE, contactor.id(), connectorId,
                    String.format(Locale.ROOT, "%.1f V and %.1f V", oneV, otherV));
        }
    }

    /** At the end of each step. */
    void islands(long nowNanos, List<List<Slot>> islands) {
        boolean now = false;
        for (List<Slot> island : islands) {
            Gun first = null;
            for (Slot slot : island) {
                if (slot.gun() == null || !slot.gun().contactor().closed()) {
                    continue;
                }
                if (first == null) {
                    first = slot.gun();
                    continue;
                }
                now = true;
                if (!shared) {
                    record(nowNanos, Violation.Kind.TWO_GUNS_ON_ISLAND, slot.gun().contactor().id(), slot.gun().connectorId(),
                            "together with " + first.contactor().id());
                }
            }
        }
        shared = now;
    }

    private void record(long nowNanos, Violation.Kind kind, String where, int connectorId, String detail) {
        count++;
        violations.addLast(new Violation(count, nowNanos, kind, where, connectorId, detail));
        if (violations.size() > KEPT) {
            violations.removeFirst();
        }
    }
}
