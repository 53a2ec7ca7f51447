package dcocpp.api.hardware;

import java.util.Objects;

/**
 * One contactor, by its auxiliary contact and never by its command.
 *
 * @param contactorId its name, such as {@code GC_1}, {@code MC_1}, {@code MN_1_0}
 * @param position what the feedback says
 * @param welded known to be welded closed
 * @param stuckOpen known not to close
 * @param sinceNanos since when the position is as it is, process time
 * @param operations how often it has switched; 0 = not counted
 */
public record ContactorState(String contactorId, Position position, boolean welded, boolean stuckOpen, long sinceNanos,
        long operations) {

    public ContactorState {
        Objects.requireNonNull(contactorId);
        Objects.requireNonNull(position);
    }

    /** Feedback of a contactor. */
    public enum Position {
        /** Open. */
        OPEN,
        /** Closed. */
        CLOSED,
        /** No feedback: count as closed where closed is dangerous, as open where open is. */
        UNKNOWN
    }
}
