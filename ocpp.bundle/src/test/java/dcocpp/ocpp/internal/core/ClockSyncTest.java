package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.testkit.FakeTimeSource;

/** When the clock is set by the back office's, and when the back office is asked for its time. */
class ClockSyncTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final Duration QUICK = Duration.ofMillis(20);

    private final FakeTimeSource time = new FakeTimeSource(START);
    private final List<Duration> jumps = new ArrayList<>();
    private int synced;
    private int questions;
    private boolean reachable = true;
    private final ClockSync clock = new ClockSync(time, jumps::add, () -> synced++);

    private void watch() {
        clock.watch(time.newAgent("dcocpp-test-clock"), () -> {
            questions += reachable ? 1 : 0;
            return reachable;
        });
    }

    private void told(Duration ahead, Duration took) {
        clock.onTime(time.now().plus(ahead).toString(), took);
    }

    @ParameterizedTest
    @CsvSource({"990, 0, 0", "1010, 0, 1", "-990, 0, 0", "-1010, 0, 1", "900, 4000, 0", "1100, 4000, 1", "-4900, 4000, 0",
            "-5100, 4000, 1"})
    void whatAReadingMayBeWrongByIsNoDifference(long aheadMillis, long tookMillis, int expected) {
        told(Duration.ofMillis(aheadMillis), Duration.ofMillis(tookMillis));
        assertEquals(expected, jumps.size(), jumps.toString());
        assertEquals(1, synced);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 950, -950})
    void aBackOfficeThatTellsWholeSecondsNeverSetsAClockThatIsRight(long oursMillis) {
        Duration off = Duration.ofMillis(oursMillis);
        for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofMillis(60_037));
            clock.onTime(time.now().minus(off).truncatedTo(ChronoUnit.SECONDS).toString(), QUICK);
        }
        assertEquals(List.of(), jumps);
    }

    @Test
    void ofWholeSecondsHalfOfWhatWasCutOffIsAssumed() {
        clock.onTime("2026-06-01T12:00:00Z", Duration.ofSeconds(2));
        assertEquals(Instant.parse("2026-06-01T12:00:01.500Z"), time.now());
    }

    @Test
    void aSlowAnswerCountsOnlyWhileNothingBetterIsKnown() {
        told(Duration.ofHours(1), Duration.ofSeconds(20));
        assertEquals(START.plusSeconds(3610), time.now());
        told(Duration.ofHours(1), Duration.ofSeconds(6));
        assertEquals(1, jumps.size());
        watch();
        time.machineStep(Duration.ZERO);
        time.advance(Duration.ofSeconds(10));
        told(Duration.ofHours(1), Duration.ofSeconds(6));
        assertEquals(List.of(Duration.ofSeconds(3610), Duration.ofSeconds(3603)), jumps);
    }

    @Test
    void theTimeIsAskedForOnceWhenTheMachinesClockIsSet() {
        watch();
        told(Duration.ZERO, QUICK);
        time.advance(Duration.ofHours(1));
        assertEquals(0, questions);
        time.machineStep(Duration.ZERO);
        time.advance(Duration.ofSeconds(10));
        assertEquals(1, questions);
        told(Duration.ZERO, QUICK);
        time.advance(Duration.ofHours(1));
        assertEquals(1, questions);
        assertEquals(List.of(), jumps);
    }

    @Test
    void aBackOfficeThatIsAwayIsAskedLaterAndOneThatDoesNotAnswerNotForEver() {
        watch();
        reachable = false;
        time.machineStep(Duration.ZERO);
        time.advance(Duration.ofHours(1));
        assertEquals(0, questions);
        reachable = true;
        time.advance(Duration.ofHours(1));
        assertEquals(6, questions);
    }

    @Test
    void aClockThatGoesWithTheMachinesHasJumpedWithIt() {
        watch();
        time.advance(Duration.ofSeconds(25));
        time.machineStep(Duration.ofHours(-2));
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of(Duration.ofHours(-2)), jumps);
        told(Duration.ofHours(2), Duration.ZERO);
        time.machineStep(Duration.ofMillis(900));
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of(Duration.ofHours(-2), Duration.ofHours(2)), jumps);
    }

    @Test
    void whoHasStoppedWatchingAsksNoMore() {
        watch();
        clock.stop();
        time.machineStep(Duration.ZERO);
        time.advance(Duration.ofMinutes(1));
        assertEquals(0, questions);
    }
}
