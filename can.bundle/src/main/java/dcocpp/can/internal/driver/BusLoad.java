package dcocpp.can.internal.driver;

/** How full the bus is, per second, over all frames that this host sends or receives. */
final class BusLoad {

    static final double WARNING = 0.65;
    static final double OVERLOAD = 0.80;
    private static final int OVERLOAD_SECONDS = 5;

    private static final long SECOND = 1_000_000_000L;
    private static final double BITS_PER_SECOND = 125_000;
    /** A 29-bit frame without data, with the gap behind it; stuffing adds 7 % in a typical frame. */
    private static final int FRAME_BITS = 67;
    private static final double STUFFING = 1.07;

    private long secondStartNanos;
    private boolean started;
    private double bits;
    private double load;
    private int overloadedSeconds;
    private int calmSeconds;
    private boolean overload;

    void frame(int length) {
        bits += (FRAME_BITS + 8 * length) * STUFFING;
    }

    /** Closes the seconds that are over; true when one was. */
    boolean tick(long nowNanos) {
        if (!started) {
            started = true;
            secondStartNanos = nowNanos;
            return false;
        }
        if (nowNanos - secondStartNanos < SECOND) {
            return false;
        }
        load = bits / BITS_PER_SECOND / ((nowNanos - secondStartNanos) / (double) SECOND);
        bits = 0;
        secondStartNanos = nowNanos;
        overloadedSeconds = load > OVERLOAD ? overloadedSeconds + 1 : 0;
        calmSeconds = load > OVERLOAD ? 0 : calmSeconds + 1;
        overload = overloadedSeconds >= OVERLOAD_SECONDS || overload && calmSeconds < OVERLOAD_SECONDS;
        return true;
    }

    /** Of the last whole second, 0…1. */
    double load() {
        return load;
    }

    boolean overload() {
        return overload;
    }
}
