package dcocpp.ocpp.internal.store;

/** The store cannot be read or written; the message says what the database said. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
