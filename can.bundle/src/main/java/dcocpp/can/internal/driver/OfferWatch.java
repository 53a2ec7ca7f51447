package dcocpp.can.internal.driver;

import dcocpp.can.internal.driver.DriverSettings.Pauses;

/**
 * Whether the vehicle side of one gun still follows what is offered while the gun is in use: our own frames that carry it must not pause,
 * and the PLC has to acknowledge the limits. An acknowledge that stays away first takes the offer back (constrained), then is a fault
 * (stale). What was taken back stays so, whatever else happens, until limits are acknowledged again.
 */
final class OfferWatch {

    private static final long SHORTEST_WARNING = Limits.millis(500);
    private static final long NO_COUNTER = -1;

    private final Pauses pauses;
    private final long warningNanos;
    private final Stamp ack = new Stamp();
    private final Stamp unanswered = new Stamp();
    private final Stamp limitsFrame = new Stamp();
    private final Stamp presentFrame = new Stamp();
    private final Stamp inUse = new Stamp();
    private long counter = NO_COUNTER;
    private boolean constrained;
    private boolean limitsLate;
    private boolean presentLate;
    private int gaps;
    private String news = "";

    OfferWatch(Pauses pauses) {
        this.pauses = pauses;
        warningNanos = Math.max(SHORTEST_WARNING, pauses.limitAckNanos() / 2);
    }

    /** The PLC may be another one: it has to show anew that it acknowledges. */
    void restart() {
        ack.forget();
        unanswered.forget();
        counter = NO_COUNTER;
        constrained = false;
    }

    void limitsSent(long nowNanos) {
        limitsFrame.mark(nowNanos);
        limitsLate = false;
        if (!unanswered.isSet()) {
            unanswered.mark(nowNanos);
        }
        if (!ack.isSet()) {
            // Older firmware acknowledges nothing: for it the gap is over with the frame.
            constrained = false;
        }
    }

    void presentSent(long nowNanos) {
        presentFrame.mark(nowNanos);
        presentLate = false;
    }

    /** An acknowledge of the limits; one that repeats its number is none. */
    void acknowledged(long number, long nowNanos) {
        if (number == counter) {
            return;
        }
        counter = number;
        ack.mark(nowNanos);
        unanswered.forget();
        constrained = false;
    }

    /**
     * Looks at the clock.
     *
     * @param used the gun is in use, and its PLC is heard
     */
    void watch(boolean used, long nowNanos) {
        if (!used) {
            inUse.forget();
            constrained = false;
            presentLate = false;
            limitsLate = false;
            return;
        }
        if (!inUse.isSet()) {
            inUse.mark(nowNanos);
        }
        if (!presentLate && late(presentFrame, pauses.presentNanos(), nowNanos)) {
            presentLate = true;
            gaps++;
            news = "no EVSE_DC_Present could be sent for " + text(pauses.presentNanos());
        }
        if (!limitsLate && late(limitsFrame, pauses.limitsNanos(), nowNanos)) {
            limitsLate = true;
            gaps++;
            constrain("no EVSE_DC_MaxLimits could be sent for " + text(pauses.limitsNanos()));
        }
        if (ack.isSet() && !ack.within(warningNanos, nowNanos) && overdue(Limits.LIMIT_ACK_PATIENCE, nowNanos)) {
            constrain("limits not acknowledged for " + text(nowNanos - ack.at()));
        }
    }

    /** What was sent before the gun came into use belongs to another rhythm. */
    private boolean late(Stamp frame, long limitNanos, long nowNanos) {
        return !inUse.within(limitNanos, nowNanos) && !frame.within(limitNanos, nowNanos);
    }

    private void constrain(String why) {
        if (!constrained) {
            constrained = true;
            news = why + ", nothing is offered until they are acknowledged";
        }
    }

    private static String text(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    private boolean overdue(long limitNanos, long nowNanos) {
        return unanswered.isSet() && !unanswered.within(limitNanos, nowNanos);
    }

    /** Limits were not answered yet and are worth repeating before their period is over. */
    boolean repeatLimits(long nowNanos) {
        return inUse.isSet() && ack.isSet() && overdue(Limits.MAX_LIMITS_SPACING - 1, nowNanos);
    }

    /** Nothing may be offered. */
    boolean constrained() {
        return constrained;
    }

    /** Limits were acknowledged once and are no longer, while the gun is in use. */
    boolean stale(long nowNanos) {
        return inUse.isSet() && ack.isSet() && !ack.within(pauses.limitAckNanos(), nowNanos)
                && overdue(Limits.LIMIT_ACK_PATIENCE, nowNanos);
    }

    String staleText() {
        return "limits not acknowledged for " + text(pauses.limitAckNanos());
    }

    /** Our own present values have paused for too long, while the gun is in use. */
    boolean presentLate() {
        return presentLate;
    }

    String presentLateText() {
        return "EVSE_DC_Present not sent for " + text(pauses.presentNanos());
    }

    /** How often our own frames paused for too long. */
    int gaps() {
        return gaps;
    }

    /** What a person should read, once; empty while there is nothing new. */
    String takeNews() {
        String told = news;
        news = "";
        return told;
    }
}
