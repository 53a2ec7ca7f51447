package dcocpp.ocpp.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import dcocpp.api.time.TimeSource;

/** The machine's own time, for tests over real sockets. */
public final class RealTime implements TimeSource {

    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant now() {
        return Instant.now().plus(offset);
    }

    @Override
    public String bootId() {
        return "boot-1";
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
        offset = Duration.between(Instant.now(), wallTime);
    }
}
