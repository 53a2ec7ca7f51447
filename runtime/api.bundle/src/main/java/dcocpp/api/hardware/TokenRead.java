package dcocpp.api.hardware;

import java.util.Objects;

/**
 * An identity that the hardware has read.
 *
 * @param source how it was read
 * @param value the identity as it goes to the back office: upper-case hex for cards and MAC, plain text for contracts; at most 20
 *        characters
 * @param connectorId the gun it was read at; 0 = a reader of the whole cabinet
 * @param readNanos when, process time
 */
public record TokenRead(Source source, String value, int connectorId, long readNanos) {

    public TokenRead {
        Objects.requireNonNull(source);
        if (value.isEmpty() || value.length() > 20) {
            throw new IllegalArgumentException("a token has 1 to 20 characters, not " + value.length());
        }
    }

    /** How an identity came. */
    public enum Source {
        /** A card. */
        RFID,
        /** The vehicle's EVCCID. */
        EVCCID,
        /** The vehicle's MAC address. */
        EV_MAC,
        /** A contract of ISO 15118. */
        EMAID
    }
}
