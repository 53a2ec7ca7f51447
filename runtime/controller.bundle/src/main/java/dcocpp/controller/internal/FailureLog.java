package dcocpp.controller.internal;

import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;

/** Keeps a failure that comes in every tick from filling the log: it is told once a minute. Belongs to the control thread. */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long AGAIN_NANOS = 60_000_000_000L;

    private final Map<String, Long> toldNanos = new HashMap<>();

    /**
     * Runs the task. What fails in it costs itself only.
     *
     * @param what the task, such as {@code Showing}; few different ones
     */
    void guarded(String what, Runnable task, TimeSource time) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            if (due(what, e, time.nanoTime())) {
                LOG.error("{} fails", what, e);
            }
        }
    }

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
