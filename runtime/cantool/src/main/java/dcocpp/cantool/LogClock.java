package dcocpp.cantool;

import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.time.TimeSource;

/** Time as a recording has it. */
final class LogClock implements TimeSource {

    private static final long NANOS = 1_000_000_000L;

    private long epochNanos;

    void set(long nanos) {
        epochNanos = nanos;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochSecond(epochNanos / NANOS, epochNanos % NANOS);
    }

    @Override
    public String bootId() {
        return "replay";
    }

    @Override
    public long nanoTime() {
        return epochNanos;
    }

    @Override
    public double rate() {
        return 1;
    }

    @Override
    public ScheduledExecutorService newAgent(String threadName) {
        throw new UnsupportedOperationException("a recording is replayed on one thread");
    }

    @Override
    public void adjust(Instant wallTime) {
        throw new UnsupportedOperationException("the time of a recording is what it is");
    }
}
