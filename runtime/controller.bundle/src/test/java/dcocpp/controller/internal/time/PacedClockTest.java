package dcocpp.controller.internal.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacedClockTest {

    private static final long MS = 1_000_000;

    private final AtomicLong real = new AtomicLong();
    private final PacedClock clock = new PacedClock(real::get, 100);
    private final List<PacedAgent> agents = new CopyOnWriteArrayList<>();

    private PacedAgent agent(PacedClock on) {
        PacedAgent agent = new PacedAgent(on, "dcocpp-test-paced-" + agents.size());
        agents.add(agent);
        return agent;
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        for (PacedAgent agent : agents) {
            agent.shutdownNow();
            assertTrue(agent.awaitTermination(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void withNothingToWaitForItRunsAtItsRate() {
        real.addAndGet(10 * MS);
        assertEquals(1000 * MS, clock.nanos());
    }

    @Test
    void itWaitsForATaskThatIsRunning() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        PacedAgent agent = agent(clock);
        agent.execute(() -> {
            running.countDown();
            awaitQuietly(go);
        });
        running.await();
        real.addAndGet(100 * MS);
        assertEquals(PacedClock.SLACK_NANOS, clock.nanos());
        go.countDown();
        agent.submit(() -> { }).get();
        // the result is there before the agent has put the task away
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (agent.oldestDue() != Long.MAX_VALUE) {
            assertTrue(System.nanoTime() - deadline < 0, "the task is never put away");
            Thread.onSpinWait();
        }
        real.addAndGet(10 * MS);
        assertEquals(PacedClock.SLACK_NANOS + 1000 * MS, clock.nanos(), 100 * MS);
    }

    @Test
    void itDoesNotRunPastATaskThatHasNotBegun() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        PacedAgent agent = agent(clock);
        agent.execute(() -> {
            busy.countDown();
            awaitQuietly(go);
        });
        busy.await();
        real.addAndGet(MS / 10);
        long due = clock.nanos();
        agent.execute(() -> { });
        real.addAndGet(500 * MS);
        assertTrue(clock.nanos() <= due + PacedClock.SLACK_NANOS);
        go.countDown();
    }

    @Test
    void aTaskThatHangsIsWaitedForOnlySoLong() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        agent(clock).execute(() -> {
            running.countDown();
            awaitQuietly(go);
        });
        running.await();
        real.addAndGet(MS);
        clock.nanos();
        real.addAndGet(PacedClock.PATIENCE_REAL_NANOS + MS);
        assertTrue(clock.nanos() > 100_000 * MS);
        go.countDown();
    }

    @Test
    void tasksOfSeveralAgentsNeverSeeTimeRunAheadOfThemHoweverFastTheClockIs() throws Exception {
        PacedClock fast = new PacedClock(System::nanoTime, 100_000);
        AtomicLong worst = new AtomicLong();
        CountDownLatch runs = new CountDownLatch(2_000);
        for (int i = 0; i < 3; i++) {
            AtomicLong due = new AtomicLong(Long.MIN_VALUE);
            agent(fast).scheduleAtFixedRate(() -> {
                long now = fast.nanos();
                due.compareAndSet(Long.MIN_VALUE, now);
                worst.accumulateAndGet(now - due.getAndAdd(100 * MS), Math::max);
                runs.countDown();
            }, 100, 100, TimeUnit.MILLISECONDS);
        }
        runs.await();
        assertTrue(worst.get() <= PacedClock.SLACK_NANOS, worst.get() / MS + " ms late");
    }

    @Test
    void aPeriodicTaskThatThrowsGoesOnAndACancelledOneEnds() throws Exception {
        PacedClock fast = new PacedClock(System::nanoTime, 1000);
        CountDownLatch runs = new CountDownLatch(5);
        PacedAgent agent = agent(fast);
        var future = agent.scheduleAtFixedRate(() -> {
            runs.countDown();
            throw new IllegalStateException("expected by this test");
        }, 0, 10, TimeUnit.MILLISECONDS);
        runs.await();
        assertTrue(future.cancel(false));
        assertEquals("value", agent.submit(() -> "value").get());
        assertThrows(ExecutionException.class, () -> agent.submit(() -> {
            throw new java.io.IOException("expected by this test");
        }).get());
    }

    @Test
    void shutdownRunsWhatIsDueDropsWhatWaitsAndTakesNothingMore() throws Exception {
        PacedAgent agent = agent(clock);
        CountDownLatch ran = new CountDownLatch(1);
        agent.schedule(() -> { }, 1, TimeUnit.HOURS);
        agent.execute(ran::countDown);
        agent.shutdown();
        ran.await();
        assertTrue(agent.awaitTermination(10, TimeUnit.SECONDS));
        assertThrows(RejectedExecutionException.class, () -> agent.execute(() -> { }));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
