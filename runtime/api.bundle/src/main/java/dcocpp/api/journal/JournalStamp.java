package dcocpp.api.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * When something happened. Wall time may be wrong before the first contact with the back office; boot id and monotonic time allow to
 * correct it afterwards.
 *
 * @param number position in the journal, increasing without gaps reused
 * @param bootId random id of the process run
 * @param nanos process time within that run
 * @param at wall time as known at that moment
 */
public record JournalStamp(long number, String bootId, long nanos, Instant at) {

    public JournalStamp {
        Objects.requireNonNull(bootId);
        Objects.requireNonNull(at);
    }
}
