package dcocpp.launcher.traffic;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes up drivers, for a given random generator always the same ones. At every fourth gun they stay long and their cars pause. */
public final class Visits {

    private static final List<String> CARS = List.of("compact-400", "tourer-800", "taxi-400", "truck-800");
    private static final int LONG_EVERY = 4;
    private static final int PAUSES = 3;
    private static final double LONG_TARGET = 100;
    private static final double SHORT_TARGET = 80;

    private final RandomGenerator random;
    private final double shortSeconds;
    private final double longSeconds;
    private final double gapSeconds;

    /**
     * Of a site.
     *
     * @param shortSeconds how long most drivers stay, s; single ones between half and one and a half of it
     * @param longSeconds how long those stay who stay long, s
     * @param gapSeconds how long a gun stays empty between two of them, s; between nothing and twice that
     */
    public Visits(RandomGenerator random, double shortSeconds, double longSeconds, double gapSeconds) {
        this.random = random;
        this.shortSeconds = shortSeconds;
        this.longSeconds = longSeconds;
        this.gapSeconds = gapSeconds;
    }

    /** Whether drivers stay long at a gun. */
    public static boolean isLong(int connectorId) {
        return connectorId % LONG_EVERY == 0;
    }

    /** When the first car comes to a gun, seconds after the beginning. */
    double firstArrival() {
        return random.nextDouble(2 * gapSeconds);
    }

    /** The next driver at a gun. */
    Visit next(int connectorId) {
        Visit.Start start = random.nextBoolean() ? Visit.Start.CARD : Visit.Start.BACK_OFFICE;
        Visit.Stop stop = Visit.Stop.values()[random.nextInt(Visit.Stop.values().length)];
        double gap = random.nextDouble(2 * gapSeconds);
        double soc = random.nextDouble(10, 40);
        if (isLong(connectorId)) {
            return new Visit("truck-800", soc, LONG_TARGET, longSeconds, PAUSES, start, stop, gap);
        }
        return new Visit(CARS.get(random.nextInt(CARS.size())), soc, SHORT_TARGET, shortSeconds * random.nextDouble(0.5, 1.5), 0, start, stop,
                gap);
    }
}
