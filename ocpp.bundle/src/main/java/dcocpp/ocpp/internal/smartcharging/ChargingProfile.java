package dcocpp.ocpp.internal.smartcharging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One charging profile (OCPP 1.6, 7.8). Immutable; the numbers are those of the wire.
 *
 * @param id the back office's id
 * @param connectorId where; 0 = the whole charger
 * @param stackLevel the higher one wins
 * @param recurrency null unless the kind is Recurring
 * @param validFrom null = since ever
 * @param validTo null = for ever
 * @param remoteTransactionId the back office's transaction; null = none is named
 * @param schedule its limits
 */
record ChargingProfile(int id, int connectorId, Purpose purpose, int stackLevel, Kind kind, Recurrency recurrency, Instant validFrom,
        Instant validTo, Integer remoteTransactionId, Schedule schedule) {

    /** What it limits; the names are those of the wire. */
    enum Purpose {
        ChargePointMaxProfile, TxDefaultProfile, TxProfile
    }

    /** When its schedule starts; the names are those of the wire. */
    enum Kind {
        Absolute, Recurring, Relative
    }

    /** When it starts again; the names are those of the wire. A day has 24 hours, there is no local time here. */
    enum Recurrency {
        Daily(Duration.ofDays(1)), Weekly(Duration.ofDays(7));

        private final Duration length;

        Recurrency(Duration length) {
            this.length = length;
        }

        Duration length() {
            return length;
        }
    }

    /** The unit of a limit, with the name that the key ChargingScheduleAllowedChargingRateUnit has for it. */
    enum Unit {
        A("Current"), W("Power");

        private final String keyName;

        Unit(String keyName) {
            this.keyName = keyName;
        }

        String keyName() {
            return keyName;
        }
    }

    /**
     * Limits over time (OCPP 1.6, 7.13).
     *
     * @param durationSeconds how long it lasts, s; null = the last period goes on
     * @param start null for a Relative one
     * @param periods in the order of their starts, the first at 0
     * @param minRate below it the vehicle does not charge well, in the unit; 0 = not said
     */
    record Schedule(Integer durationSeconds, Instant start, Unit unit, List<Period> periods, double minRate) {

        Schedule {
            periods = List.copyOf(periods);
        }
    }

    /**
     * A limit (OCPP 1.6, 7.14).
     *
     * @param startSeconds since the start of the schedule, s
     * @param limit in the schedule's unit
     * @param phases 1 to 3; null = as many as the supply has
     */
    record Period(int startSeconds, double limit, Integer phases) {
    }

    /** This profile takes the place of that one (OCPP 1.6, 5.16). */
    boolean replaces(ChargingProfile other) {
        return id == other.id
                || purpose == other.purpose && stackLevel == other.stackLevel && connectorId == other.connectorId;
    }

    /** It can never be in force again. */
    boolean over(Instant at) {
        boolean ended = kind == Kind.Absolute && schedule.durationSeconds() != null
                && !at.isBefore(schedule.start().plusSeconds(schedule.durationSeconds()));
        return ended || validTo != null && !at.isBefore(validTo);
    }
}
