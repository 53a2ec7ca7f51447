package dcocpp.api.hardware;

/**
 * Why a gun or the site cannot, or can only partly, be used. New causes are added at the end: whoever switches over this enum keeps a
 * default branch.
 */
public enum FaultCause {
    /** Emergency stop pressed or latched. */
    EMERGENCY_STOP,
    /** The link to the PLC is lost. */
    PLC_COMM,
    /** Frames of the PLC fail their checksum. */
    PLC_CRC,
    /** The PLC speaks another protocol version. */
    PLC_PROTOCOL,
    /** The bus is off. */
    CAN_BUS_OFF,
    /** The hardware cannot be reached at all. */
    PLC_UNAVAILABLE,
    /** Earth fault. */
    EARTH_FAULT,
    /** Safety chain open, cause not told. */
    SAFETY_LOOP,
    /** Insulation fault on the DC side. */
    ISOLATION,
    /** Connector too hot. */
    CONNECTOR_TEMPERATURE,
    /** Power module too hot. */
    MODULE_TEMPERATURE,
    /** Output over-current. */
    OVER_CURRENT,
    /** Output over-voltage. */
    OVER_VOLTAGE,
    /** Output under-voltage. */
    UNDER_VOLTAGE,
    /** Gun contactor welded. */
    GC_WELD,
    /** Bus contactor welded. */
    MC_WELD,
    /** Module contactor welded. */
    MN_WELD,
    /** No usable power module. */
    NO_MODULES,
    /** Some power module lost; charging goes on with the rest. */
    MODULE_DEGRADED,
    /** Connector lock open although needed. */
    LOCK,
    /** Control pilot lost. */
    CP_LOST,
    /** The vehicle asks for ventilation. */
    VENTILATION,
    /** The meter does not answer. */
    METER_STALE,
    /** A bus contactor did not open in time, or a slot was not given back. */
    MC_OPEN_TIMEOUT,
    /** The gun contactor did not open in time. */
    GC_OPEN_TIMEOUT,
    /** The gun contactor did not close in time. */
    GC_CLOSE_TIMEOUT,
    /** Precharge did not reach the vehicle's voltage in time. */
    PRECHARGE_TIMEOUT,
    /** Another gun's fault stopped the site. */
    SITE_TRIP,
    /** No usable planner or plan. */
    PLANNER,
    /** Something inside this program. */
    INTERNAL,
    /** The journal cannot be written. */
    JOURNAL,
    /** The first safety switch is open. */
    SAFETY_SWITCH_1,
    /** The second safety switch is open. */
    SAFETY_SWITCH_2,
    /** The third safety switch is open. */
    SAFETY_SWITCH_3,
    /** The fourth safety switch is open. */
    SAFETY_SWITCH_4,
    /** The vehicle side does not acknowledge the limits that it is given. */
    LIMIT_ACK,
    /** What the gun measures and the vehicle asks for is not renewed. */
    TELEMETRY,
    /** Meter and gun measure different voltages or currents. */
    TELEMETRY_MISMATCH,
    /** Another slot that the gun's island has, or needs for a start, does not do what it must. */
    ISLAND_SLOT_FAULT,
    /** The gun's own slot does not do what it must, and no more precise cause is known. */
    LOCAL_FAULT
}
