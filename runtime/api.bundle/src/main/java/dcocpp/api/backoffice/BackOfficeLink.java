package dcocpp.api.backoffice;

import java.time.Instant;
import java.util.Objects;

/**
 * The link to the back office.
 *
 * @param state how it is
 * @param address where to, without secrets
 * @param detail why it is not accepted, for people; may be empty
 * @param since since when, wall time; null = never
 * @param queuedMessages messages that wait to be sent
 */
public record BackOfficeLink(State state, String address, String detail, Instant since, int queuedMessages) {

    /** No protocol bundle. */
    public static final BackOfficeLink NONE = new BackOfficeLink(State.ABSENT, "", "no protocol bundle", null, 0);

    public BackOfficeLink {
        Objects.requireNonNull(state);
        Objects.requireNonNull(address);
        Objects.requireNonNull(detail);
    }

    /** How the link is. New states are added at the end. */
    public enum State {
        /** There is no protocol bundle. */
        ABSENT,
        /** Disconnected on purpose. */
        DISCONNECTED,
        /** Trying. */
        CONNECTING,
        /** Connected, not yet accepted. */
        CONNECTED,
        /** Connected and accepted. */
        ACCEPTED
    }
}
