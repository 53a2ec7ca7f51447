package dcocpp.launcher.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that begins now and then runs faster than the one below it. The CSMS needs it: a charger sets its clock by the CSMS. */
final class RatedClock extends Clock {

    private static final double NANOS = 1e9;

    private final Clock real;
    private final Instant origin;
    private final double rate;

    RatedClock(Clock real, double rate) {
        this(real, real.instant(), rate);
    }

    private RatedClock(Clock real, Instant origin, double rate) {
        this.real = real;
        this.origin = origin;
        this.rate = rate;
    }

    @Override
    public Instant instant() {
        Duration elapsed = Duration.between(origin, real.instant());
        double nanos = (elapsed.getSeconds() * NANOS + elapsed.getNano()) * rate;
        return origin.plusNanos(Math.round(nanos));
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new RatedClock(real.withZone(zone), origin, rate);
    }
}
