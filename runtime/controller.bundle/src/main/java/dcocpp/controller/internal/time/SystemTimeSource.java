package dcocpp.controller.internal.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;

/**
 * The machine's clocks; in a demonstration, by the framework property {@code dcocpp.time.rate}, a clock that runs so many times faster as
 * long as the machine can follow.
 */
@Component(service = TimeSource.class)
public final class SystemTimeSource implements TimeSource {

    static final String RATE_PROPERTY = "dcocpp.time.rate";

    private static final Logger LOG = LoggerFactory.getLogger(SystemTimeSource.class);
    private static final Duration NOTEWORTHY_STEP = Duration.ofSeconds(2);
    /** The machine's clocks never part so far by themselves: somebody has set one of them. */
    private static final long STEP_NANOS = 1_000_000_000;
    /** What they part by less than is left for later. */
    private static final long SLACK_NANOS = 100_000_000;
    /** Two clocks that were not read within this time were not read together: the thread was held up. */
    private static final long TOGETHER_NANOS = 50_000_000;

    private final Clock machine;
    private final LongSupplier monotonic;
    private final double rate;
    private final PacedClock paced;
    private final String bootId = UUID.randomUUID().toString();
    private final long originNanos;
    private final Instant originWall;
    private final AtomicReference<Wall> wall;

    /**
     * How wall time follows from the machine's clock.
     *
     * @param aheadNanos the machine's clock less the monotonic one, as last seen
     * @param offset is added to the machine's clock
     * @param told somebody else's time counts
     * @param steps how often the machine's clock was set
     */
    private record Wall(long aheadNanos, Duration offset, boolean told, int steps) {

        /** The machine's clock has moved against the monotonic one. What NTP does in small is followed. */
        private Wall moved(long nanos) {
            boolean step = isStep(nanos);
            return new Wall(aheadNanos + nanos, step && told ? offset.minusNanos(nanos) : offset, told, step ? steps + 1 : steps);
        }

        private Wall set(Duration by) {
            return new Wall(aheadNanos, offset.plus(by), true, steps);
        }
    }

    @Activate
    public SystemTimeSource(BundleContext context) {
        this(Clock.systemUTC(), System::nanoTime, rateFrom(context.getProperty(RATE_PROPERTY)));
    }

    /**
     * On clocks of its own.
     *
     * @param machine may be set by others
     * @param monotonic ns, never set
     * @param rate how many times faster than they time runs
     */
    SystemTimeSource(Clock machine, LongSupplier monotonic, double rate) {
        this.machine = machine;
        this.monotonic = monotonic;
        this.rate = rate;
        this.paced = rate == 1 ? null : new PacedClock(monotonic, rate);
        this.originNanos = monotonic.getAsLong();
        this.originWall = machine.instant();
        this.wall = new AtomicReference<>(new Wall(sinceEpoch(originWall) - originNanos, Duration.ZERO, false, 0));
    }

    /** Nanoseconds since 1970. */
    private static long sinceEpoch(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private static boolean isStep(long nanos) {
        return Math.abs(nanos) > STEP_NANOS;
    }

    private static double rateFrom(String property) {
        if (property == null || property.isBlank()) {
            return 1;
        }
        try {
            double rate = Double.parseDouble(property.trim());
            if (rate >= 0.01 && rate <= 10_000) {
                return rate;
            }
        } catch (NumberFormatException e) {
            LOG.debug("not a number: {}", property, e);
        }
        LOG.warn("{}={} is not a number between 0.01 and 10000: time runs at its normal rate", RATE_PROPERTY, property);
        return 1;
    }

    @Override
    public Instant now() {
        if (paced != null) {
            // A clock that runs faster than the machine's can only count from its origin.
            return originWall.plusNanos(paced.nanos()).plus(wall.get().offset());
        }
        while (true) {
            // Before the clocks are read: what another thread concludes from a later reading must not be taken for a step back.
            Wall known = wall.get();
            long before = monotonic.getAsLong();
            Instant reading = machine.instant();
            boolean together = monotonic.getAsLong() - before < TOGETHER_NANOS;
            long moved = together ? sinceEpoch(reading) - before - known.aheadNanos() : 0;
            if (Math.abs(moved) < SLACK_NANOS) {
                return reading.plus(known.offset());
            }
            Wall next = known.moved(moved);
            if (wall.compareAndSet(known, next)) {
                if (isStep(moved)) {
                    LOG.info("The machine's clock was set by {} s; our time {}", moved / 1e9,
                            next.told() ? "goes on as it was told" : "goes with it");
                }
                return reading.plus(next.offset());
            }
        }
    }

    @Override
    public int machineSteps() {
        now();
        return wall.get().steps();
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public long nanoTime() {
        return paced == null ? monotonic.getAsLong() : originNanos + paced.nanos();
    }

    @Override
    public double rate() {
        return rate;
    }

    @Override
    public ScheduledExecutorService newAgent(String threadName) {
        return paced == null ? new RealAgent(threadName) : new PacedAgent(paced, threadName);
    }

    @Override
    public void adjust(Instant wallTime) {
        Duration step = Duration.between(now(), wallTime);
        wall.updateAndGet(known -> known.set(step));
        if (step.abs().compareTo(NOTEWORTHY_STEP) > 0) {
            LOG.info("Wall clock set to {}, a step of {} s", wallTime, step.toMillis() / 1000.0);
        }
    }
}
