package dcocpp.can.internal.driver;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;

/** One contactor by its feedback, and whether that feedback is what was commanded. */
final class Contactor {

    private final String name;
    private final Stamp differing = new Stamp();
    private Position position = Position.UNKNOWN;
    private boolean welded;
    private boolean stuckOpen;
    private long sinceNanos;
    private long operations;
    private ContactorState state;

    Contactor(String name, long nowNanos) {
        this.name = name;
        this.sinceNanos = nowNanos;
    }

    void feedback(Position now, long nowNanos) {
        if (now != position) {
            if (now == Position.CLOSED && position == Position.OPEN || now == Position.OPEN && position == Position.CLOSED) {
                operations++;
            }
            position = now;
            sinceNanos = nowNanos;
            state = null;
        }
    }

    /**
     * Compares the feedback with an acknowledged command; a difference counts after {@link Limits#FEEDBACK}.
     *
     * @param applied the PLC has acknowledged the command and may follow it
     * @param closed what was commanded
     * @return the contactor has just been found closed though it was told to open
     */
    boolean supervise(boolean applied, boolean closed, long nowNanos) {
        boolean differs = applied && position != Position.UNKNOWN && closed != (position == Position.CLOSED);
        if (!differs) {
            differing.forget();
            if (position == Position.CLOSED && stuckOpen) {
                setStuckOpen(false);
            }
            return false;
        }
        if (!differing.isSet()) {
            differing.mark(nowNanos);
        }
        if (differing.within(Limits.FEEDBACK - 1, nowNanos)) {
            return false;
        }
        if (closed) {
            setStuckOpen(true);
            return false;
        }
        boolean news = !welded;
        setWelded(true);
        return news;
    }

    private void setStuckOpen(boolean value) {
        if (stuckOpen != value) {
            stuckOpen = value;
            state = null;
        }
    }

    void setWelded(boolean value) {
        if (welded != value) {
            welded = value;
            state = null;
        }
    }

    boolean closed() {
        return position == Position.CLOSED;
    }

    boolean welded() {
        return welded;
    }

    boolean stuckOpen() {
        return stuckOpen;
    }

    /** Feedback and command differ right now. */
    boolean differs() {
        return differing.isSet();
    }

    ContactorState state() {
        if (state == null) {
            state = new ContactorState(name, position, welded, stuckOpen, sinceNanos, operations);
        }
        return state;
    }
}
