package dcocpp.api.journal;

import java.util.Objects;

/**
 * How far a start or stop event has come on its way to the back office.
 *
 * @param state where it is
 * @param detail the back office's id of the transaction when delivered, the reason when undeliverable, else empty
 */
public record Delivery(State state, String detail) {

    public Delivery {
        Objects.requireNonNull(state);
        Objects.requireNonNull(detail);
    }

    /** Where an event is. */
    public enum State {
        /** Not yet accepted by the back office. */
        PENDING,
        /** Accepted. */
        DELIVERED,
        /** Given up after its attempts; shown to people, can be sent again. */
        UNDELIVERABLE
    }
}
