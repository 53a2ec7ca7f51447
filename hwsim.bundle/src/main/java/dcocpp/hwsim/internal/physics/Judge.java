package dcocpp.hwsim.internal.physics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Watches every switching and keeps what a safe controller would not have done. It knows no plan and no session, only the physics. */
final class Judge {

    /** A contactor closes only with at most this between its sides. */
    private static final double DIFFERENCE_V = 20;
    /** A bus below this counts as dead: onto it, with its own modules off, a bus or module contactor may close. */
    private static final double DEAD_V = 60;
    /** Below this a contactor may open. */
    private static final long LOAD_MILLI_A = 1000;
    /** Currents are whole milliampere, voltages whole millivolt: that much may be rounding. */
    private static final double GRID_ROUNDING_W = 10;
    private static final double CABLE_TOLERANCE = 1.01;
    private static final int KEPT = 1000;

    private final Deque<Violation> violations = new ArrayDeque<>();
    private long count;
    private long forcedUnderLoad;
    /** The guns that have been found closed on the island of another. */
    private Set<Integer> sharing = Set.of();
    private double limitW = Double.POSITIVE_INFINITY;
    private double formerLimitW = Double.POSITIVE_INFINITY;
    private long settledNanos = Long.MIN_VALUE;
    private boolean exceeded;
    private final Set<Integer> overloaded = new HashSet<>();
    /** The guns that were told to close without a grant, and have not been told otherwise since. */
    private final Set<Integer> refused = new HashSet<>();

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
        if (!gun.lockedAsRequired()) {
            record(nowNanos, Violation.Kind.CLOSED_WITHOUT_LOCK, id, gun.connectorId(), "");
        }
        if (!gun.pilot().wantsEnergy()) {
            record(nowNanos, Violation.Kind.CLOSED_WITHOUT_REQUEST, id, gun.connectorId(), "CP " + gun.pilot());
        }
    }

    /** At each step: a PLC that does not close has still been told to. */
    void refusedToClose(long nowNanos, Gun gun) {
        if (!gun.refusesToClose()) {
            refused.remove(gun.connectorId());
        } else if (refused.add(gun.connectorId())) {
            record(nowNanos, Violation.Kind.CLOSED_WITHOUT_AUTHORIZATION, gun.contactor().id(), gun.connectorId(), "refused");
        }
    }

    private void compare(long nowNanos, Contactor contactor, int connectorId, double oneV, double otherV) {
        if (Math.abs(oneV - otherV) > DIFFERENCE_V) {
            record(nowNanos, Violation.Kind.VOLTAGE_DIFFERENCE, contactor.id(), connectorId,
                    String.format(Locale.ROOT, "%.1f V and %.1f V", oneV, otherV));
        }
    }

    /** A contactor opened by force, or by itself. */
    void forcedOpen(long milliA) {
        if (Math.abs(milliA) >= LOAD_MILLI_A) {
            forcedUnderLoad++;
        }
    }

    long forcedUnderLoad() {
        return forcedUnderLoad;
    }

    /** At the end of each step, whatever has closed the contactors. */
    void islands(long nowNanos, List<List<Slot>> islands) {
        Set<Integer> now = new HashSet<>();
        for (List<Slot> island : islands) {
            Gun first = null;
            for (Slot slot : island) {
                Gun gun = slot.gun();
                if (gun == null || !gun.contactor().closed()) {
                    continue;
                }
                if (first == null) {
                    first = gun;
                    continue;
                }
                now.add(gun.connectorId());
                if (!sharing.contains(gun.connectorId())) {
                    record(nowNanos, Violation.Kind.TWO_GUNS_ON_ISLAND, gun.contactor().id(), gun.connectorId(),
                            "together with " + first.contactor().id() + between(first, gun));
                }
            }
        }
        sharing = now;
    }

    /** What the fuller battery drives into the other one. */
    private static String between(Gun one, Gun other) {
        if (!one.takesFromBus() || !other.takesFromBus()) {
            return "";
        }
        double difference = Math.abs(one.car().openCircuitMilliV() - other.car().openCircuitMilliV());
        double milliOhm = (double) one.car().model().resistanceMilliOhm() + other.car().model().resistanceMilliOhm();
        return String.format(Locale.ROOT, ", %.0f A from battery to battery", difference / milliOhm);
    }

    /** At the end of each step. */
    void cable(long nowNanos, Gun gun) {
        double limitA = gun.settings().maxCurrentA();
        if (limitA > 0 && gun.currentA() > limitA * CABLE_TOLERANCE) {
            if (overloaded.add(gun.connectorId())) {
                record(nowNanos, Violation.Kind.CABLE_OVERLOADED, gun.contactor().id(), gun.connectorId(),
                        String.format(Locale.ROOT, "%.1f A of %.1f A", gun.currentA(), limitA));
            }
        } else {
            overloaded.remove(gun.connectorId());
        }
    }

    /** Another limit from now on; a lower one counts when it has had the time to settle. */
    void gridLimit(long nowNanos, double watt, long settleNanos) {
        if (watt < limitW) {
            formerLimitW = allowedW(nowNanos);
            settledNanos = nowNanos + settleNanos;
        }
        limitW = watt;
    }

    private double allowedW(long nowNanos) {
        return nowNanos < settledNanos ? Math.max(formerLimitW, limitW) : limitW;
    }

    /** No limit is on its way. */
    boolean settled(long nowNanos) {
        return nowNanos >= settledNanos;
    }

    /** At the end of each step. */
    void grid(long nowNanos, double powerW) {
        double allowedW = allowedW(nowNanos);
        boolean now = powerW > allowedW + GRID_ROUNDING_W;
        if (now && !exceeded) {
            record(nowNanos, Violation.Kind.GRID_EXCEEDED, "grid", 0, String.format(Locale.ROOT, "%.0f W of %.0f W", powerW, allowedW));
        }
        exceeded = now;
    }

    private void record(long nowNanos, Violation.Kind kind, String where, int connectorId, String detail) {
        count++;
        violations.addLast(new Violation(count, nowNanos, kind, where, connectorId, detail));
        if (violations.size() > KEPT) {
            violations.removeFirst();
        }
    }
}
