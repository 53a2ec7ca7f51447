package dcocpp.controller.internal.session;

/**
 * For how long something has been failing. What fails now and then has not stopped failing: it is over only when all has gone well for as
 * long as a failure may last. Belongs to the control thread.
 */
public final class FailingTime {

    private final long limitNanos;
    private long sinceNanos = Long.MIN_VALUE;
    private long latestNanos;

    /** @param limitNanos how long a failure may last, ns */
    public FailingTime(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** It fails at this moment, process time. */
    public void failed(long now) {
        sinceNanos = sinceNanos == Long.MIN_VALUE ? now : sinceNanos;
        latestNanos = now;
    }

    /** It goes well at this moment. */
    public void well(long now) {
        sinceNanos = now - latestNanos >= limitNanos ? Long.MIN_VALUE : sinceNanos;
    }

    /** It has been failing for at least this many times the limit, and is not over. */
    public boolean lasts(int limits) {
        return sinceNanos != Long.MIN_VALUE && latestNanos - sinceNanos >= limits * limitNanos;
    }
}
