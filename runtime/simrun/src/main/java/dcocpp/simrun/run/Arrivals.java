package dcocpp.simrun.run;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;

import dcocpp.simrun.script.Scenario;

/** The cars that come by chance: when, what they are like, what their drivers want. Follows from the scenario and its seed alone. */
final class Arrivals {

    private static final long HOUR_MS = 3_600_000;
    private static final double MS_PER_MINUTE = 60_000;

    /**
     * A car that comes; where is decided when it is there.
     *
     * @param atMs when, ms
     * @param visit the driver and the car, at gun 1
     * @param choice which of the free guns, 0 to below 1
     */
    record Arrival(long atMs, Scenario.Traffic traffic, Scenario.Visit visit, double choice) {
    }

    private Arrivals() {
    }

    static List<Arrival> of(Scenario scenario, List<String> cars) {
        Random random = new Random(scenario.seed());
        List<Arrival> arrivals = new ArrayList<>();
        for (Scenario.Traffic traffic : scenario.traffic()) {
            long from = traffic.from().toMillis();
            long to = Math.min(scenario.duration().toMillis(), traffic.to() == null ? Long.MAX_VALUE : traffic.to().toMillis());
            int firstHour = scenario.start().atOffset(ZoneOffset.UTC).getHour();
            long offset = scenario.start().toEpochMilli() % HOUR_MS;
            // By the hour of the clock: within each the gaps are those of chance at a constant rate.
            for (long begin = -offset; begin < to; begin += HOUR_MS) {
                double perHour = traffic.perHour((int) ((firstHour + (begin + offset) / HOUR_MS) % 24));
                double atMs = Math.max(begin, from) + gapMs(random, perHour);
                while (atMs < Math.min(begin + HOUR_MS, to)) {
                    arrivals.add(arrival((long) atMs, traffic, traffic.cars().isEmpty() ? cars : traffic.cars(), random));
                    atMs += gapMs(random, perHour);
                }
            }
        }
        return arrivals;
    }

    private static double gapMs(RandomGenerator random, double perHour) {
        return perHour == 0 ? Double.POSITIVE_INFINITY : -Math.log(1 - random.nextDouble()) * HOUR_MS / perHour;
    }

    private static Arrival arrival(long atMs, Scenario.Traffic traffic, List<String> cars, RandomGenerator random) {
        Scenario.Plug plug = new Scenario.Plug(1, cars.get(random.nextInt(cars.size())), traffic.soc().draw(random),
                traffic.target().draw(random), null, null, null);
        Duration stay = traffic.stayMinutes() == null ? null : minutes(traffic.stayMinutes().draw(random));
        String idTag = String.format(Locale.ROOT, "%08X", random.nextInt());
        Scenario.Visit visit = new Scenario.Visit(Duration.ofMillis(atMs), plug, idTag, Duration.ofMillis(3000 + random.nextInt(20_000)),
                stay, minutes(traffic.lingerMinutes().draw(random)));
        return new Arrival(atMs, traffic, visit, random.nextDouble());
    }

    private static Duration minutes(double minutes) {
        return Duration.ofMillis(Math.round(minutes * MS_PER_MINUTE));
    }
}
