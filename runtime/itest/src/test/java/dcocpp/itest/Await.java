package dcocpp.itest;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process brings about: polls until it is so, fails with the last reason at the deadline. */
public final class Await {
    private static final long POLL_MS = 20;

    private Await() {
    }

    /**
     * Waits until a condition holds.
     *
     * @param what      what is waited for, for the failure message
     * @param limit     real time
     * @param condition may throw, which counts as "not yet"
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        value(what, limit, () -> condition.call() ? Boolean.TRUE : null);
    }

    /**
     * Waits until there is a value.
     *
     * @param what  what is waited for, for the failure message
     * @param limit real time
     * @param probe null means "not yet"; may throw (also an AssertionError), which counts as "not yet"
     * @return the first value that is not null
     */
    public static <T> T value(String what, Duration limit, Callable<T> probe) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Throwable reason = null;
            try {
                T value = probe.call();
                if (value != null) {
                    return value;
                }
            } catch (Exception | AssertionError e) {
                reason = e;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what + (reason == null ? "" : ": " + reason), reason);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
        }
    }
}
