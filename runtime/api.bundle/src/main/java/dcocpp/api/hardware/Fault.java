package dcocpp.api.hardware;

import java.util.Objects;

/**
 * An active fault.
 *
 * @param cause what it is
 * @param detail values for people, such as {@code reason 12, switches 0x84}; may be empty
 */
public record Fault(FaultCause cause, String detail) {

    public Fault {
        Objects.requireNonNull(cause);
        Objects.requireNonNull(detail);
    }
}
