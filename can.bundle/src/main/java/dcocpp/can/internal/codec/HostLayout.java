package dcocpp.can.internal.codec;

import static dcocpp.can.internal.codec.Signal.LENGTH;
import static dcocpp.can.internal.codec.Signal.TENTHS;

/**
 * Where each signal stands in the frames that the host sends, one class per message; see {@link Signal}.
 * Written by DbcSourcesTest from docs/can/dc_charger.dbc: change that and let the test write this anew.
 */
public final class HostLayout {

    private HostLayout() {
    }

    /** EVSE_DC_MaxLimits. */
    public static final class MaxLimits {
        public static final int EVSE_MAX_V = 0 | 16 << LENGTH | TENTHS;
        public static final int EVSE_MAX_I = 16 | 16 << LENGTH | TENTHS;
        public static final int EVSE_MAX_P = 32 | 16 << LENGTH | TENTHS;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private MaxLimits() {
        }
    }

    /** EVSE_DC_Present. */
    public static final class Present {
        public static final int EVSE_PRES_V = 0 | 16 << LENGTH | TENTHS;
        public static final int EVSE_PRES_I = 16 | 16 << LENGTH | TENTHS;
        public static final int EVSE_PRES_P = 32 | 16 << LENGTH | TENTHS;
        public static final int OUTPUT_ENABLED = 48 | 1 << LENGTH;
        public static final int REGULATING = 49 | 1 << LENGTH;
        public static final int FLT_GENERAL = 50 | 1 << LENGTH;
        public static final int FLT_COMM = 51 | 1 << LENGTH;
        public static final int FLT_ISOLATION_ESTOP = 52 | 1 << LENGTH;
        public static final int FLT_THERMAL = 53 | 1 << LENGTH;
        public static final int FLT_OVERCURRENT = 54 | 1 << LENGTH;
        public static final int FLT_WELD = 55 | 1 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private Present() {
        }
    }

    /** RelayControl. */
    public static final class RelayControl {
        public static final int RLY1_CMD = 0 | 1 << LENGTH;
        public static final int RLY2_CMD = 1 | 1 << LENGTH;
        public static final int RLY3_CMD = 2 | 1 << LENGTH;
        public static final int SYS_ENABLE = 3 | 1 << LENGTH;
        public static final int FORCE_ALL_OFF = 4 | 1 << LENGTH;
        public static final int CLEAR_FAULTS = 5 | 1 << LENGTH;
        public static final int CMD_SEQ = 8 | 8 << LENGTH;
        public static final int RLY1_ENABLE = 16 | 1 << LENGTH;
        public static final int RLY2_ENABLE = 17 | 1 << LENGTH;
        public static final int RLY3_ENABLE = 18 | 1 << LENGTH;
        public static final int CMD_MODE = 24 | 8 << LENGTH;
        public static final int PULSE_MS = 32 | 16 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private RelayControl() {
        }
    }

    /** ConfigCmd. */
    public static final class ConfigCmd {
        public static final int CFG_PARAM_ID = 0 | 8 << LENGTH;
        public static final int CFG_OP = 8 | 8 << LENGTH;
        public static final int CFG_VALUE = 16 | 32 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private ConfigCmd() {
        }
    }

    /** GCMC_Command. */
    public static final class GcmcCommand {
        public static final int GC_REQ = 0 | 1 << LENGTH;
        public static final int MC_REQ = 1 | 1 << LENGTH;
        public static final int MN0_REQ = 2 | 1 << LENGTH;
        public static final int MN1_REQ = 3 | 1 << LENGTH;
        public static final int GCMC_CLEAR_FAULTS = 6 | 1 << LENGTH;
        public static final int GCMC_FORCE_OFF = 7 | 1 << LENGTH;
        public static final int GCMC_SEQ = 8 | 8 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private GcmcCommand() {
        }
    }
}
