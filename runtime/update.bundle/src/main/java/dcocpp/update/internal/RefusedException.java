package dcocpp.update.internal;

/** A jar is not taken; the message says why and what would be right. */
class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
