package dcocpp.ocpp.internal.smartcharging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Kind;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Period;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Schedule;

/**
 * The limits of one profile over time: none before its start, after its duration, between two runs and outside its validity.
 *
 * @param begin when the transaction began, which is where a Relative schedule starts; null = a transaction that begins at the very moment
 *        that is asked for
 */
record ProfileTimeline(ChargingProfile profile, Instant begin, Supply supply) implements Timeline {

    @Override
    public Piece at(Instant instant) {
        if (profile.validFrom() != null && instant.isBefore(profile.validFrom())) {
            return Piece.none(profile.validFrom());
        }
        if (profile.validTo() == null) {
            return scheduled(instant);
        }
        return instant.isBefore(profile.validTo()) ? scheduled(instant).until(profile.validTo()) : Piece.none(Instant.MAX);
    }

    private Piece scheduled(Instant instant) {
        Schedule schedule = profile.schedule();
        if (profile.kind() == Kind.Relative && begin == null) {
            return piece(schedule.periods().get(0), Instant.MAX);
        }
        Instant start = profile.kind() == Kind.Relative ? begin : schedule.start();
        if (instant.isBefore(start)) {
            return Piece.none(start);
        }
        if (profile.kind() != Kind.Recurring) {
            Instant end = schedule.durationSeconds() == null ? Instant.MAX : start.plusSeconds(schedule.durationSeconds());
            return instant.isBefore(end) ? run(instant, start, end) : Piece.none(Instant.MAX);
        }
        Duration length = profile.recurrency().length();
        Instant runStart = start.plus(length.multipliedBy(Duration.between(start, instant).dividedBy(length)));
        Instant next = runStart.plus(length);
        Instant end = schedule.durationSeconds() == null ? next : earlier(next, runStart.plusSeconds(schedule.durationSeconds()));
        return instant.isBefore(end) ? run(instant, runStart, end) : Piece.none(next);
    }

    /** The period of a run that has started and not ended. */
    private Piece run(Instant instant, Instant start, Instant end) {
        List<Period> periods = profile.schedule().periods();
        long second = Duration.between(start, instant).toSeconds();
        Period current = periods.get(0);
        for (Period period : periods) {
            if (second < period.startSeconds()) {
                return piece(current, earlier(start.plusSeconds(period.startSeconds()), end));
            }
            current = period;
        }
        return piece(current, end);
    }

    private Piece piece(Period period, Instant until) {
        Schedule schedule = profile.schedule();
        // What a vehicle needs at least says nothing about the charger as a whole.
        double least = profile.purpose() == Purpose.ChargePointMaxProfile ? 0 : schedule.minRate();
        return new Piece(supply.watts(period.limit(), schedule.unit(), period.phases()),
                supply.watts(least, schedule.unit(), period.phases()), until);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
