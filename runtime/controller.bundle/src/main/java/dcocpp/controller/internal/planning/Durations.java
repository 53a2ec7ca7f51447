package dcocpp.controller.internal.planning;

/** How long something took, many times: counts in classes whose width is an eighth of their value. Not thread-safe. */
final class Durations {
    /** Classes for each power of two. */
    private static final int STEPS = 8;
    private static final int STEP_BITS = 3;

    private final long[] counts = new long[Long.SIZE * STEPS];
    private long total;
    private long maxNanos;

    void add(long nanos) {
        long positive = Math.max(nanos, 1);
        counts[place(positive)]++;
        total++;
        maxNanos = Math.max(maxNanos, positive);
    }

    private static int place(long nanos) {
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        long step = power < STEP_BITS ? nanos << STEP_BITS - power : nanos >>> power - STEP_BITS;
        return power * STEPS + (int) (step - STEPS);
    }

    private static long upperEnd(int place) {
        int power = place / STEPS;
        long step = STEPS + place % STEPS + 1L;
        return power < STEP_BITS ? Math.max(1, step - 1 >>> STEP_BITS - power) : (step << power - STEP_BITS) - 1;
    }

    /** The duration that this share of all did not exceed, to an eighth of it; 0 when nothing was measured. */
    long quantileNanos(double share) {
        long left = (long) Math.ceil(share * total);
        for (int place = 0; place < counts.length; place++) {
            left -= counts[place];
            if (left <= 0 && total > 0) {
                return Math.min(upperEnd(place), maxNanos);
            }
        }
        return 0;
    }

    long maxNanos() {
        return maxNanos;
    }
}
