package dcocpp.ocpp.internal.outbox;

import java.time.Instant;
import java.util.Optional;

/** A queue with a memory and an order of its own. */
public interface MessageSource {

    /** When its next message was made; empty if there is none, or none that may go now. */
    Optional<Instant> ready();

    /** The message that {@link #ready} told of. */
    OutgoingMessage next();
}
