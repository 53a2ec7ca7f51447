package dcocpp.itest.hil;

/** What breaks at a gun in the scenarios, and what the CSMS has to hear of it: the table of faults in docs/hil.md. */
public enum Trouble {
    /** The PLC no longer acknowledges limits. Told as a lost link by those who have no cause of its own for it. */
    LIMITS_NOT_ACKNOWLEDGED(new Told("InternalError", "LimitAck|PlcComm", "PowerLoss", false)),
    EMERGENCY_STOP(new Told("OtherError", "EStop", "EmergencyStop", true)),
    EARTH_FAULT(new Told("GroundFailure", "EarthFault", "Other", true)),
    ISOLATION(new Told("GroundFailure", "Isolation", "Other", true)),
    LINK_LOST(new Told("InternalError", "PlcComm", "PowerLoss", false)),
    CONNECTOR_TOO_HOT(new Told("HighTemperature", "ConnectorTemp", "Other", false)),
    OVER_CURRENT(new Told("OverCurrentFailure", "OverCurrent", "Other", false)),
    /** The gun contactor no longer opens, which shows when it is told to. */
    GUN_CONTACTOR_WELDED(new Told("PowerSwitchFailure", "GcWeld", "Remote", true)),
    /** The contactor of a power module no longer opens, which shows when it is told to. */
    MODULE_CONTACTOR_WELDED(new Told("PowerSwitchFailure", "MnWeld", "Remote", true)),
    /** Nothing usable comes from the meter. Stops nobody. */
    METER_SILENT(new Told("PowerMeterFailure", "MeterStale", "", false));

    private final Told told;

    Trouble(Told told) {
        this.told = told;
    }

    /** What the CSMS hears. */
    public Told told() {
        return told;
    }

    /** It ends energy at all guns of the site. */
    boolean tripsSite() {
        return this == EMERGENCY_STOP || this == EARTH_FAULT;
    }

    /**
     * What the CSMS hears of a fault.
     *
     * @param errorCode OCPP's error code
     * @param vendorErrorCode ours, a regular expression
     * @param stopReason OCPP's reason of the transaction's end; empty = it goes on
     * @param latched it lasts until an operator clears it
     */
    public record Told(String errorCode, String vendorErrorCode, String stopReason, boolean latched) {
    }
}
