package dcocpp.can.internal.driver;

/** Paces what the host sends: so many frames per second over all PLCs, with a small store for bursts. */
final class TokenBucket {

    static final int FRAMES_PER_SECOND = 250;
    private static final long FRAME_NANOS = 1_000_000_000L / FRAMES_PER_SECOND;
    private static final int BURST = 12;

    /** The moment up to which the bus is spoken for; the further ahead of now, the emptier the bucket. */
    private long bookedNanos;
    private boolean started;

    /** Whether a frame may leave now that leaves room for so many more important ones. */
    boolean allows(int reserve, long nowNanos) {
        settle(nowNanos);
        return bookedNanos - nowNanos <= (BURST - 1 - reserve) * FRAME_NANOS;
    }

    /** A frame has left; one that may not wait leaves also when the bucket is empty, and the others wait longer for it. */
    void take(long nowNanos) {
        settle(nowNanos);
        bookedNanos += FRAME_NANOS;
    }

    private void settle(long nowNanos) {
        if (!started || bookedNanos - nowNanos < 0) {
            bookedNanos = nowNanos;
            started = true;
        }
    }
}
