package dcocpp.daysim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class DayTest {

    private static final long DAYS = 200;

    @Test
    void theSameSeedIsTheSameDay() {
        assertEquals(Day.events(4711), Day.events(4711));
    }

    /** What is drawn first of the numbers of neighbouring seeds would be nearly the same for each of them. */
    @Test
    void daysOfNeighbouringSeedsAreQuietAndBusyOnes() {
        long first = DaySimulationTest.seed();
        LongSummaryStatistics arrivals = LongStream.range(first, first + DAYS).map(DayTest::arrivals).summaryStatistics();
        assertTrue(arrivals.getMin() < 60, arrivals::toString);
        assertTrue(arrivals.getMax() > 140, arrivals::toString);
        assertEquals(100, arrivals.getAverage(), 20);
    }

    private static long arrivals(long seed) {
        return Day.events(seed).stream().filter(event -> event.kind() == Event.Kind.ARRIVE).count();
    }
}
