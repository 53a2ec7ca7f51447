package dcocpp.simrun.script;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dcocpp.api.journal.StopReason;
import dcocpp.api.session.ConnectorStatus;

/**
 * Something that is expected: exactly one of what follows the times. At one moment, all the time between two, or at the end; something
 * reported once between the two.
 *
 * @param at at this moment
 * @param from from here on, with {@code to}
 * @param to up to here
 * @param status the status of a gun
 * @param power the power of a gun
 * @param siteKW the power of all guns together, kW
 * @param energyKWh the energy delivered since the start, kWh
 * @param transactions how many transactions the journal has
 * @param reported what the back office was told of a gun
 * @param visits how many cars have been served: came, charged and left
 * @param violations how often the physics have seen something that a safe controller never does
 * @param idealShare how much of what could have been delivered was, %
 * @param balance whether the energy adds up
 * @param delivered whether the back office has been told everything
 */
public record Expectation(Duration at, Duration from, Duration to, Status status, Power power, Bounds siteKW, Energy energyKWh,
        Transactions transactions, Reported reported, Bounds visits, Bounds violations, Bounds idealShare, Balance balance,
        Boolean delivered) {

    public Expectation {
        Scenario.check(at == null || from == null && to == null, "at stands alone, without from and to");
        Scenario.check((from == null) == (to == null), "from and to come together");
        Scenario.check(from == null || from.compareTo(to) < 0, "to is after from");
        long given = Stream.of(status, power, siteKW, energyKWh, transactions, reported, visits, violations, idealShare, balance,
                delivered).filter(Objects::nonNull).count();
        Scenario.check(given == 1, "an expectation has one thing that is expected beside its time, and not " + given);
        Scenario.check(from == null || status != null || power != null || siteKW != null || reported != null,
                "only status, power, siteKW and reported may be expected from one time to another; the rest at one, or at the end");
    }

    /** The gun that it is about; 0 = none. */
    public int connector() {
        return Stream.of(status == null ? null : status.connector(), power == null ? null : power.connector(),
                energyKWh == null ? null : energyKWh.connector(), transactions == null ? null : transactions.connector(),
                reported == null ? null : reported.connector()).filter(Objects::nonNull).findFirst().orElse(0);
    }

    /**
     * The status of a gun.
     *
     * @param connector which
     * @param is one of these
     */
    public record Status(Integer connector, List<ConnectorStatus> is) {

        public Status {
            Scenario.check(connector != null && connector > 0, "connector is a gun, 1 or more");
            Scenario.check(is != null && !is.isEmpty(), "is is missing: a status, or several");
            is = List.copyOf(is);
        }
    }

    /**
     * The power of a gun.
     *
     * @param connector which
     * @param kW how much, kW
     */
    public record Power(Integer connector, Bounds kW) {

        public Power {
            Scenario.check(connector != null && connector > 0, "connector is a gun, 1 or more");
            Scenario.check(kW != null, "kW is missing");
        }
    }

    /**
     * Energy since the start.
     *
     * @param connector of this gun; null = of all
     * @param min the least, kWh
     * @param max the most, kWh
     */
    public record Energy(Integer connector, Double min, Double max) {

        public Energy {
            Scenario.check(min != null || max != null, "min or max is given");
        }

        /** As bounds. */
        public Bounds bounds() {
            return new Bounds(min, max, null);
        }
    }

    /**
     * Transactions of the journal that have begun.
     *
     * @param connector at this gun; null = at all
     * @param reason those that ended for this reason; null = all, ended or not
     * @param count how many
     */
    public record Transactions(Integer connector, StopReason reason, Bounds count) {

        public Transactions {
            Scenario.check(count != null, "count is missing");
        }
    }

    /**
     * A StatusNotification that the back office has got; within the time given, or ever.
     *
     * @param connector of this gun; 0 = of the charger
     * @param status with this status, as OCPP spells it; null = any
     * @param errorCode with this errorCode; null = any
     * @param vendorErrorCode with this vendorErrorCode; null = any
     */
    public record Reported(Integer connector, String status, String errorCode, String vendorErrorCode) {

        public Reported {
            Scenario.check(connector != null && connector >= 0, "connector is missing");
            Scenario.check(status != null || errorCode != null || vendorErrorCode != null,
                    "one of status, errorCode and vendorErrorCode is given");
        }
    }

    /** Whether the energy adds up. */
    public enum Balance {
        /** To the milliwatt-hour in the cabinet and the journal, to the watt-hour at the back office. */
        EXACT
    }
}
