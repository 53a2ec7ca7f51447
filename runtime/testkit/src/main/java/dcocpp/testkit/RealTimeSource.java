package dcocpp.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import dcocpp.api.time.TimeSource;

/** The machine's own time, for hardware and sockets that cannot be hurried. Agents are daemon threads. Any thread. */
public final class RealTimeSource implements TimeSource {

    private final Clock clock = Clock.systemUTC();
    private volatile Duration wallOffset = Duration.ZERO;

    @Override
    public Instant now() {
        return clock.instant().plus(wallOffset);
    }

    @Override
    public String bootId() {
        return "bench";
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double rate() {
        return 1;
    }

    @Override
    public ScheduledExecutorService newAgent(String threadName) {
        ScheduledThreadPoolExecutor agent = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        agent.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return agent;
    }

    @Override
    public void adjust(Instant wallTime) {
        wallOffset = Duration.between(clock.instant(), wallTime);
    }
}
