package dcocpp.controller.internal.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealAgentTest {

    @Test
    void periodicTaskThatIsTooSlowLeavesRunsOutAndLetsOthersHaveTheirTurn() throws Exception {
        RealAgent agent = new RealAgent("dcocpp-test-agent");
        try {
            CountDownLatch slowRuns = new CountDownLatch(3);
            agent.scheduleAtFixedRate(() -> {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                slowRuns.countDown();
            }, 0, 1, TimeUnit.MILLISECONDS);
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
    void periodicTaskKeepsItsPeriod() throws Exception {
        RealAgent agent = new RealAgent("dcocpp-test-agent");
        try {
            CountDownLatch runs = new CountDownLatch(50);
            long begin = System.nanoTime();
            agent.scheduleAtFixedRate(runs::countDown, 10, 10, TimeUnit.MILLISECONDS);
            assertTrue(runs.await(20, TimeUnit.SECONDS));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis >= 499, millis + " ms for 50 periods of 10 ms");
        } finally {
            agent.shutdownNow();
        }
    }
}
