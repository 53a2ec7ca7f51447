package dcocpp.controller.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealAgentTest {

    private static final double RATE = 100;

    @Test
    void periodicTaskThatIsTooSlowLeavesRunsOutAndLetsOthersHaveTheirTurn() throws Exception {
        RealAgent agent = new RealAgent("dcocpp-test-agent", RATE, task -> { });
        try {
            CountDownLatch slowRuns = new CountDownLatch(3);
            agent.scheduleAtFixedRate(() -> {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                slowRuns.countDown();
            }, 0, 100, TimeUnit.MILLISECONDS);
            assertTrue(slowRuns.await(10, TimeUnit.SECONDS));
            CountDownLatch others = new CountDownLatch(20);
            AtomicInteger again = new AtomicInteger();
            Runnable other = new Runnable() {
                @Override
                public void run() {
                    others.countDown();
                    if (again.incrementAndGet() < 20) {
                        agent.execute(this);
                    }
                }
            };
            agent.execute(other);
            assertTrue(others.await(10, TimeUnit.SECONDS), () -> "others ran " + again.get() + " times");
        } finally {
            agent.shutdownNow();
            assertTrue(agent.awaitTermination(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void periodicTaskThatIsFastEnoughRunsInEveryPeriodOfTheProcessClock() throws Exception {
        RealAgent agent = new RealAgent("dcocpp-test-agent", RATE, task -> { });
        try {
            CountDownLatch runs = new CountDownLatch(50);
            long begin = System.nanoTime();
            agent.scheduleAtFixedRate(runs::countDown, 1, 1, TimeUnit.SECONDS);
            assertTrue(runs.await(20, TimeUnit.SECONDS));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis >= 499, millis + " ms for 50 s at a rate of 100");
        } finally {
            agent.shutdownNow();
        }
    }

    @Test
    void clockIsToldOfPeriodicTasksUntilTheyOrTheirAgentEnd() {
        List<FastClock.Periodic> told = new ArrayList<>();
        RealAgent agent = new RealAgent("dcocpp-test-agent", RATE, told::add);
        var cancelled = agent.scheduleAtFixedRate(() -> { }, 1, 1, TimeUnit.HOURS);
        agent.scheduleAtFixedRate(() -> { }, 1, 1, TimeUnit.HOURS);
        agent.schedule(() -> { }, 1, TimeUnit.HOURS);
        assertEquals(2, told.size());
        assertEquals(TimeUnit.SECONDS.toNanos(36), told.get(0).periodNanos());
        cancelled.cancel(false);
        assertTrue(told.get(0).ended());
        assertFalse(told.get(1).ended());
        agent.shutdownNow();
        assertTrue(told.get(1).ended());
    }
}
