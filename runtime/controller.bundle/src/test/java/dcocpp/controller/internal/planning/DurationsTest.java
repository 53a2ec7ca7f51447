package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void nothingMeasuredIsZero() {
        assertEquals(0, new Durations().quantileNanos(0.5));
        assertEquals(0, new Durations().maxNanos());
    }

    @Test
    void aSingleOneIsEveryQuantile() {
        for (long nanos : new long[] {1, 2, 3, 7, 8, 9, 1000, 123_456_789, Long.MAX_VALUE}) {
            Durations durations = new Durations();
            durations.add(nanos);
            assertEquals(nanos, durations.quantileNanos(0.01));
            assertEquals(nanos, durations.quantileNanos(0.99));
            assertEquals(nanos, durations.maxNanos());
        }
    }

    @Test
    void whatTheClockTurnsBackCountsAsTheShortest() {
        Durations durations = new Durations();
        durations.add(-5);
        assertEquals(1, durations.maxNanos());
    }

    @Test
    void quantilesAreRightToAnEighth() {
        Random random = new Random(1);
        long[] all = random.doubles(5000, 0, 20).mapToLong(exponent -> (long) Math.exp(exponent)).toArray();
        Durations durations = new Durations();
        Arrays.stream(all).forEach(durations::add);
        Arrays.sort(all);
        for (double share : new double[] {0.01, 0.25, 0.5, 0.9, 0.99, 1}) {
            long exact = Math.max(1, all[(int) Math.ceil(share * all.length) - 1]);
            long told = durations.quantileNanos(share);
            assertTrue(told >= exact && told <= exact + exact / 8, share + ": " + told + " for " + exact);
        }
    }
}
