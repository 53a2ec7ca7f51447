package dcocpp.hwsim.internal.physics;

import dcocpp.api.hardware.ContactorState;

/**
 * A contactor with travel time and auxiliary contact. It may weld (it no longer opens) or jam (it no longer closes); who drives it sees
 * that only from the feedback, and calls it known after the switching time has long passed.
 */
final class Contactor {

    /** What the contact did in a step. */
    enum Switched {
        /** Nothing. */
        NO,
        /** It closed. */
        CLOSED,
        /** It opened. */
        OPENED
    }

    /** A mismatch of command and feedback for this long after the command is reported. */
    static final long MISMATCH_NANOS = 500_000_000L;

    private final String id;
    private final Travel travel;
    private boolean wanted;
    private long travelNanos;
    private boolean closed;
    private boolean welded;
    private boolean jammed;
    /** Null where it has none. */
    private ContactorFault fault;
    private long wantedSinceNanos;
    private long sinceNanos;
    private long operations;

    Contactor(String id, Travel travel, long nowNanos) {
        this.id = id;
        this.travel = travel;
        this.wantedSinceNanos = nowNanos;
        this.sinceNanos = nowNanos;
    }

    String id() {
        return id;
    }

    boolean closed() {
        return closed;
    }

    Switched step(long nowNanos, boolean shallClose) {
        if (shallClose != wanted) {
            wanted = shallClose;
            wantedSinceNanos = nowNanos;
            travelNanos = travel.nextNanos(wanted);
        }
        if (welded && !closed) {
            return move(nowNanos, true);
        }
        if (wanted == closed || stays() || nowNanos - wantedSinceNanos < travelNanos) {
            return Switched.NO;
        }
        return move(nowNanos, wanted);
    }

    private boolean stays() {
        return wanted ? jammed || fault == ContactorFault.JAM : welded || fault == ContactorFault.WELD;
    }

    /** Nothing will move or be found out as long as this is wanted of it. */
    boolean settled(long nowNanos, boolean shallClose) {
        return shallClose == wanted && !(welded && !closed)
                && (wanted == closed || stays() && nowNanos - wantedSinceNanos >= MISMATCH_NANOS);
    }

    /** Stays as it was last told. */
    void hold(long nowNanos) {
        step(nowNanos, wanted);
    }

    private Switched move(long nowNanos, boolean close) {
        closed = close;
        sinceNanos = nowNanos;
        operations++;
        return close ? Switched.CLOSED : Switched.OPENED;
    }

    /** Welds the contact where it is closed, or closes it for good. */
    void weld(boolean condition) {
        welded = condition;
    }

    /** Keeps the contact from closing. */
    void jam(boolean condition) {
        jammed = condition;
    }

    /** Breaks it. */
    void fail(ContactorFault kind) {
        fault = kind;
    }

    /** Puts a new one in its place, which is where the command wants it. */
    void repair(long nowNanos) {
        fault = null;
        if (closed && !wanted) {
            move(nowNanos, false);
        }
    }

    /** Closed although commanded open, for longer than it takes. */
    boolean weldSeen(long nowNanos) {
        return closed && !wanted && nowNanos - wantedSinceNanos >= MISMATCH_NANOS;
    }

    /** Open although commanded closed, for longer than it takes. */
    boolean stuckSeen(long nowNanos) {
        return !closed && wanted && nowNanos - wantedSinceNanos >= MISMATCH_NANOS;
    }

    ContactorState state(long nowNanos, boolean feedbackKnown) {
        ContactorState.Position position = feedbackKnown
                ? closed ? ContactorState.Position.CLOSED : ContactorState.Position.OPEN : ContactorState.Position.UNKNOWN;
        return new ContactorState(id, position, weldSeen(nowNanos), stuckSeen(nowNanos), sinceNanos, operations);
    }
}
