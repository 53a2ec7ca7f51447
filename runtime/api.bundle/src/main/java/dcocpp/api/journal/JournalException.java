package dcocpp.api.journal;

/** The journal cannot be read or written; the message says what the disk or the database said. */
public class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
