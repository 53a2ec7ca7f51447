package dcocpp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class FakeTimeSourceTest {

    private final FakeTimeSource time = new FakeTimeSource();
    private final List<String> log = new ArrayList<>();

    @Test
    void tasksOfAllAgentsRunInTheOrderOfTheirDueTimes() {
        var a = time.newAgent("a");
        var b = time.newAgent("b");
        a.schedule(() -> log.add("a2"), 2, TimeUnit.SECONDS);
        b.schedule(() -> log.add("b1"), 1, TimeUnit.SECONDS);
        a.execute(() -> log.add("a0"));
        time.advance(Duration.ofSeconds(3));
        assertEquals(List.of("a0", "b1", "a2"), log);
    }

    @Test
    void aFixedRateTaskRunsAtEachOfItsMoments() {
        time.newAgent("a").scheduleAtFixedRate(() -> log.add("" + time.nanoTime() / 1_000_000), 0, 100, TimeUnit.MILLISECONDS);
        time.advance(Duration.ofMillis(250));
        assertEquals(List.of("0", "100", "200"), log);
    }

    @Test
    void aTaskThatThrowsFailsTheTest() {
        time.newAgent("a").execute(() -> {
            throw new IllegalStateException("bug");
        });
        assertThrows(AssertionError.class, time::runDue);
    }

    @Test
    void anAgentThatIsShutDownRunsNothingMore() {
        var agent = time.newAgent("a");
        agent.schedule(() -> log.add("late"), 1, TimeUnit.SECONDS);
        agent.shutdownNow();
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of(), log);
        assertThrows(RejectedExecutionException.class, () -> agent.execute(() -> log.add("never")));
    }

    @Test
    void adjustMovesTheWallClockAndNotTheMonotonicOne() {
        time.advance(Duration.ofSeconds(5));
        time.adjust(Instant.parse("2030-05-05T00:00:00Z"));
        time.advance(Duration.ofSeconds(1));
        assertEquals(Instant.parse("2030-05-05T00:00:01Z"), time.now());
        assertEquals(6_000_000_000L, time.nanoTime());
    }

    @Test
    void theMachinesClockIsSetWithOursOrWithoutIt() {
        time.machineStep(Duration.ofSeconds(-10));
        time.machineStep(Duration.ZERO);
        assertEquals(Instant.parse("2025-12-31T23:59:50Z"), time.now());
        assertEquals(2, time.machineSteps());
        assertEquals(0, time.nanoTime());
    }
}
