package dcocpp.hwsim.internal.physics;

import java.util.Objects;

/**
 * What a car tells about itself. Empty where it tells nothing.
 *
 * @param macAddress MAC address of its modem, 12 upper-case hex digits
 * @param evccId EVCCID of its communication controller, 12 or 16 upper-case hex digits
 * @param emaId contract of ISO 15118, 14 or 15 characters
 */
public record Identity(String macAddress, String evccId, String emaId) {

    /** A car that says nothing about itself. */
    public static final Identity NONE = new Identity("", "", "");

    public Identity {
        Objects.requireNonNull(macAddress);
        Objects.requireNonNull(evccId);
        Objects.requireNonNull(emaId);
    }
}
