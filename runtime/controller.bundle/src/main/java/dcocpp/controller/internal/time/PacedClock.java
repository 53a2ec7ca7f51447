package dcocpp.controller.internal.time;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * A process clock that runs faster than real time and waits for the slow: it never runs further ahead of a task that is due, or is
 * running, than {@link #SLACK_NANOS}. So a machine that cannot keep up makes the simulation slower and not wrong. A task that has kept it
 * waiting for {@link #PATIENCE_REAL_NANOS} is taken for hung and not waited for any more.
 */
final class PacedClock {

    /** What may pass beside a task that is late, process time: less than any time-out of the charger. */
    static final long SLACK_NANOS = 50_000_000;
    /** How long a task may keep the clock waiting, real time. */
    static final long PATIENCE_REAL_NANOS = 2_000_000_000L;

    private final LongSupplier realNanos;
    private final double rate;
    private final List<PacedAgent> agents = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private long lastRealNanos;
    private long processNanos;
    private long waitingSinceRealNanos = Long.MIN_VALUE;

    /**
     * @param realNanos the machine's monotonic clock
     * @param rate seconds of process time per real second at most, &gt; 0
     */
    PacedClock(LongSupplier realNanos, double rate) {
        this.realNanos = realNanos;
        this.rate = rate;
        this.lastRealNanos = realNanos.getAsLong();
    }

    /** Process time since the clock was made, ns; never runs backwards. From any thread. */
    long nanos() {
        // Asked outside the lock: an agent has a lock of its own, under which it asks for the time.
        long oldestDue = oldestDue();
        synchronized (lock) {
            long real = realNanos.getAsLong();
            long target = processNanos + (long) ((real - lastRealNanos) * rate);
            lastRealNanos = real;
            long limit = oldestDue == Long.MAX_VALUE ? Long.MAX_VALUE : oldestDue + SLACK_NANOS;
            if (target <= limit) {
                waitingSinceRealNanos = Long.MIN_VALUE;
                processNanos = target;
            } else if (waitingSinceRealNanos == Long.MIN_VALUE) {
                waitingSinceRealNanos = real;
                processNanos = Math.max(processNanos, limit);
            } else if (real - waitingSinceRealNanos > PATIENCE_REAL_NANOS) {
                processNanos = target;
            } else {
                processNanos = Math.max(processNanos, limit);
            }
            return processNanos;
        }
    }

    private long oldestDue() {
        long oldest = Long.MAX_VALUE;
        for (PacedAgent agent : agents) {
            oldest = Math.min(oldest, agent.oldestDue());
        }
        return oldest;
    }

    /** Real time until a moment of the process clock, were nothing late, ns. */
    long realNanosUntil(long dueNanos) {
        return (long) ((dueNanos - nanos()) / rate);
    }

    void add(PacedAgent agent) {
        agents.add(agent);
    }

    void remove(PacedAgent agent) {
        agents.remove(agent);
    }
}
