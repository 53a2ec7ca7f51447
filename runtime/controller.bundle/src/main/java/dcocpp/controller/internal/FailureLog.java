package dcocpp.controller.internal;

import java.util.HashMap;
import java.util.Map;

/** Keeps a failure that comes in every tick from filling the log: it is told once a minute. Belongs to the control thread. */
final class FailureLog {

    private static final long AGAIN_NANOS = 60_000_000_000L;

    private final Map<String, Long> toldNanos = new HashMap<>();

    /**
     * This failure shall be told now.
     *
     * @param what what fails, such as {@code connector 3}; few different ones
     * @param now process time
     */
    boolean due(String what, Throwable failure, long now) {
        String key = what + ' ' + failure.getClass().getName();
        Long told = toldNanos.get(key);
        if (told != null && now - told < AGAIN_NANOS) {
            return false;
        }
        toldNanos.put(key, now);
        return true;
    }
}
