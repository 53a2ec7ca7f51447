package dcocpp.ocpp.internal.transfer;

/** A file did not travel. The message is for people and holds no password. */
public final class TransferException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** Another attempt may succeed. */
        FAILED,
        /** The address is none. */
        BAD_ADDRESS,
        /** An address of a kind that is not permitted here, or that this charger cannot do. */
        NOT_PERMITTED,
        /** The other side does not let us. */
        DENIED,
        /** The file is larger than permitted. */
        TOO_LARGE
    }

    private final Kind kind;

    public TransferException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A failure of the network or the disk; another attempt may succeed. */
    public TransferException(Exception cause) {
        super(text(cause), cause);
        this.kind = Kind.FAILED;
    }

    private static String text(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    public Kind kind() {
        return kind;
    }

    /** Another attempt would end the same. */
    public boolean permanent() {
        return kind != Kind.FAILED;
    }
}
