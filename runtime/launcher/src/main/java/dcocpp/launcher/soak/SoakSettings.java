package dcocpp.launcher.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a run goes.
 *
 * @param home the distribution
 * @param base folder of the command that was called, whose commit is recorded
 * @param config charger.json; its CSMS is replaced; not read when {@code observe}
 * @param data data folder of the charger
 * @param out folder of record and report
 * @param hardware {@code sim}, {@code can} or another hardware bundle
 * @param observe only watch the charger that works on the data folder
 * @param duration how long there is traffic
 * @param sampling time between two samples
 * @param command the command line, for the report
 */
record SoakSettings(Path home, Path base, Path config, Path data, Path out, String hardware, boolean observe, Duration duration,
        Duration sampling, String command) {

    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(30);
    private static final int COLLECTIONS = 12;
    private static final Duration LONGEST_BETWEEN_COLLECTIONS = Duration.ofMinutes(10);

    double seconds() {
        return duration.toMillis() / 1e3;
    }

    /** Until classes are loaded and pools are filled, s: a sixth of the run, at most half an hour. */
    double warmUpSeconds() {
        return Math.min(LONGEST_WARM_UP.toSeconds(), seconds() / 6);
    }

    /** Between two collections of garbage, s. */
    double collectionSeconds() {
        return Math.min(LONGEST_BETWEEN_COLLECTIONS.toSeconds(), seconds() / COLLECTIONS);
    }

    boolean simulated() {
        return hardware.equals("sim");
    }
}
