package dcocpp.controller.internal.ring;

/** Tells whether a condition has held for 200 ms without a gap: one good measurement is no reason to switch. */
final class Steadiness {

    private static final long STABLE_NANOS = 200_000_000;

    private long since = Long.MIN_VALUE;

    /** Whether the condition, which is so now, has been so for long enough. */
    boolean reached(boolean condition, long now) {
        if (!condition) {
            restart();
            return false;
        }
        if (since == Long.MIN_VALUE) {
            since = now;
        }
        return now - since >= STABLE_NANOS;
    }

    /** From now on it is counted anew. */
    void restart() {
        since = Long.MIN_VALUE;
    }
}
