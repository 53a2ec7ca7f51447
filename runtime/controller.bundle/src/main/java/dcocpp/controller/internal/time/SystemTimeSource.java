package dcocpp.controller.internal.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

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

    private final double rate;
    private final PacedClock paced;
    private final String bootId = UUID.randomUUID().toString();
    private final long originNanos = System.nanoTime();
    private final Instant originWall = Clock.systemUTC().instant();
    private volatile Duration wallOffset = Duration.ZERO;

    @Activate
    public SystemTimeSource(BundleContext context) {
        this(rateFrom(context.getProperty(RATE_PROPERTY)));
    }

    SystemTimeSource(double rate) {
        this.rate = rate;
        this.paced = rate == 1 ? null : new PacedClock(System::nanoTime, rate);
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
        // At the normal rate the machine's clock counts, with whatever NTP does to it; a faster clock can only count from its origin.
        Instant machine = paced == null ? Clock.systemUTC().instant() : originWall.plusNanos(paced.nanos());
        return machine.plus(wallOffset);
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public long nanoTime() {
        return paced == null ? System.nanoTime() : originNanos + paced.nanos();
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
        wallOffset = wallOffset.plus(step);
        if (step.abs().compareTo(NOTEWORTHY_STEP) > 0) {
            LOG.info("Wall clock set to {}, a step of {} s", wallTime, step.toMillis() / 1000.0);
        }
    }
}
