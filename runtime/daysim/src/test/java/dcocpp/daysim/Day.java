package dcocpp.daysim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import dcocpp.daysim.Event.Kind;

/** What happens at the site on one day. Follows from the seed alone. */
final class Day {

    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;
    static final long LENGTH_MS = 24 * HOUR_MS;

    /** Arrivals in each hour of a day of the usual kind. */
    private static final double[] ARRIVALS = {1, 0.5, 0.5, 0.5, 1, 2, 4, 7, 7, 6, 6, 6, 7, 6, 5, 6, 8, 9, 8, 6, 4, 3, 2, 1};
    private static final double FEWEST_SHARE = 0.4;
    private static final double MOST_SHARE = 1.6;

    private final Random random;
    private final List<Event> events = new ArrayList<>();

    private Day(long seed) {
        random = random(seed);
    }

    /** The days of neighbouring seeds have nothing in common, though {@link Random} by itself begins nearly alike for them. */
    static Random random(long seed) {
        return new Random(new SplittableRandom(seed).nextLong());
    }

    /** The events of a day in the order of their time. */
    static List<Event> events(long seed) {
        Day day = new Day(seed);
        day.arrivals();
        day.contactors();
        day.modules();
        day.grid();
        day.guns();
        Collections.sort(day.events);
        return List.copyOf(day.events);
    }

    private void arrivals() {
        double share = FEWEST_SHARE + random.nextDouble() * (MOST_SHARE - FEWEST_SHARE);
        for (int hour = 0; hour < ARRIVALS.length; hour++) {
            double mean = ARRIVALS[hour] * share;
            double ms = hour * HOUR_MS + gap(mean);
            while (ms < (hour + 1) * HOUR_MS) {
                add((long) ms, Kind.ARRIVE, 0, "", 0);
                ms += gap(mean);
            }
        }
    }

    /** Time to the next arrival when so many come in an hour, ms. */
    private double gap(double perHour) {
        return -Math.log(1 - random.nextDouble()) * HOUR_MS / perHour;
    }

    /** Contactors break one at a time and sometimes two at once; a technician comes an hour or three later. */
    private void contactors() {
        for (int count = random.nextInt(6); count > 0; count--) {
            int slot = slot();
            // The bus contactors are few and matter most.
            int choice = random.nextInt(6);
            String id = Site.contactors(slot).get(choice < 3 ? 1 : choice == 3 ? 0 : choice - 2);
            add(anyTime(), random.nextBoolean() ? Kind.WELD : Kind.JAM, slot, id, minutes(40, 180));
        }
    }

    private void modules() {
        for (int count = random.nextInt(5); count > 0; count--) {
            int slot = slot();
            Kind kind = random.nextInt(3) == 0 ? Kind.MODULE_HOT : Kind.MODULE_FAILS;
            add(anyTime(), kind, slot, Site.moduleId(slot, random.nextInt(Site.MODULES)), minutes(5, 120));
        }
    }

    /** The grid operator lowers the limit for a while, twelve times on a bad day and now and then to nearly or fully nothing. */
    private void grid() {
        for (int count = random.nextInt(13); count > 0; count--) {
            long at = anyTime();
            double limitW = switch (random.nextInt(12)) {
                case 0 -> 0;
                case 1 -> 30_000;
                default -> 60_000 + random.nextInt(540_000);
            };
            add(at, Kind.GRID, 0, "", limitW);
            add(at + minutes(1, limitW < 60_000 ? 10 : 90), Kind.GRID, 0, "", Site.GRID_W);
        }
    }

    private void guns() {
        for (int count = random.nextInt(5); count > 0; count--) {
            add(anyTime(), Kind.TEAR_OFF, slot(), "", 0);
        }
        for (int count = random.nextInt(6); count > 0; count--) {
            add(anyTime(), Kind.PAUSE, slot(), "", minutes(1, 10));
        }
        for (int count = random.nextInt(5); count > 0; count--) {
            int slot = slot();
            long at = anyTime();
            add(at, Kind.PROFILE, slot, "", random.nextInt(4) == 0 ? 0 : 5000 + random.nextInt(95_000));
            add(at + minutes(2, 60), Kind.PROFILE, slot, "", Double.POSITIVE_INFINITY);
        }
        for (int count = random.nextInt(3); count > 0; count--) {
            add(anyTime(), Kind.LINK_LOST, slot(), "", 200 + random.nextInt(60_000));
        }
        for (int count = random.nextInt(2); count > 0; count--) {
            add(anyTime(), Kind.EMERGENCY_STOP, slot(), "", minutes(1, 5));
        }
        for (int count = random.nextInt(3); count > 0; count--) {
            add(anyTime(), Kind.ISOLATION, slot(), "", minutes(1, 20));
        }
        for (int count = random.nextInt(3); count > 0; count--) {
            add(anyTime(), Kind.CONNECTOR_HOT, slot(), "", 78 + random.nextInt(16));
        }
    }

    private int slot() {
        return 1 + random.nextInt(Site.SLOTS);
    }

    /** Mostly when there is something to disturb. */
    private long anyTime() {
        return 5 * HOUR_MS + (long) (random.nextDouble() * 18 * HOUR_MS);
    }

    private long minutes(int fewest, int most) {
        return fewest * MINUTE_MS + (long) (random.nextDouble() * (most - fewest) * MINUTE_MS);
    }

    private void add(long atMs, Kind kind, int slot, String name, double value) {
        if (atMs < LENGTH_MS) {
            events.add(new Event(atMs, kind, slot, name, value, random.nextLong()));
        }
    }
}
