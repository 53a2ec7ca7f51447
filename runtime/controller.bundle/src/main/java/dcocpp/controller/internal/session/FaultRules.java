package dcocpp.controller.internal.session;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.journal.StopReason;

/** What a fault does: whether it ends energy, stays until an operator clears it, stops the site, and with which reason. */
final class FaultRules {

    private FaultRules() {
    }

    /** No energy while it lasts; a running transaction ends. */
    static boolean blocks(FaultCause cause) {
        return switch (cause) {
            // A welded bus contactor is planned around: what it ties together serves one gun at a time.
            case MODULE_DEGRADED, MODULE_TEMPERATURE, METER_STALE, PLANNER, JOURNAL, MC_WELD -> false;
            default -> true;
        };
    }

    /** No transaction can begin while it lasts; one that runs goes on. */
    static boolean forbidsStart(FaultCause cause) {
        return blocks(cause) && !endsOnly(cause) || cause == FaultCause.PLANNER || cause == FaultCause.JOURNAL;
    }

    /** Stays until an operator clears it and its input is healthy. */
    static boolean latches(FaultCause cause) {
        return switch (cause) {
            case EMERGENCY_STOP, EARTH_FAULT, ISOLATION, GC_WELD, MC_WELD, MN_WELD -> true;
            default -> false;
        };
    }

    /** Stays until the vehicle is unplugged: trying again with the same vehicle would end the same way. */
    static boolean lastsUntilUnplug(FaultCause cause) {
        return switch (cause) {
            case PRECHARGE_TIMEOUT, GC_CLOSE_TIMEOUT, GC_OPEN_TIMEOUT, MC_OPEN_TIMEOUT, ISLAND_SLOT_FAULT, LOCAL_FAULT, LOCK -> true;
            default -> false;
        };
    }

    /** Ends a transaction and is told beside it, but does not make the connector Faulted: the next vehicle may well charge. */
    private static boolean endsOnly(FaultCause cause) {
        return switch (cause) {
            case LIMIT_ACK, TELEMETRY, TELEMETRY_MISMATCH -> true;
            default -> false;
        };
    }

    /** Opens the contactors at once, whatever flows. For all others the current comes down first: opening under load wears contactors. */
    static boolean isEmergency(FaultCause cause) {
        return switch (cause) {
            case EMERGENCY_STOP, EARTH_FAULT, ISOLATION, SAFETY_LOOP, SAFETY_SWITCH_1, SAFETY_SWITCH_2, SAFETY_SWITCH_3, SAFETY_SWITCH_4,
                    SITE_TRIP, PLC_COMM, PLC_CRC, PLC_PROTOCOL, CAN_BUS_OFF, PLC_UNAVAILABLE, CP_LOST, OVER_CURRENT, OVER_VOLTAGE,
                    INTERNAL -> true;
            default -> false;
        };
    }

    /** Ends energy at every gun of the site. */
    static boolean tripsSite(FaultCause cause) {
        return cause == FaultCause.EMERGENCY_STOP || cause == FaultCause.EARTH_FAULT;
    }

    /** Makes the connector's status Faulted. */
    static boolean isFaulted(FaultCause cause) {
        return blocks(cause) && !endsOnly(cause) || cause == FaultCause.METER_STALE;
    }

    /** Why a transaction ended that this fault has ended. */
    static StopReason stopReason(FaultCause cause) {
        return switch (cause) {
            case EMERGENCY_STOP, SAFETY_LOOP, SAFETY_SWITCH_1, SAFETY_SWITCH_2, SAFETY_SWITCH_3, SAFETY_SWITCH_4, SITE_TRIP ->
                StopReason.EMERGENCY_STOP;
            case PLC_COMM, PLC_CRC, PLC_PROTOCOL, CAN_BUS_OFF, PLC_UNAVAILABLE, PRECHARGE_TIMEOUT, GC_OPEN_TIMEOUT,
                    GC_CLOSE_TIMEOUT, MC_OPEN_TIMEOUT, ISLAND_SLOT_FAULT, LOCAL_FAULT, LIMIT_ACK, TELEMETRY, TELEMETRY_MISMATCH ->
                StopReason.POWER_LOSS;
            default -> StopReason.OTHER;
        };
    }
}
