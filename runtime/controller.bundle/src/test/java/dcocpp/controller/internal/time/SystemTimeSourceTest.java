package dcocpp.controller.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock beside a machine's clock that others set. */
class SystemTimeSourceTest {

    private static final Instant RIGHT = Instant.parse("2026-05-05T12:00:00Z");

    private Instant machine = Instant.parse("1970-01-01T00:00:07Z");
    private long nanos = Long.MAX_VALUE - 5;
    /** What passes while the machine's clock is being read. */
    private Duration heldUp = Duration.ZERO;
    private final SystemTimeSource time = on(1);

    private SystemTimeSource on(double rate) {
        return new SystemTimeSource(new Clock() {
            @Override
            public Instant instant() {
                pass(heldUp);
                return machine;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        }, () -> nanos, rate);
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
        machine = machine.plus(duration);
    }

    /** Somebody sets the machine's clock. */
    private void step(Duration by) {
        machine = machine.plus(by);
    }

    @Test
    void aTimeThatWasToldIsNotCorrectedAgainByWhoeverSetsTheMachinesClock() {
        time.adjust(RIGHT);
        pass(Duration.ofSeconds(30));
        machine = RIGHT.plusSeconds(31);
        assertEquals(RIGHT.plusSeconds(30), time.now());
        pass(Duration.ofHours(5));
        assertEquals(RIGHT.plusSeconds(30).plus(Duration.ofHours(5)), time.now());
        assertEquals(1, time.machineSteps());
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -2, 2, 3600})
    void aTimeThatWasToldGoesOnUnbrokenByEachStep(long seconds) {
        time.adjust(RIGHT);
        for (int i = 1; i <= 3; i++) {
            pass(Duration.ofSeconds(1));
            step(Duration.ofSeconds(seconds));
            assertEquals(RIGHT.plusSeconds(i), time.now());
            assertEquals(i, time.machineSteps());
        }
        time.adjust(RIGHT);
        assertEquals(RIGHT, time.now());
    }

    @Test
    void beforeAnybodyHasToldTheTimeItGoesWithTheMachinesClock() {
        pass(Duration.ofSeconds(10));
        machine = RIGHT;
        assertEquals(RIGHT, time.now());
        assertEquals(1, time.machineSteps());
        pass(Duration.ofSeconds(10));
        assertEquals(RIGHT.plusSeconds(10), time.now());
        assertEquals(1, time.machineSteps());
    }

    @Test
    void whatNtpDoesInSmallIsFollowed() {
        time.adjust(RIGHT);
        for (int i = 0; i < 20; i++) {
            step(Duration.ofMillis(150));
            time.now();
        }
        assertEquals(RIGHT.plusSeconds(3), time.now());
        assertEquals(0, time.machineSteps());
    }

    @Test
    void aMachineThatSleepsIsAStep() {
        time.adjust(RIGHT);
        step(Duration.ofHours(8));
        assertEquals(1, time.machineSteps());
        assertEquals(RIGHT, time.now(), "who told the time says how long it was");
    }

    @Test
    void aThreadThatIsHeldUpBetweenTheClocksSeesNoStep() {
        time.adjust(RIGHT);
        heldUp = Duration.ofSeconds(3);
        assertEquals(RIGHT.plusSeconds(3), time.now());
        heldUp = Duration.ZERO;
        assertEquals(RIGHT.plusSeconds(3), time.now());
        assertEquals(0, time.machineSteps());
    }

    @Test
    void aFasterClockCountsFromItsOriginWhateverIsDoneToTheMachines() {
        SystemTimeSource fast = on(10);
        Instant origin = fast.now();
        pass(Duration.ofSeconds(1));
        step(Duration.ofDays(1));
        assertEquals(origin.plusSeconds(10), fast.now());
        assertEquals(0, fast.machineSteps());
        fast.adjust(RIGHT);
        pass(Duration.ofSeconds(1));
        assertEquals(RIGHT.plusSeconds(10), fast.now());
    }

    @Test
    void theMonotonicClockIsLeftAlone() {
        long before = time.nanoTime();
        time.adjust(RIGHT);
        step(Duration.ofDays(-1));
        time.now();
        assertEquals(before, time.nanoTime());
        assertTrue(time.bootId().length() > 8);
    }
}
