package dcocpp.ocpp.internal.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts to connect: a minimum plus a random part, then doubled a few times, then constant, so
 * that the chargers of a site do not all come back in the same second. Not thread-safe.
 */
public final class Backoff {
    private final Settings settings;
    private final RandomGenerator random;
    private int attempts;
    private long previousMillis;

    /**
     * The configuration keys of OCPP with the same names.
     *
     * @param waitMinimum the shortest first delay
     * @param randomRange the largest random part
     * @param repeatTimes how often the delay is doubled
     * @param cap no delay is longer
     */
    public record Settings(Duration waitMinimum, Duration randomRange, int repeatTimes, Duration cap) {
    }

    Backoff(Settings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    Duration next() {
        long jitter = random.nextLong(settings.randomRange().toMillis() + 1);
        if (attempts == 0) {
            previousMillis = settings.waitMinimum().toMillis() + jitter;
        } else if (attempts <= settings.repeatTimes()) {
            previousMillis = 2 * previousMillis + jitter;
        }
        attempts++;
        previousMillis = Math.min(previousMillis, settings.cap().toMillis());
        return Duration.ofMillis(previousMillis);
    }

    void reset() {
        attempts = 0;
    }
}
