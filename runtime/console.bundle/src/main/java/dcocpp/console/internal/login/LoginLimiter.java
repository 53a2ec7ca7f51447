package dcocpp.console.internal.login;

import java.time.Duration;

import dcocpp.api.time.TimeSource;

/**
 * Lets a few wrong logins through, then one every few seconds. It counts for the whole process and not per address: behind an SSH tunnel
 * or a proxy everybody comes from the same one.
 */
final class LoginLimiter {

    static final int BURST = 5;
    static final Duration RECOVERY = Duration.ofSeconds(10);

    private final TimeSource time;
    private final double recoveryNanos;
    private double tries = BURST;
    private long countedAt;

    LoginLimiter(TimeSource time) {
        this.time = time;
        // People are patient in real seconds, whatever the rate of the process clock.
        this.recoveryNanos = RECOVERY.toNanos() * time.rate();
        this.countedAt = time.nanoTime();
    }

    /** Takes a try before the password is looked at, so that many at once are no way round; false when there is none. */
    boolean take() {
        long now = time.nanoTime();
        synchronized (this) {
            tries = Math.min(BURST, tries + Math.max(0, now - countedAt) / recoveryNanos);
            countedAt = now;
            if (tries < 1) {
                return false;
            }
            tries--;
            return true;
        }
    }

    /** The password was right: the try does not count. */
    synchronized void giveBack() {
        tries = Math.min(BURST, tries + 1);
    }
}
