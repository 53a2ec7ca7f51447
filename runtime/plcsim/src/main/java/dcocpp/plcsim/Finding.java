package dcocpp.plcsim;

/**
 * Something that a host must not do on the bus, or with what hangs on it.
 *
 * @param number counts from 1
 * @param atNanos when
 * @param plcId the PLC that saw it
 * @param kind what
 * @param detail values for people
 */
public record Finding(long number, long atNanos, int plcId, Kind kind, String detail) {

    /** What a host must not do. */
    public enum Kind {
        /** A frame that has not eight bytes. */
        LENGTH,
        /** A wrong checksum. */
        CHECKSUM,
        /** A bit that belongs to no signal is set. */
        RESERVED_BITS,
        /** CMD_SEQ that does not follow the one before. */
        SEQUENCE,
        /** RelayControl was missing for longer than the PLC's watchdog waits, with a relay on. */
        WATCHDOG,
        /** The same with nothing on. */
        PAUSE,
        /** EVSE_DC_MaxLimits or EVSE_DC_Present was missing for too long. */
        OVERDUE,
        /** A relay was told to close before the handshake. */
        BEFORE_HANDSHAKE,
        /** A relay was still told to be closed long after the PLC had said that it is not safe. */
        WHILE_UNSAFE,
        /** What the physics saw: a contactor that switched under load or with a voltage across it, or without permission. */
        PHYSICS
    }
}
