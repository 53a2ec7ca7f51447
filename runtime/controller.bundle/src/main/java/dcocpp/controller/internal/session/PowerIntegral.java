package dcocpp.controller.internal.session;

import java.time.Duration;

/**
 * Energy as the integral of measured power: trapezoids between samples, exact in integers, whatever the samples' distance. Belongs to the
 * control thread.
 */
final class PowerIntegral {

    /** Beyond this the samples before and after say nothing about what flowed in between. */
    static final long LONGEST_GAP_NANOS = Duration.ofSeconds(2).toNanos();
    /** A trapezoid is half the sum of two powers times a time: half milliwatt times microsecond; 1 mWh = 3.6e9 mW·µs. */
    private static final long HALVES_PER_MILLI_WH = 7_200_000_000L;
    private static final long NANOS_PER_MICRO = 1000;
    private static final double MILLI = 1000;

    private boolean sampled;
    private long atNanos;
    private long powerMilliW;
    private long milliWh;
    private long halves;

    /**
     * A sample. One that is not younger than the one before says nothing new. What flows back, or is noise around zero, counts as none.
     *
     * @param powerW power, W; finite
     * @param takenNanos when it was measured, process time
     * @return how long nothing was measured, ns, when that was too long to be counted and power was seen before or after; else 0
     */
    long add(double powerW, long takenNanos) {
        if (!isNews(takenNanos)) {
            return 0;
        }
        long beforeMilliW = powerMilliW;
        long gapNanos = takenNanos - atNanos;
        // Whole microseconds of the clock, not of the distance: what is cut off here is counted with the next sample.
        long micros = Math.floorDiv(takenNanos, NANOS_PER_MICRO) - Math.floorDiv(atNanos, NANOS_PER_MICRO);
        boolean first = !sampled;
        sampled = true;
        atNanos = takenNanos;
        powerMilliW = Math.max(0, Math.round(powerW * MILLI));
        if (first) {
            return 0;
        }
        if (gapNanos > LONGEST_GAP_NANOS) {
            return beforeMilliW + powerMilliW > 0 ? gapNanos : 0;
        }
        long sum = halves + (beforeMilliW + powerMilliW) * micros;
        milliWh += sum / HALVES_PER_MILLI_WH;
        halves = sum % HALVES_PER_MILLI_WH;
        return 0;
    }

    /** A sample of this time would be younger than all before. */
    boolean isNews(long takenNanos) {
        return !sampled || takenNanos - atNanos > 0;
    }

    /** Nothing was measured for so long that something else has to stand in, lest there be a gap. */
    boolean waits(long now) {
        return !sampled || now - atNanos > LONGEST_GAP_NANOS / 2;
    }

    /** The latest sample is too old to be the present. */
    boolean stale(long now) {
        return !sampled || now - atNanos > LONGEST_GAP_NANOS;
    }

    /** Energy since the last {@link #restart}, mWh, rounded down; the rest is not lost. */
    long milliWh() {
        return milliWh;
    }

    /** Counts from here on; what was measured last stays the beginning of what comes. */
    void restart(long fromMilliWh) {
        milliWh = fromMilliWh;
        halves = 0;
    }

    /** It is known that no more than this has flowed. */
    void limit(long mostMilliWh) {
        if (milliWh >= mostMilliWh) {
            restart(mostMilliWh);
        }
    }
}
