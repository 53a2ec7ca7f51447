package dcocpp.plcsim;

import dcocpp.api.hardware.FaultCause;

/** What can go wrong at a simulated PLC. */
public enum PlcFault {
    /** It sends nothing; it still hears. */
    SILENT(null),
    /** Every n-th of its frames is lost. */
    DROP(null),
    /** Its frames are late by so many milliseconds. */
    DELAY(null),
    /** Its frames carry wrong checksums. */
    BAD_CRC(null),
    /** Its frames with checksum have seven bytes. */
    BAD_LENGTH(null),
    /** It speaks this version of the protocol. */
    PROTOCOL(null),
    /** It starts anew. */
    REBOOT(null),
    /** The emergency stop is pressed. */
    ESTOP(FaultCause.EMERGENCY_STOP),
    /** The earth leakage monitor trips. */
    EARTH(FaultCause.EARTH_FAULT),
    /** Safety switch 1 opens. */
    SWITCH(FaultCause.SAFETY_LOOP),
    /** The gun contactor no longer opens. */
    WELD(FaultCause.GC_WELD),
    /** The gun contactor no longer closes. */
    STUCK(FaultCause.GC_CLOSE_TIMEOUT),
    /** The lock does not hold. */
    LOCK(FaultCause.LOCK),
    /** The control pilot is unknown. */
    CP(FaultCause.CP_LOST),
    /** The meter's values are stale. */
    METER(FaultCause.METER_STALE);

    private final FaultCause cause;

    PlcFault(FaultCause cause) {
        this.cause = cause;
    }

    /** The cause in the physics; null for one of the link. */
    FaultCause cause() {
        return cause;
    }
}
