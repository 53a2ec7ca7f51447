package dcocpp.cantest;

import java.util.function.BiConsumer;

import dcocpp.plcsim.PlcFault;
import dcocpp.plcsim.SimulatedPlc;

/**
 * What frames, missing frames and wrong checksums of one PLC can say during a session, and what has to follow: everything is told to open
 * within a time, and the CSMS hears why.
 */
enum BusFault {
    /** No frame for 300 ms. */
    SILENT(of(PlcFault.SILENT, 0), 300, "InternalError", "PlcComm"),
    /** No valid status for 300 ms, three wrong checksums within 1 s. */
    WRONG_CHECKSUMS(of(PlcFault.BAD_CRC, 0), 300, "InternalError", "Plc(Crc|Comm)"),
    /** The first frame without eight bytes; the status comes every 250 ms. */
    WRONG_LENGTH(of(PlcFault.BAD_LENGTH, 0), 250, "InternalError", "PlcComm"),
    NO_RELAY_STATUS((plc, now) -> plc.miss("RelayStatus"), 600, "InternalError", "PlcComm"),
    NO_SAFETY_STATUS((plc, now) -> plc.miss("SafetySwitchStatus"), 600, "InternalError", "PlcComm"),
    /** Without the pilot the gun contactor opens after 1 s; it is a fault after 4. */
    NO_PILOT((plc, now) -> plc.miss("CP_VoltageLevels"), 1000, "EVCommunicationError", "CpLost"),
    /** It is off for 0.8 s. */
    REBOOT(of(PlcFault.REBOOT, 0), 300, "InternalError", "PlcComm"),
    ANOTHER_VERSION((plc, now) -> {
        plc.inject(PlcFault.PROTOCOL, 2, now);
        plc.inject(PlcFault.REBOOT, 0, now);
    }, 300, "InternalError", "PlcProtocol"),
    FIRMWARE_WITHOUT_SAFETY(of(PlcFault.NO_SAFETY, 0), 300, "InternalError", "PlcProtocol"),
    SAFETY_SWITCH(of(PlcFault.SWITCH, 0), 0, "OtherError", "SafetySwitch1"),
    /** The contract has no signal of its own for these three: the PLC opens its safety chain. */
    ISOLATION(of(PlcFault.ISOLATION, 0), 0, "OtherError", "SafetyLoop"),
    OVERHEAT(of(PlcFault.OVERHEAT, 0), 0, "OtherError", "SafetyLoop"),
    OVERCURRENT(of(PlcFault.OVERCURRENT, 0), 0, "OtherError", "SafetyLoop"),
    ERROR_CODE(of(PlcFault.ERROR_CODE, 7), 0, "OtherError", "SafetyLoop"),
    /** The PLC sees wrong checksums. */
    REASON_CRC(of(PlcFault.REASON, 8), 0, "InternalError", "PlcCrc"),
    REASON_BUS_OFF(of(PlcFault.REASON, 6), 0, "InternalError", "CanBusOff"),
    PLC_BUS_OFF(of(PlcFault.BUS_OFF, 0), 100, "InternalError", "CanBusOff"),
    /** Limits are acknowledged every second; without it for 1.5 s the session ends. */
    NO_LIMIT_ACK(of(PlcFault.NO_LIMIT_ACK, 0), 1500, "InternalError", "PlcComm|LimitAck"),
    /** These two take the current down first, for at most 2 s. */
    LOCK(of(PlcFault.LOCK, 0), 2500, "ConnectorLockFailure", "Lock"),
    VENTILATION(of(PlcFault.VENTILATION, 0), 2500, "OtherError", "Ventilation"),
    /** Shows when something is commanded: forced off with the first repetition, a fault after 900 ms. */
    FROZEN_ACK(of(PlcFault.FROZEN_ACK, 0), 2500, "InternalError", "PlcComm", 0, true),
    WELD(of(PlcFault.WELD, 0), 2500, "PowerSwitchFailure", "GcWeld", 1, true),
    MODULE_WELD(of(PlcFault.MODULE_WELD, 0), 2500, "PowerSwitchFailure", "MnWeld", 2, true);

    private final BiConsumer<SimulatedPlc, Long> injection;
    private final int withinMs;
    private final String errorCode;
    private final String vendorErrorCode;
    private final int stillClosed;
    private final boolean stopped;

    BusFault(BiConsumer<SimulatedPlc, Long> injection, int withinMs, String errorCode, String vendorErrorCode) {
        this(injection, withinMs, errorCode, vendorErrorCode, 0, false);
    }

    BusFault(BiConsumer<SimulatedPlc, Long> injection, int withinMs, String errorCode, String vendorErrorCode, int stillClosed,
            boolean stopped) {
        this.injection = injection;
        this.withinMs = withinMs;
        this.errorCode = errorCode;
        this.vendorErrorCode = vendorErrorCode;
        this.stillClosed = stillClosed;
        this.stopped = stopped;
    }

    private static BiConsumer<SimulatedPlc, Long> of(PlcFault fault, double value) {
        return (plc, now) -> plc.inject(fault, value, now);
    }

    /** What breaks, on the thread of the PLCs. */
    BiConsumer<SimulatedPlc, Long> injection() {
        return injection;
    }

    /** The contract's time from the fault, or where {@link #stopped} from the end of the session, to the command that opens all, ms. */
    int withinMs() {
        return withinMs;
    }

    /** OCPP's error code, a regular expression. */
    String errorCode() {
        return errorCode;
    }

    /** Our error code, a regular expression. */
    String vendorErrorCode() {
        return vendorErrorCode;
    }

    /** The relays that stay closed whatever is commanded, bit 0 = gun contactor. */
    int stillClosed() {
        return stillClosed;
    }

    /** It shows only when the session ends: somebody ends it. */
    boolean stopped() {
        return stopped;
    }

    /** So many sessions run at once: each fault has a gun of its own. */
    int gun(int guns) {
        return ordinal() % guns + 1;
    }
}
