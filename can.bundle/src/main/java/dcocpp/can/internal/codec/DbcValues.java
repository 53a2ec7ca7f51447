package dcocpp.can.internal.codec;

/**
 * What the values of signals mean, one class per table.
 * Written by DbcSourcesTest from docs/can/dc_charger.dbc: change that and let the test write this anew.
 */
public final class DbcValues {

    private DbcValues() {
    }

    /** GCMC_FAULT_REASON, FAULT_REASON, DBG_FAULT_REASON. */
    public static final class FaultReason {
        public static final int OK = 0;
        public static final int SAFETY_SW1 = 1;
        public static final int SAFETY_SW2 = 2;
        public static final int SAFETY_SW3 = 3;
        public static final int ESTOP_LATCHED = 4;
        public static final int RELAYCTRL_TIMEOUT = 5;
        public static final int CAN_BUS_OFF = 6;
        public static final int REMOTE_FORCE_OFF = 7;
        public static final int CRC_FAIL = 8;
        public static final int INTERNAL_ERROR = 9;
        public static final int EARTH_FAULT = 10;
        public static final int SAFETY_SW4 = 11;
        public static final int ESTOP_INPUT = 12;

        private FaultReason() {
        }
    }

    /** EVENT_TYPE. */
    public static final class EventType {
        public static final int UID = 0;

        private EventType() {
        }
    }

    /** ACK_PARAM_ID, CFG_PARAM_ID. */
    public static final class CfgParamId {
        public static final int AUTH_STATE = 20;
        public static final int AUTH_PENDING = 21;
        public static final int LOCK_CMD = 30;
        public static final int EVSE_LIMIT_ACK = 90;
        public static final int PROTO_VERSION = 91;

        private CfgParamId() {
        }
    }

    /** ACK_STATUS. */
    public static final class AckStatus {
        public static final int OK = 0;

        private AckStatus() {
        }
    }

    /** DISP_CP_STATE, EVAC_CP_STATE, SESS_CP_STATE, CP_STATE. */
    public static final class CpState {
        public static final int A_UNPLUGGED = 65;
        public static final int B_CONNECTED = 66;
        public static final int C_ENERGY = 67;
        public static final int D_VENTILATION = 68;
        public static final int E_ERROR = 69;
        public static final int F_FAULT = 70;
        public static final int U_UNKNOWN = 85;

        private CpState() {
        }
    }

    /** CMD_MODE. */
    public static final class CmdMode {
        public static final int STEADY = 0;
        public static final int PULSE = 1;

        private CmdMode() {
        }
    }

    /** CFG_OP. */
    public static final class CfgOp {
        public static final int SET = 0;
        public static final int GET = 1;

        private CfgOp() {
        }
    }
}
