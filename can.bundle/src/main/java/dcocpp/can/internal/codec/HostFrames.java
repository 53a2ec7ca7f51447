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
    /** The bus contactor MC of the PLC's slot: only in GCMC_Command, since RelayControl has no bit for it. */
    public static final int BUS_CONTACTOR = 16;

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
        long payload = Signal.set(RelayControl.SYS_ENABLE, relays & 0x7, true);
        payload = Signal.set(RelayControl.CLEAR_FAULTS, payload, clearFaults);
        payload = Signal.put(RelayControl.CMD_SEQ, payload, sequence & 0xFF);
        payload |= (long) (addressed & 0x7) << Signal.start(RelayControl.RLY1_ENABLE);
        return Crc8.seal(payload);
    }

    /** RelayControl that opens everything, whatever the PLC thinks of who owns a relay. */
    public static long forceAllOff(boolean clearFaults, int sequence) {
        long payload = Signal.set(RelayControl.SYS_ENABLE, 0, true);
        payload = Signal.set(RelayControl.FORCE_ALL_OFF, payload, true);
        payload = Signal.set(RelayControl.CLEAR_FAULTS, payload, clearFaults);
        return Crc8.seal(Signal.put(RelayControl.CMD_SEQ, payload, sequence & 0xFF));
    }

    /** The ring contactors' view of a RelayControl with the same sequence number. */
    public static long gcmcCommand(int relays, boolean forceOff, boolean clearFaults, int sequence) {
        long payload = Signal.set(GcmcCommand.GC_REQ, 0, (relays & RELAY_GUN) != 0);
        payload = Signal.set(GcmcCommand.MC_REQ, payload, (relays & BUS_CONTACTOR) != 0);
        payload = Signal.set(GcmcCommand.MN0_REQ, payload, (relays & RELAY_MODULE_0) != 0);
        payload = Signal.set(GcmcCommand.MN1_REQ, payload, (relays & RELAY_MODULE_1) != 0);
        payload = Signal.set(GcmcCommand.GCMC_CLEAR_FAULTS, payload, clearFaults);
        payload = Signal.set(GcmcCommand.GCMC_FORCE_OFF, payload, forceOff);
        return Crc8.seal(Signal.put(GcmcCommand.GCMC_SEQ, payload, sequence & 0xFF));
    }

    public static long configSet(int parameter, long value) {
        return config(parameter, 0, value);
    }

    public static long configGet(int parameter) {
        return config(parameter, 1, 0);
    }

    private static long config(int parameter, int operation, long value) {
        long payload = Signal.put(ConfigCmd.CFG_PARAM_ID, 0, parameter);
        payload = Signal.put(ConfigCmd.CFG_OP, payload, operation);
        return Crc8.seal(Signal.put(ConfigCmd.CFG_VALUE, payload, value));
    }

    /** What is offered: rounded down, since nobody may take a tenth more than is there. */
    public static long maxLimits(double voltageV, double currentA, double powerW) {
        long payload = Signal.putAtMost(MaxLimits.EVSE_MAX_V, 0, voltageV);
        payload = Signal.putAtMost(MaxLimits.EVSE_MAX_I, payload, currentA);
        return Crc8.seal(Signal.putAtMost(MaxLimits.EVSE_MAX_P, payload, powerW / 1000));
    }

    /** What is measured; {@code faults} are the {@code FAULT_…} bits. */
    public static long present(double voltageV, double currentA, double powerW, boolean outputEnabled, boolean regulating, int faults) {
        long payload = Signal.putNearest(Present.EVSE_PRES_V, 0, voltageV);
        payload = Signal.putNearest(Present.EVSE_PRES_I, payload, currentA);
        payload = Signal.putNearest(Present.EVSE_PRES_P, payload, powerW / 1000);
        payload = Signal.set(Present.OUTPUT_ENABLED, payload, outputEnabled);
        payload = Signal.set(Present.REGULATING, payload, regulating);
        return Crc8.seal(payload | (long) (faults & 0x3F) << Signal.start(Present.FLT_GENERAL));
    }
}
