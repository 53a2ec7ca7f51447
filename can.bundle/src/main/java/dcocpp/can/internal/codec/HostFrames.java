package dcocpp.can.internal.codec;

import dcocpp.can.internal.codec.HostLayout.ConfigCmd;
import dcocpp.can.internal.codec.HostLayout.GcmcCommand;
import dcocpp.can.internal.codec.HostLayout.MaxLimits;
import dcocpp.can.internal.codec.HostLayout.Present;
import dcocpp.can.internal.codec.HostLayout.RelayControl;

/** The payloads that the host sends, sealed with their checksum. */
public final class HostFrames {

    /** Relay masks: bit 0 the gun contactor, bits 1 and 2 the two module contactors. */
    public static final int RELAY_GUN = 1;
    public static final int RELAY_MODULE_0 = 2;
    public static final int RELAY_MODULE_1 = 4;

    public static final int PARAM_AUTH_STATE = 20;
    public static final int PARAM_AUTH_PENDING = 21;
    public static final int PARAM_LOCK = 30;
    public static final int PARAM_LIMIT_ACK = 90;
    public static final int PARAM_PROTOCOL = 91;

    public static final int FAULT_GENERAL = 1;
    public static final int FAULT_COMMUNICATION = 2;
    public static final int FAULT_ISOLATION = 4;
    public static final int FAULT_THERMAL = 8;
    public static final int FAULT_OVER_CURRENT = 16;
    public static final int FAULT_WELD = 32;

    private HostFrames() {
    }

    /**
     * RelayControl in steady mode.
     *
     * @param relays relays that shall be closed
     * @param addressed relays that this command speaks for
     */
    public static long relayControl(int relays, int addressed, boolean clearFaults, int sequence) {
        long payload = RelayControl.SYS_ENABLE.set(relays & 0x7, true);
        payload = RelayControl.CLEAR_FAULTS.set(payload, clearFaults);
        payload = RelayControl.CMD_SEQ.put(payload, sequence & 0xFF);
        payload |= (long) (addressed & 0x7) << RelayControl.RLY1_ENABLE.start();
        return Crc8.seal(payload);
    }

    /** RelayControl that opens everything, whatever the PLC thinks of who owns a relay. */
    public static long forceAllOff(boolean clearFaults, int sequence) {
        long payload = RelayControl.SYS_ENABLE.set(0, true);
        payload = RelayControl.FORCE_ALL_OFF.set(payload, true);
        payload = RelayControl.CLEAR_FAULTS.set(payload, clearFaults);
        return Crc8.seal(RelayControl.CMD_SEQ.put(payload, sequence & 0xFF));
    }

    /** The ring contactors' view of a RelayControl with the same sequence number. */
    public static long gcmcCommand(int relays, boolean busContactor, boolean forceOff, boolean clearFaults, int sequence) {
        long payload = GcmcCommand.GC_REQ.set(0, (relays & RELAY_GUN) != 0);
        payload = GcmcCommand.MC_REQ.set(payload, busContactor);
        payload = GcmcCommand.MN0_REQ.set(payload, (relays & RELAY_MODULE_0) != 0);
        payload = GcmcCommand.MN1_REQ.set(payload, (relays & RELAY_MODULE_1) != 0);
        payload = GcmcCommand.GCMC_CLEAR_FAULTS.set(payload, clearFaults);
        payload = GcmcCommand.GCMC_FORCE_OFF.set(payload, forceOff);
        return Crc8.seal(GcmcCommand.GCMC_SEQ.put(payload, sequence & 0xFF));
    }

    public static long configSet(int parameter, long value) {
        return config(parameter, 0, value);
    }

    public static long configGet(int parameter) {
        return config(parameter, 1, 0);
    }

    private static long config(int parameter, int operation, long value) {
        long payload = ConfigCmd.CFG_PARAM_ID.put(0, parameter);
        payload = ConfigCmd.CFG_OP.put(payload, operation);
        return Crc8.seal(ConfigCmd.CFG_VALUE.put(payload, value));
    }

    /** What is offered: rounded down, since nobody may take a tenth more than is there. */
    public static long maxLimits(double voltageV, double currentA, double powerW) {
        long payload = MaxLimits.EVSE_MAX_V.putAtMost(0, voltageV);
        payload = MaxLimits.EVSE_MAX_I.putAtMost(payload, currentA);
        return Crc8.seal(MaxLimits.EVSE_MAX_P.putAtMost(payload, powerW / 1000));
    }

    /** What is measured; {@code faults} are the {@code FAULT_…} bits. */
    public static long present(double voltageV, double currentA, double powerW, boolean outputEnabled, boolean regulating, int faults) {
        long payload = Present.EVSE_PRES_V.putNearest(0, voltageV);
        payload = Present.EVSE_PRES_I.putNearest(payload, currentA);
        payload = Present.EVSE_PRES_P.putNearest(payload, powerW / 1000);
        payload = Present.OUTPUT_ENABLED.set(payload, outputEnabled);
        payload = Present.REGULATING.set(payload, regulating);
        return Crc8.seal(payload | (long) (faults & 0x3F) << Present.FLT_GENERAL.start());
    }
}
