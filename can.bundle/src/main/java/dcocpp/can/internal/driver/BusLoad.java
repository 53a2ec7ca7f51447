package dcocpp.can.internal.driver;

import dcocpp.can.internal.codec.FrameBits;

/** How full the bus is, per second, by the real bits of all frames that this host sends or receives. */
final class BusLoad {

    static final double WARNING = 0.65;
    static final double OVERLOAD = 0.80;
    private static final int OVERLOAD_SECONDS = 5;

    private static final long SECOND = 1_000_000_000L;
    private static final double BITS_PER_SECOND = 125_000;

    private long secondStartNanos;
    private boolean started;
    private long bits;
    private int frames;
    private double load = Double.NaN;
    private int framesPerSecond;
    private int overloadedSeconds;
    private int calmSeconds;
    private boolean overload;

    void frame(int rawId, int length, long payload) {
        bits += FrameBits.stuffed(rawId, length, payload);
        frames++;
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
        double seconds = (nowNanos - secondStartNanos) / (double) SECOND;
        load = bits / BITS_PER_SECOND / seconds;
        framesPerSecond = (int) Math.round(frames / seconds);
        bits = 0;
        frames = 0;
        secondStartNanos = nowNanos;
        overloadedSeconds = load > OVERLOAD ? overloadedSeconds + 1 : 0;
        calmSeconds = load > OVERLOAD ? 0 : calmSeconds + 1;
        overload = overloadedSeconds >= OVERLOAD_SECONDS || overload && calmSeconds < OVERLOAD_SECONDS;
        return true;
    }

    /** Of the last whole second, 0…1; not-a-number before there was one. */
    double load() {
        return load;
    }

    int framesPerSecond() {
        return framesPerSecond;
    }

    boolean overload() {
        return overload;
    }
}
