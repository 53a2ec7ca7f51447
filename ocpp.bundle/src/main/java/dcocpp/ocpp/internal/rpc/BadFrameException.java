package dcocpp.ocpp.internal.rpc;

/** A text that is no OCPP-J message. */
public final class BadFrameException extends Exception {
    /** The id of an answer to a frame whose own id could not be read. */
    public static final String UNKNOWN_ID = "-1";

    /** What the broken frame was meant to be; decides whether it is answered, and who must hear of it. */
    public enum Kind {
        /** A call, or not to be told from one: it gets a CALLERROR. */
        CALL,
        /** An answer to us: never answered; the call it belongs to has failed. */
        ANSWER,
        /** A message type of a later protocol: ignored, as the specification wants it. */
        OTHER
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String id;
    private final ErrorCode code;

    BadFrameException(Kind kind, String id, ErrorCode code, String message) {
        super(message);
        this.kind = kind;
        this.id = id;
        this.code = code;
    }

    public Kind kind() {
        return kind;
    }

    /** The frame's id, or {@link #UNKNOWN_ID}. */
    public String id() {
        return id;
    }

    public ErrorCode code() {
        return code;
    }
}
