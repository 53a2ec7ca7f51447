package dcocpp.plcsim;

import dcocpp.api.hardware.FaultCause;

/** What can go wrong at a simulated PLC. */
public enum PlcFault {
    /** It sends nothing; it still hears. */
    SILENT(null),
    /** Every n-th of its frames is lost. */
    DROP(null),
    /** Its next n frames of RelayStatus or SafetySwitchStatus are lost. */
    LOSE_NEXT(null),
    /** Its frames are late by so many milliseconds. */
    DELAY(null),
    /** Its frames carry wrong checksums. */
    BAD_CRC(null),
    /** Its next n frames of RelayStatus or SafetySwitchStatus carry a wrong checksum. */
    BAD_CRC_NEXT(null),
    /** Its frames with checksum have seven bytes. */
    BAD_LENGTH(null),
    /** It speaks this version of the protocol. */
    PROTOCOL(null),
    /** It starts anew. */
    REBOOT(null),
    /** It starts anew with a firmware that has no safety inputs. */
    NO_SAFETY(null),
    /** It no longer tells which command it has applied last. */
    FROZEN_ACK(null),
    /** It no longer acknowledges limits. */
    NO_LIMIT_ACK(null),
    /** It tells this error code; 0 = none. */
    ERROR_CODE(null),
    /** It tells this fault reason, whatever its real one. */
    REASON(null),
    /** It tells that its bus controller is off. */
    BUS_OFF(null),
    /** The car loses its communication and begins it anew: its pilot is B for some seconds. */
    RENEGOTIATE(null),
    /** The emergency stop is pressed. */
    ESTOP(FaultCause.EMERGENCY_STOP),
    /** The earth leakage monitor trips. */
    EARTH(FaultCause.EARTH_FAULT),
    /** Safety switch 1 opens. */
    SWITCH(FaultCause.SAFETY_LOOP),
    /** The insulation monitor trips; the contract has no signal for it. */
    ISOLATION(FaultCause.ISOLATION),
    /** The connector is too hot; the contract has no signal for it. */
    OVERHEAT(FaultCause.CONNECTOR_TEMPERATURE),
    /** Too much current flows; the contract has no signal for it. */
    OVERCURRENT(FaultCause.OVER_CURRENT),
    /** The gun contactor no longer opens. */
    WELD(FaultCause.GC_WELD),
    /** The gun contactor no longer closes. */
    STUCK(FaultCause.GC_CLOSE_TIMEOUT),
    /** The contactor of the first module no longer opens. */
    MODULE_WELD(FaultCause.MN_WELD),
    /** The lock does not hold. */
    LOCK(FaultCause.LOCK),
    /** The control pilot is unknown. */
    CP(FaultCause.CP_LOST),
    /** The vehicle asks for ventilation. */
    VENTILATION(FaultCause.VENTILATION),
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
