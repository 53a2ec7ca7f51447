package dcocpp.simrun.script;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What happens at a site, and what is expected of it. Times are counted from the start.
 *
 * @param name what it is called; the name of the file when it is not given
 * @param start what the clock shows at the start
 * @param duration how long it lasts
 * @param seed what chance follows from
 * @param everyTick the controller ticks every 100 ms also while nothing moves
 * @param site the site
 * @param cars cars beside those of the library
 * @param visits cars that come at a certain time, with their drivers
 * @param traffic cars that come by chance
 * @param actions what else happens
 * @param expect what is expected
 */
public record Scenario(String name, Instant start, Duration duration, Long seed, Boolean everyTick, Site site, List<OwnCar> cars,
        List<Visit> visits, List<Traffic> traffic, List<Action> actions, List<Expectation> expect) {

    private static final Instant USUAL_START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(31);

    public Scenario {
        check(duration != null, "duration is missing");
        check(!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0, "duration is above 0 and at most 31 d");
        start = start == null ? USUAL_START : start;
        seed = seed == null ? 1 : seed;
        everyTick = everyTick != null && everyTick;
        site = site == null ? new Site(null, null, null) : site;
        cars = listed(cars);
        visits = listed(visits);
        traffic = listed(traffic);
        actions = listed(actions);
        expect = listed(expect);
    }

    /**
     * The site.
     *
     * @param config its charger.json, beside the script; null = a ring of twelve guns with 720 kW of modules
     * @param gridLimitKW what all guns may draw instead of what charger.json says, kW
     * @param ocpp keys of the protocol that differ from charger.json, as {@code Section.Key}
     */
    public record Site(String config, Double gridLimitKW, Map<String, Object> ocpp) {

        public Site {
            check(gridLimitKW == null || gridLimitKW > 0, "gridLimitKW is above 0");
            ocpp = ocpp == null ? Map.of() : Map.copyOf(ocpp);
            ocpp.keySet().forEach(key -> check(key.matches("[A-Z]\\w*\\.\\w+"), "'" + key + "' is no key of the protocol; Section.Key, "
                    + "such as Core.MeterValueSampleInterval"));
        }
    }

    /**
     * A kind of car, as in the simulator's library.
     *
     * @param id its name in the script
     * @param name its name for people; null = the id
     * @param batteryKWh usable capacity, kWh
     * @param maxCurrentA highest charging current, A
     * @param resistanceMilliOhm inner resistance, mΩ
     * @param voltageV voltage without load over the state of charge: pairs of % and V
     * @param powerKW highest charging power over the state of charge: pairs of % and kW
     */
    public record OwnCar(String id, String name, Double batteryKWh, Double maxCurrentA, Long resistanceMilliOhm, double[][] voltageV,
            double[][] powerKW) {

        public OwnCar {
            check(id != null && !id.isBlank(), "id is missing");
            check(batteryKWh != null && maxCurrentA != null && resistanceMilliOhm != null && voltageV != null && powerKW != null,
                    "a car has batteryKWh, maxCurrentA, resistanceMilliOhm, voltageV and powerKW");
            name = name == null ? id : name;
        }
    }

    /**
     * A car at a gun.
     *
     * @param connector which gun
     * @param car what car; null = the first of the library
     * @param soc state of charge it comes with, %; null = 20
     * @param target state of charge at which it ends the charge, %; null = 80
     * @param evMac MAC address of its modem, 12 hex digits; null = not told
     * @param evccid EVCCID, 12 or 16 hex digits; null = not told
     * @param emaid contract, 14 or 15 characters; null = none
     */
    public record Plug(Integer connector, String car, Double soc, Double target, String evMac, String evccid, String emaid) {

        public Plug {
            check(connector != null && connector > 0, "connector is a gun, 1 or more");
            soc = percent("soc", soc, 20);
            target = percent("target", target, 80);
            evMac = Objects.requireNonNullElse(evMac, "");
            evccid = Objects.requireNonNullElse(evccid, "");
            emaid = Objects.requireNonNullElse(emaid, "");
        }
    }

    /**
     * A car with its driver: comes, shows a card, leaves.
     *
     * @param at when it is plugged in
     * @param plug the car and where
     * @param idTag the driver's card; null = none, the car itself or the back office starts the session
     * @param swipeAfter when the card is shown, after plugging in; null = 5 s
     * @param stay how long the driver stays at most; null = until the car has ended the charge
     * @param linger how long the car stands there when it is done; null = 1 min
     */
    public record Visit(Duration at, Plug plug, String idTag, Duration swipeAfter, Duration stay, Duration linger) {

        public Visit {
            check(at != null && !at.isNegative(), "at is missing");
            check(plug != null, "plug is missing: the car and where");
            checkTag(idTag);
            swipeAfter = positive("swipeAfter", swipeAfter, Duration.ofSeconds(5));
            linger = positive("linger", linger, Duration.ofMinutes(1));
            check(stay == null || !stay.isNegative(), "stay is not negative");
        }
    }

    /**
     * Cars that come by chance, each to a free gun; where none is free they drive on.
     *
     * @param from when it begins; null = at the start
     * @param to when it ends; null = at the end
     * @param perHour how many come in an hour on average: one number, or one for each hour of the day from 0 to 23
     * @param cars what cars; null = all of the library and the script's own
     * @param connectors which guns; null = all
     * @param soc state of charge they come with, %; null = 10 to 60
     * @param target state of charge at which they end the charge, %; null = 70 to 100
     * @param stayMinutes how long their drivers stay at most; null = until the car has ended the charge
     * @param lingerMinutes how long they stand there when they are done; null = 0 to 10
     */
    public record Traffic(Duration from, Duration to, List<Double> perHour, List<String> cars, List<Integer> connectors, Bounds soc,
            Bounds target, Bounds stayMinutes, Bounds lingerMinutes) {

        private static final int HOURS = 24;
        private static final double MOST_PER_HOUR = 1000;
        private static final double LONGEST_MINUTES = 10_080;

        public Traffic {
            check(perHour != null && (perHour.size() == 1 || perHour.size() == HOURS), "perHour is one number, or 24");
            check(perHour.stream().allMatch(rate -> rate != null && rate >= 0 && rate <= MOST_PER_HOUR), "perHour is 0 to 1000");
            from = positive("from", from, Duration.ZERO);
            check(to == null || to.compareTo(from) > 0, "to is after from");
            cars = listed(cars);
            connectors = listed(connectors);
            soc = soc == null ? Bounds.of(10, 60) : soc;
            soc.require("soc", 0, 100);
            target = target == null ? Bounds.of(70, 100) : target;
            target.require("target", 0, 100);
            lingerMinutes = lingerMinutes == null ? Bounds.of(0, 10) : lingerMinutes;
            lingerMinutes.require("lingerMinutes", 0, LONGEST_MINUTES);
            if (stayMinutes != null) {
                stayMinutes.require("stayMinutes", 0, LONGEST_MINUTES);
            }
        }

        /** How many come in this hour of the day on average. */
        public double perHour(int hourOfDay) {
            return perHour.get(perHour.size() == 1 ? 0 : hourOfDay);
        }
    }

    static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    static void checkTag(String idTag) {
        check(idTag == null || idTag.matches("[0-9A-Za-z]{1,20}"), "idTag is 1 to 20 letters and digits");
    }

    static <T> List<T> listed(List<T> given) {
        check(given == null || given.stream().noneMatch(Objects::isNull), "an entry of the list is empty");
        return given == null ? List.of() : List.copyOf(given);
    }

    static Duration positive(String name, Duration given, Duration otherwise) {
        check(given == null || !given.isNegative(), name + " is not negative");
        return given == null ? otherwise : given;
    }

    private static double percent(String name, Double given, double otherwise) {
        check(given == null || given >= 0 && given <= 100, name + " is 0 to 100 %");
        return given == null ? otherwise : given;
    }
}
