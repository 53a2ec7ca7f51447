package dcocpp.can.internal.codec;

import static dcocpp.can.internal.codec.Signal.bit;
import static dcocpp.can.internal.codec.Signal.tenths;
import static dcocpp.can.internal.codec.Signal.unsigned;

import java.util.List;

/**
 * Where each signal stands in the frames that the host sends, one class per message, in the order of the ids.
 * {@code docs/can/dc_charger.dbc} is the contract; a test compares every entry with it in both directions, so that the two cannot
 * drift apart.
 */
public final class HostLayout {

    private HostLayout() {
    }

    public static final class MaxLimits {

        public static final Signal EVSE_MAX_V = tenths("EVSE_MAX_V", 0, 16);
        public static final Signal EVSE_MAX_I = tenths("EVSE_MAX_I", 16, 16);
        public static final Signal EVSE_MAX_P = tenths("EVSE_MAX_P", 32, 16);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(EVSE_MAX_V, EVSE_MAX_I, EVSE_MAX_P, CRC8);

        private MaxLimits() {
        }
    }

    public static final class Present {

        public static final Signal EVSE_PRES_V = tenths("EVSE_PRES_V", 0, 16);
        public static final Signal EVSE_PRES_I = tenths("EVSE_PRES_I", 16, 16);
        public static final Signal EVSE_PRES_P = tenths("EVSE_PRES_P", 32, 16);
        public static final Signal OUTPUT_ENABLED = bit("OUTPUT_ENABLED", 48);
        public static final Signal REGULATING = bit("REGULATING", 49);
        public static final Signal FLT_GENERAL = bit("FLT_GENERAL", 50);
        public static final Signal FLT_COMM = bit("FLT_COMM", 51);
        public static final Signal FLT_ISOLATION_ESTOP = bit("FLT_ISOLATION_ESTOP", 52);
        public static final Signal FLT_THERMAL = bit("FLT_THERMAL", 53);
        public static final Signal FLT_OVERCURRENT = bit("FLT_OVERCURRENT", 54);
        public static final Signal FLT_WELD = bit("FLT_WELD", 55);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(EVSE_PRES_V, EVSE_PRES_I, EVSE_PRES_P, OUTPUT_ENABLED, REGULATING,
                FLT_GENERAL, FLT_COMM, FLT_ISOLATION_ESTOP, FLT_THERMAL, FLT_OVERCURRENT, FLT_WELD, CRC8);

        private Present() {
        }
    }

    public static final class RelayControl {

        public static final Signal RLY1_CMD = bit("RLY1_CMD", 0);
        public static final Signal RLY2_CMD = bit("RLY2_CMD", 1);
        public static final Signal RLY3_CMD = bit("RLY3_CMD", 2);
        public static final Signal SYS_ENABLE = bit("SYS_ENABLE", 3);
        public static final Signal FORCE_ALL_OFF = bit("FORCE_ALL_OFF", 4);
        public static final Signal CLEAR_FAULTS = bit("CLEAR_FAULTS", 5);
        public static final Signal CMD_SEQ = unsigned("CMD_SEQ", 8, 8);
        public static final Signal RLY1_ENABLE = bit("RLY1_ENABLE", 16);
        public static final Signal RLY2_ENABLE = bit("RLY2_ENABLE", 17);
        public static final Signal RLY3_ENABLE = bit("RLY3_ENABLE", 18);
        public static final Signal CMD_MODE = unsigned("CMD_MODE", 24, 8);
        public static final Signal PULSE_MS = unsigned("PULSE_MS", 32, 16);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(RLY1_CMD, RLY2_CMD, RLY3_CMD, SYS_ENABLE, FORCE_ALL_OFF, CLEAR_FAULTS,
                CMD_SEQ, RLY1_ENABLE, RLY2_ENABLE, RLY3_ENABLE, CMD_MODE, PULSE_MS, CRC8);

        private RelayControl() {
        }
    }

    public static final class ConfigCmd {

        public static final Signal CFG_PARAM_ID = unsigned("CFG_PARAM_ID", 0, 8);
        public static final Signal CFG_OP = unsigned("CFG_OP", 8, 8);
        public static final Signal CFG_VALUE = unsigned("CFG_VALUE", 16, 32);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(CFG_PARAM_ID, CFG_OP, CFG_VALUE, CRC8);

        private ConfigCmd() {
        }
    }

    public static final class GcmcCommand {

        public static final Signal GC_REQ = bit("GC_REQ", 0);
        public static final Signal MC_REQ = bit("MC_REQ", 1);
        public static final Signal MN0_REQ = bit("MN0_REQ", 2);
        public static final Signal MN1_REQ = bit("MN1_REQ", 3);
        public static final Signal GCMC_CLEAR_FAULTS = bit("GCMC_CLEAR_FAULTS", 6);
        public static final Signal GCMC_FORCE_OFF = bit("GCMC_FORCE_OFF", 7);
        public static final Signal GCMC_SEQ = unsigned("GCMC_SEQ", 8, 8);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(GC_REQ, MC_REQ, MN0_REQ, MN1_REQ, GCMC_CLEAR_FAULTS, GCMC_FORCE_OFF,
                GCMC_SEQ, CRC8);

        private GcmcCommand() {
        }
    }
}
