package dcocpp.api.backoffice;

import java.util.Objects;

/**
 * The answer to a {@link DataTransferRequest}.
 *
 * @param status what became of it
 * @param data what the answer carries, without a format; empty = nothing
 */
public record DataTransferAnswer(Status status, String data) {

    public DataTransferAnswer {
        Objects.requireNonNull(status);
        Objects.requireNonNull(data);
    }

    /** What became of a message. New ones are added at the end. */
    public enum Status {
        /** It was understood and done. */
        ACCEPTED,
        /** It was understood and is refused. */
        REJECTED,
        /** The vendor has no such message here. */
        UNKNOWN_MESSAGE_ID
    }
}
