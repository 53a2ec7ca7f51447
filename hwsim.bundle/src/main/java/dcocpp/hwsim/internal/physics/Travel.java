package dcocpp.hwsim.internal.physics;

import java.util.Random;

/** How long the contactors of a cabinet take from the command to the auxiliary contact. Belongs to the thread of the cabinet. */
public final class Travel {

    private static final long NANOS_PER_MS = 1_000_000;
    private static final long CLOSE_MS = 80;
    private static final long OPEN_MS = 40;

    /** Null where every contactor takes the usual time. */
    private final Random random;
    private final long shortestMs;
    private final long longestMs;

    private Travel(Random random, long shortestMs, long longestMs) {
        this.random = random;
        this.shortestMs = shortestMs;
        this.longestMs = longestMs;
    }

    /** The usual time: 80 ms to close, 40 ms to open. */
    public static Travel usual() {
        return new Travel(null, 0, 0);
    }

    /**
     * Another time for each movement.
     *
     * @param seed what the times follow from
     * @param shortestMs the shortest, at least 0
     * @param longestMs the longest, at least {@code shortestMs}
     */
    public static Travel random(long seed, long shortestMs, long longestMs) {
        if (shortestMs < 0 || longestMs < shortestMs) {
            throw new IllegalArgumentException("travel of " + shortestMs + " to " + longestMs + " ms");
        }
        return new Travel(new Random(seed), shortestMs, longestMs);
    }

    long nextNanos(boolean close) {
        if (random == null) {
            return (close ? CLOSE_MS : OPEN_MS) * NANOS_PER_MS;
        }
        return (shortestMs + random.nextInt((int) (longestMs - shortestMs + 1))) * NANOS_PER_MS;
    }
}
