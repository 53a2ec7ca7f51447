package dcocpp.can.internal.bus;

/** The bus cannot be opened now. The message says why and what helps. */
public final class BusUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public BusUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
