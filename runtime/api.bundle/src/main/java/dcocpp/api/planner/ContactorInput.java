package dcocpp.api.planner;

import java.util.Objects;

import dcocpp.api.hardware.ContactorState;

/**
 * A contactor by its feedback.
 *
 * @param contactorId its name
 * @param position what the feedback says
 * @param welded known to be welded closed
 * @param stuckOpen known not to close
 * @param sinceNanos since when it is as it is, process time
 */
public record ContactorInput(String contactorId, ContactorState.Position position, boolean welded, boolean stuckOpen,
        long sinceNanos) {

    public ContactorInput {
        Objects.requireNonNull(contactorId);
        Objects.requireNonNull(position);
    }
}
