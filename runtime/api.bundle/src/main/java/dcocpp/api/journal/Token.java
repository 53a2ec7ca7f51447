package dcocpp.api.journal;

import java.util.Objects;

/**
 * Who charges.
 *
 * @param idTag 1 to 20 characters
 * @param source how it came
 */
public record Token(String idTag, Source source) {

    public Token {
        Objects.requireNonNull(source);
        if (idTag.isEmpty() || idTag.length() > 20) {
            throw new IllegalArgumentException("an idTag has 1 to 20 characters, not " + idTag.length());
        }
    }

    /** How a token came, in the order of precedence. */
    public enum Source {
        /** The back office's remote start. */
        REMOTE_START,
        /** A card. */
        RFID,
        /** The vehicle's identity or contract. */
        AUTOCHARGE
    }
}
