package dcocpp.api.time;

import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The only source of time. No code of the charger reads a clock or sleeps by itself, so that an hour of charging is tested in
 * milliseconds and a demonstration runs faster than the clock. All methods may be called from any thread and never block.
 */
@ProviderType
public interface TimeSource {

    /**
     * Wall time, UTC: the machine's clock, with whatever is done to it, until {@link #adjust} is called first; from then on the time that
     * was told goes on unbroken, also when the machine's clock is set by more than 1 s. May jump; never use it for durations.
     */
    Instant now();

    /**
     * How often the machine's clock was set by more than 1 s in this run of the process: by NTP, by a person, or because the machine slept
     * and its monotonic clock stood still. When this number has changed, whoever told the time is asked again. 0 where there is no such
     * clock.
     */
    default int machineSteps() {
        return 0;
    }

    /** Random id of this run of the process, which {@link #nanoTime} belongs to. */
    String bootId();

    /** Monotonic process time in ns from an arbitrary origin. Only differences count, also across an overflow. Never jumps. */
    long nanoTime();

    /**
     * Seconds of process time that pass in one real second: 1 in production, more in a demonstration. Whoever waits for the outside
     * world (a socket, another process) multiplies its real time-out by this.
     */
    double rate();

    /**
     * Makes a thread on this clock: a single-threaded executor whose delays and periods are process time. Fixed-rate tasks keep an
     * absolute schedule. A task that throws is logged and, unlike in the JDK, a periodic one goes on. The caller owns the executor:
     * it shuts it down, and waits for it, when it is deactivated.
     *
     * @param threadName {@code dcocpp-<bundle>-<role>}; the thread is a daemon
     */
    ScheduledExecutorService newAgent(String threadName);

    /**
     * Sets the wall clock's offset so that {@link #now()} is {@code wallTime} at this moment. The monotonic clock does not change.
     *
     * @param wallTime the back office's time
     */
    void adjust(Instant wallTime);
}
