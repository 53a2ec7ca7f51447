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
 */
public record DriverSettings(CrcMode crcMode, int protocolVersion, int powerStage, boolean gunRelayOwnedByPlc, boolean moduleRelays,
        boolean gcmcMirror, boolean vehicleLimitsCap, long safetyDebounceNanos) {

    public static final int NO_HANDSHAKE = 0;

    public DriverSettings {
        Objects.requireNonNull(crcMode);
        requireRange("plc.protoVersion", protocolVersion, NO_HANDSHAKE, 255, "1 to 255 or none");
        requireRange("plc.hlcPowerStage", powerStage, 0, 255, "0 to 255");
        requireRange("plc.safetyDebounceMs", safetyDebounceNanos / 1_000_000, 0, 1000, "0 to 1000 ms");
    }

    /** Settings as charger.json writes them. */
    public static DriverSettings of(boolean useCrc8, String crcMode, String protoVersion, int hlcPowerStage, boolean gunRelayOwnedByPlc,
            boolean moduleRelaysEnabled, boolean gcmcMirror, boolean evLimitsAsCap, int safetyDebounceMs) {
        CrcMode mode = switch (crcMode) {
            case "strict" -> useCrc8 ? CrcMode.STRICT : CrcMode.LEGACY;
            case "legacy" -> CrcMode.LEGACY;
            default -> throw new IllegalArgumentException("plc.crcMode is \"" + crcMode + "\", must be strict or legacy");
        };
        return new DriverSettings(mode, version(protoVersion), hlcPowerStage, gunRelayOwnedByPlc, moduleRelaysEnabled, gcmcMirror,
                evLimitsAsCap, safetyDebounceMs * 1_000_000L);
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
