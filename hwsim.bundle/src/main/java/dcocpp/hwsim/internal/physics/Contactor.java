package dcocpp.hwsim.internal.physics;

import dcocpp.api.hardware.ContactorState;

/**
 * A contactor with travel time and auxiliary contact. It may weld (it no longer opens), jam (it no longer closes) or fall open by itself;
 * who drives it sees that only from the feedback, and calls it known after the switching time has long passed. The auxiliary contact may
 * be cut off: then nobody knows where it is.
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

    /** One that falls open by itself does so after this long. */
    private static final long HOLDS_NANOS = 2_000_000_000L;

    private final String id;
    private final Travel travel;
    private boolean wanted;
    private long travelNanos;
    private boolean closed;
    private boolean welded;
    private boolean jammed;
    private boolean weak;
    private boolean fallen;
    private boolean cutOff;
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
            fallen = false;
            travelNanos = travel.nextNanos(wanted);
        }
        if (welded && !closed) {
            return move(nowNanos, true);
        }
        if (falls() && nowNanos - sinceNanos >= HOLDS_NANOS) {
            fallen = true;
            return move(nowNanos, false);
        }
        if (wanted == closed || stays() || nowNanos - wantedSinceNanos < travelNanos) {
            return Switched.NO;
        }
        return move(nowNanos, wanted);
    }

    private boolean stays() {
        return wanted ? jammed || fallen || fault == ContactorFault.JAM : welded || fault == ContactorFault.WELD;
    }

    private boolean falls() {
        return weak && closed && wanted && !welded && fault != ContactorFault.WELD;
    }

    /** Nothing will move or be found out as long as this is wanted of it. */
    boolean settled(long nowNanos, boolean shallClose) {
        return shallClose == wanted && !(welded && !closed) && !falls()
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

    /** Lets the contact fall open a while after it has closed, whatever flows, until it is told to open and to close again. */
    void weaken(boolean condition) {
        weak = condition;
    }

    /** Cuts the auxiliary contact off. */
    void cutOff(boolean condition) {
        cutOff = condition;
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

    /** @param heard who reads its auxiliary contact is heard */
    ContactorState state(long nowNanos, boolean heard) {
        if (cutOff) {
            return new ContactorState(id, ContactorState.Position.UNKNOWN, false, false, sinceNanos, operations);
        }
        ContactorState.Position position = heard
                ? closed ? ContactorState.Position.CLOSED : ContactorState.Position.OPEN : ContactorState.Position.UNKNOWN;
        return new ContactorState(id, position, weldSeen(nowNanos), stuckSeen(nowNanos), sinceNanos, operations);
    }
}
