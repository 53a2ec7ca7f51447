package dcocpp.api.session;

/**
 * How the control thread keeps its period of 100 ms, since the start of the controller. Durations are process time.
 *
 * @param ticks how often it went round
 * @param longestNanos the longest round, ns
 * @param overruns how many rounds took longer than the period, so that the next one was late
 */
public record ControlPace(long ticks, long longestNanos, long overruns) {

    /** Before the first round. */
    public static final ControlPace NONE = new ControlPace(0, 0, 0);

    /** With one more round in it, ns long, in a loop with this period, ns. */
    public ControlPace with(long roundNanos, long periodNanos) {
        return new ControlPace(ticks + 1, Math.max(longestNanos, roundNanos), overruns + (roundNanos > periodNanos ? 1 : 0));
    }
}
