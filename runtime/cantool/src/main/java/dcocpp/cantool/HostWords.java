package dcocpp.cantool;

import java.util.List;
import java.util.Set;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.can.internal.codec.Crc8;
import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.DbcValues.CfgParamId;
import dcocpp.can.internal.codec.HostLayout.ConfigCmd;
import dcocpp.can.internal.codec.HostLayout.MaxLimits;
import dcocpp.can.internal.codec.HostLayout.Present;
import dcocpp.can.internal.codec.HostLayout.RelayControl;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.PlcLayout.ChargeInfo;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.Signal;

/**
 * What the host of a recording told one PLC, as commands for the driver that replays it. Of a recording without the host's frames the
 * PLC's feedback is taken for what was commanded.
 */
final class HostWords {

    private final int connectorId;
    private boolean hostHeard;
    private long relays;
    private long feedback;
    private boolean granted;
    private boolean pending;
    private boolean authorizationTold;
    private boolean lock;
    private boolean regulating;
    private double offerVoltageV;
    private double offerCurrentA;
    private double offerPowerW;
    private boolean plcGranted;

    HostWords(int connectorId) {
        this.connectorId = connectorId;
    }

    /** A frame of the recording, of either side, with the right checksum where it has one. */
    void frame(Message message, long payload) {
        switch (message) {
            case RELAY_CONTROL -> {
                hostHeard = true;
                relays = payload;
            }
            case CONFIG_CMD -> config(payload);
            case MAX_LIMITS -> {
                offerVoltageV = Signal.value(MaxLimits.EVSE_MAX_V, payload);
                offerCurrentA = Signal.value(MaxLimits.EVSE_MAX_I, payload);
                offerPowerW = Signal.value(MaxLimits.EVSE_MAX_P, payload) * 1000;
            }
            case PRESENT -> regulating = Signal.isSet(Present.REGULATING, payload);
            case RELAY_STATUS -> feedback = payload;
            case CHARGE_INFO -> plcGranted = Signal.isSet(ChargeInfo.AUTH_GRANTED, payload);
            default -> {
                // Says nothing about what is commanded.
            }
        }
    }

    private void config(long payload) {
        boolean on = Signal.isSet(ConfigCmd.CFG_VALUE, payload);
        switch (Signal.number(ConfigCmd.CFG_PARAM_ID, payload)) {
            case CfgParamId.AUTH_STATE -> {
                authorizationTold = true;
                granted = on;
            }
            case CfgParamId.AUTH_PENDING -> {
                authorizationTold = true;
                pending = on;
            }
            case CfgParamId.LOCK_CMD -> lock = on;
            default -> {
                // The handshake is between the two of the recording.
            }
        }
    }

    private boolean closed(int command, int state) {
        return hostHeard ? Signal.isSet(command, relays) && !Signal.isSet(RelayControl.FORCE_ALL_OFF, relays)
                : Signal.isSet(state, feedback);
    }

    GunCommand gun() {
        Authorization authorization = !authorizationTold && plcGranted || granted ? Authorization.GRANTED
                : pending ? Authorization.PENDING : authorizationTold ? Authorization.DENIED : Authorization.UNKNOWN;
        return new GunCommand(connectorId, authorization, closed(RelayControl.RLY1_CMD, RelayStatus.RLY1_STATE), lock,
                hostHeard && Signal.isSet(RelayControl.FORCE_ALL_OFF, relays), 0, offerVoltageV, offerCurrentA, offerPowerW, regulating,
                Set.of());
    }

    List<ModuleCommand> modules(String first, String second) {
        boolean one = closed(RelayControl.RLY2_CMD, RelayStatus.RLY2_STATE);
        boolean two = closed(RelayControl.RLY3_CMD, RelayStatus.RLY3_STATE);
        return List.of(new ModuleCommand(first, one, one, 0, 0), new ModuleCommand(second, two, two, 0, 0));
    }

    /**
     * The RelayStatus with its acknowledge in the numbers of the replaying driver: as far behind its last frame as it was behind the
     * last one of the recording's host.
     */
    long translated(long relayStatus, int lastSequence) {
        int applied = Signal.number(RelayStatus.LAST_CMD_SEQ_APPLIED, relayStatus);
        int behind = hostHeard ? Signal.number(RelayControl.CMD_SEQ, relays) - applied & 0xFF : 0;
        long translated = Signal.put(RelayStatus.LAST_CMD_SEQ_APPLIED, relayStatus, lastSequence - behind & 0xFF);
        return CrcMode.STRICT.accepts(relayStatus) ? Crc8.seal(translated) : relayStatus;
    }
}
