package dcocpp.update.internal;

/** A jar is not taken now, for no other reason than that a session runs or an output is on. */
final class BusyException extends RefusedException {

    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
