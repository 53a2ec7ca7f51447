package dcocpp.can.internal.driver;

import java.util.Objects;

import dcocpp.can.internal.codec.CrcMode;

/**
 * What the firmware of the PLCs expects.
 *
 * @param crcMode what is accepted as checksum
 * @param protocolVersion announced version 1…255; {@link #NO_HANDSHAKE} for firmware that does not know the exchange
 * @param powerStage HLC stage from which the vehicle waits for power
 * @param gunRelayOwnedByPlc the PLC closes the gun contactor by itself
 * @param moduleRelays the PLC switches the module contactors
 * @param gcmcMirror each RelayControl is repeated as GCMC_Command
 * @param vehicleLimitsCap the vehicle's voltage and current limit bound the offer
 * @param safetyDebounceNanos how long a safety bit must be clear before it counts as clear
 * @param ringActuation the PLC of a slot switches its bus contactor by MC_REQ of GCMC_Command and reports it in GCMC_Status
 * @param pauses how long what belongs to the offer may stay away
 */
public record DriverSettings(CrcMode crcMode, int protocolVersion, int powerStage, boolean gunRelayOwnedByPlc, boolean moduleRelays,
        boolean gcmcMirror, boolean vehicleLimitsCap, long safetyDebounceNanos, boolean ringActuation, Pauses pauses) {

    public static final int NO_HANDSHAKE = 0;

    public DriverSettings {
        Objects.requireNonNull(crcMode);
        requireRange("plc.protoVersion", protocolVersion, NO_HANDSHAKE, 255, "1 to 255 or none");
        requireRange("plc.hlcPowerStage", powerStage, 0, 255, "0 to 255");
        requireRange("plc.safetyDebounceMs", safetyDebounceNanos / 1_000_000, 0, 1000, "0 to 1000 ms");
        Objects.requireNonNull(pauses);
    }

    /**
     * How long what belongs to the offer may stay away while a gun is in use.
     *
     * @param limitAckNanos age of the PLC's last acknowledge of the limits that is a fault; what goes before it begins at half of it, but
     *        not before 500 ms
     * @param presentNanos gap between two EVSE_DC_Present of ours that is a fault
     * @param limitsNanos gap between two EVSE_DC_MaxLimits of ours after which nothing is offered
     */
    public record Pauses(long limitAckNanos, long presentNanos, long limitsNanos) {

        public static final Pauses USUAL = ofMillis(1500, 1000, 1500);

        /** As charger.json writes them. */
        public static Pauses ofMillis(int evseLimitAckMs, int plcPresentWarnMs, int plcLimitsWarnMs) {
            requireRange("timeouts.evseLimitAckMs", evseLimitAckMs, 500, 60_000, "500 to 60000 ms");
            // Less than what lies between two of these frames anyway would be a fault that never ends.
            requireRange("timeouts.plcPresentWarnMs", plcPresentWarnMs, 800, 60_000, "800 to 60000 ms");
            requireRange("timeouts.plcLimitsWarnMs", plcLimitsWarnMs, 1200, 60_000, "1200 to 60000 ms");
            return new Pauses(Limits.millis(evseLimitAckMs), Limits.millis(plcPresentWarnMs), Limits.millis(plcLimitsWarnMs));
        }
    }

    /** Settings as charger.json writes them, without ring actuation and with the usual pauses. */
    public static DriverSettings of(boolean useCrc8, String crcMode, String protoVersion, int hlcPowerStage, boolean gunRelayOwnedByPlc,
            boolean moduleRelaysEnabled, boolean gcmcMirror, boolean evLimitsAsCap, int safetyDebounceMs) {
        CrcMode mode = switch (crcMode) {
            case "strict" -> useCrc8 ? CrcMode.STRICT : CrcMode.LEGACY;
            case "legacy" -> CrcMode.LEGACY;
            default -> throw new IllegalArgumentException("plc.crcMode is \"" + crcMode + "\", must be strict or legacy");
        };
        return new DriverSettings(mode, version(protoVersion), hlcPowerStage, gunRelayOwnedByPlc, moduleRelaysEnabled, gcmcMirror,
                evLimitsAsCap, Limits.millis(safetyDebounceMs), false, Pauses.USUAL);
    }

    /** The same with or without ring actuation. */
    public DriverSettings withRingActuation(boolean wanted) {
        return new DriverSettings(crcMode, protocolVersion, powerStage, gunRelayOwnedByPlc, moduleRelays, gcmcMirror, vehicleLimitsCap,
                safetyDebounceNanos, wanted, pauses);
    }

    /** The same with other pauses. */
    public DriverSettings withPauses(Pauses wanted) {
        return new DriverSettings(crcMode, protocolVersion, powerStage, gunRelayOwnedByPlc, moduleRelays, gcmcMirror, vehicleLimitsCap,
                safetyDebounceNanos, ringActuation, wanted);
    }

    /** Each RelayControl is followed by its GCMC_Command. */
    public boolean sendsGcmc() {
        return gcmcMirror || ringActuation;
    }

    private static int version(String text) {
        if (text.equals("none")) {
            return NO_HANDSHAKE;
        }
        if (text.matches("[1-9]\\d{0,2}")) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("plc.protoVersion is \"" + text + "\", must be 1 to 255 or none");
    }

    private static void requireRange(String key, long value, long low, long high, String right) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(key + " is " + value + ", must be " + right);
        }
    }
}
