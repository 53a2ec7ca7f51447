package dcocpp.launcher.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that begins now and then runs faster than the one below it: the CSMS's, when its charger runs faster than real time. */
final class RatedClock extends Clock {

    private static final double NANOS = 1e9;

    private final Clock real;
    private final Instant origin;
    private final double rate;
    private volatile Duration offset;

    RatedClock(Clock real, double rate) {
        this(real, real.instant(), rate, Duration.ZERO);
    }

    private RatedClock(Clock real, Instant origin, double rate, Duration offset) {
        this.real = real;
        this.origin = origin;
        this.rate = rate;
        this.offset = offset;
    }

    /**
     * Sets the clock.
     *
     * @return by how much
     */
    Duration set(Instant now) {
        Duration step = Duration.between(instant(), now);
        offset = offset.plus(step);
        return step;
    }

    @Override
    public Instant instant() {
        Duration elapsed = Duration.between(origin, real.instant());
        double nanos = (elapsed.getSeconds() * NANOS + elapsed.getNano()) * rate;
        return origin.plus(offset).plusNanos(Math.round(nanos));
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new RatedClock(real.withZone(zone), origin, rate, offset);
    }
}
