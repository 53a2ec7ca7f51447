package dcocpp.ocpp.internal.core;

import java.util.Optional;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

/**
 * What StatusNotification says of a connector.
 *
 * @param status a ChargePointStatus of OCPP
 * @param errorCode a ChargePointErrorCode of OCPP
 * @param vendorErrorCode ours; empty = none
 * @param info for people; at most 50 characters, may be empty
 */
record StatusReport(String status, String errorCode, String vendorErrorCode, String info) {
    private static final int MAX_INFO = 50;
    private static final String NO_ERROR = "NoError";

    static final StatusReport AVAILABLE = new StatusReport("Available", NO_ERROR, "", "");
    static final StatusReport UNAVAILABLE = new StatusReport("Unavailable", NO_ERROR, "", "");

    static StatusReport of(ConnectorSnapshot connector) {
        boolean faulted = connector.status() == ConnectorStatus.FAULTED;
        // Newest first; some are told, but are never what made the connector unusable.
        Optional<Fault> fault = connector.faults().stream().filter(found -> !faulted || makesFaulted(found.cause())).findFirst();
        String info = fault.map(Fault::detail).filter(detail -> !detail.isEmpty()).orElse(connector.info());
        return new StatusReport(status(connector.status()), fault.map(found -> errorCode(found.cause())).orElse(
                faulted ? "OtherError" : NO_ERROR), fault.map(found -> vendorCode(found.cause())).orElse(""), shorten(info));
    }

    static StatusReport faulted(String detail) {
        return new StatusReport("Faulted", "OtherError", "PlcUnavailable", shorten(detail));
    }

    /** The same for the back office; the text for people alone is no change. */
    boolean saysTheSameAs(StatusReport other) {
        return other != null && status.equals(other.status) && !differsInFault(other);
    }

    /** A fault came, went or changed: told without delay. */
    boolean differsInFault(StatusReport other) {
        return !errorCode.equals(other.errorCode) || !vendorErrorCode.equals(other.vendorErrorCode)
                || status.equals("Faulted") != other.status.equals("Faulted");
    }

    private static String shorten(String text) {
        return text.length() <= MAX_INFO ? text : text.substring(0, MAX_INFO);
    }

    private static String status(ConnectorStatus status) {
        return switch (status) {
            case AVAILABLE -> "Available";
            case PREPARING -> "Preparing";
            case CHARGING -> "Charging";
            case SUSPENDED_EVSE -> "SuspendedEVSE";
            case SUSPENDED_EV -> "SuspendedEV";
            case FINISHING -> "Finishing";
            case RESERVED -> "Reserved";
            case UNAVAILABLE -> "Unavailable";
            default -> "Faulted";
        };
    }

    private static boolean makesFaulted(FaultCause cause) {
        return switch (cause) {
            case MODULE_DEGRADED, LIMIT_ACK, TELEMETRY, TELEMETRY_MISMATCH -> false;
            default -> true;
        };
    }

    private static String errorCode(FaultCause cause) {
        return switch (cause) {
            case LIMIT_ACK, TELEMETRY, TELEMETRY_MISMATCH -> NO_ERROR;
            case PLC_COMM, PLC_CRC, PLC_PROTOCOL, CAN_BUS_OFF, PLC_UNAVAILABLE, INTERNAL, PLANNER, JOURNAL -> "InternalError";
            case EARTH_FAULT, ISOLATION -> "GroundFailure";
            case CONNECTOR_TEMPERATURE, MODULE_TEMPERATURE -> "HighTemperature";
            case OVER_CURRENT -> "OverCurrentFailure";
            case OVER_VOLTAGE -> "OverVoltage";
            case UNDER_VOLTAGE -> "UnderVoltage";
            case GC_WELD, MC_WELD, MN_WELD, MC_OPEN_TIMEOUT, GC_OPEN_TIMEOUT, GC_CLOSE_TIMEOUT, PRECHARGE_TIMEOUT,
                    ISLAND_SLOT_FAULT, LOCAL_FAULT, SITE_TRIP -> "PowerSwitchFailure";
            case LOCK -> "ConnectorLockFailure";
            case CP_LOST -> "EVCommunicationError";
            case METER_STALE -> "PowerMeterFailure";
            default -> "OtherError";
        };
    }

    private static String vendorCode(FaultCause cause) {
        return switch (cause) {
            case EMERGENCY_STOP -> "EStop";
            case PLC_COMM -> "PlcComm";
            case PLC_CRC -> "PlcCrc";
            case PLC_PROTOCOL -> "PlcProtocol";
            case CAN_BUS_OFF -> "CanBusOff";
            case PLC_UNAVAILABLE -> "PlcUnavailable";
            case EARTH_FAULT -> "EarthFault";
            case SAFETY_LOOP -> "SafetyLoop";
            case ISOLATION -> "Isolation";
            case CONNECTOR_TEMPERATURE -> "ConnectorTemp";
            case MODULE_TEMPERATURE -> "ModuleTemp";
            case OVER_CURRENT -> "OverCurrent";
            case OVER_VOLTAGE -> "OverVoltage";
            case UNDER_VOLTAGE -> "UnderVoltage";
            case GC_WELD -> "GcWeld";
            case MC_WELD -> "McWeld";
            case MN_WELD -> "MnWeld";
            case NO_MODULES -> "NoModules";
            case MODULE_DEGRADED -> "ModuleDegraded";
            case LOCK -> "Lock";
            case CP_LOST -> "CpLost";
            case VENTILATION -> "Ventilation";
            case METER_STALE -> "MeterStale";
            case MC_OPEN_TIMEOUT -> "MCOpenTimeout";
            case GC_OPEN_TIMEOUT -> "GCOpenTimeout";
            case GC_CLOSE_TIMEOUT -> "GCCloseTimeout";
            case PRECHARGE_TIMEOUT -> "PrechargeTimeout";
            case ISLAND_SLOT_FAULT -> "IslandSlotFault";
            case LOCAL_FAULT -> "LocalFault";
            case SITE_TRIP -> "SiteTrip";
            case PLANNER -> "Planner";
            case INTERNAL -> "Internal";
            case JOURNAL -> "Journal";
            case SAFETY_SWITCH_1 -> "SafetySwitch1";
            case SAFETY_SWITCH_2 -> "SafetySwitch2";
            case SAFETY_SWITCH_3 -> "SafetySwitch3";
            case SAFETY_SWITCH_4 -> "SafetySwitch4";
            case LIMIT_ACK -> "LimitAck";
            case TELEMETRY -> "Telemetry";
            case TELEMETRY_MISMATCH -> "TelemetryMismatch";
            default -> cause.name();
        };
    }
}
