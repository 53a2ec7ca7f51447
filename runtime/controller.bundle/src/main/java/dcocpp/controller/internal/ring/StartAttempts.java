package dcocpp.controller.internal.ring;

/**
 * How long a start of a gun may wait, and how often it may begin anew. What it loses to others, or waits for, is no fault of its gun; but
 * without a bound a short circuit would be switched on without end. Belongs to the control thread.
 */
final class StartAttempts {

    /** Room for slots that are given back, for contactors that need a second try and for a bus that discharges. */
    private static final long ISOLATION_NANOS = 8_000_000_000L;
    /** So often a start that has lost its source begins anew before that is a fault. */
    private static final int MOST_ANEW = 2;

    /** Since this start began nothing has fed its bus any more that had. */
    private boolean sourceLost;
    /** Starts in a row that were begun anew for that. */
    private int anew;
    /** When it was last seen to wait for what is another gun's, or nobody's; {@link Long#MIN_VALUE} = never. */
    private long waitedNanos = Long.MIN_VALUE;

    /** A start begins. */
    void begin() {
        sourceLost = false;
    }

    /** What fed its bus feeds it no more. */
    void loseSource() {
        sourceLost = true;
    }

    /** What it needs is another gun's, or nobody's, at this moment. */
    void waitForOthers(long now) {
        waitedNanos = now;
    }

    /** It has waited since {@code since} for as long as it may, whoever kept it waiting. */
    boolean waitedLong(long since, long now) {
        return now - since > ISOLATION_NANOS;
    }

    /** As {@link #waitedLong}, but the time that it waited for others does not count. */
    boolean waitedLongForItself(long since, long now) {
        return waitedLong(Math.max(since, waitedNanos), now);
    }

    /** It fails now: whether it shall begin anew instead, since another module may feed it then. Counted. */
    boolean mayBeginAnew() {
        if (!sourceLost || anew >= MOST_ANEW) {
            return false;
        }
        anew++;
        return true;
    }

    /** A start has come through, or what was wrong with it is over: its vehicle has gone, or an operator says so. */
    void forget() {
        anew = 0;
    }
}
