package dcocpp.hardwarekit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.time.TimeSource;

/** The machine's own time, for hardware that cannot be hurried. Agents are daemon threads. Any thread. */
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
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void adjust(Instant wallTime) {
        wallOffset = Duration.between(clock.instant(), wallTime);
    }
}
