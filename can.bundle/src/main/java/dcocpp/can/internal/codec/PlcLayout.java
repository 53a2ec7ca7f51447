package dcocpp.can.internal.codec;

import static dcocpp.can.internal.codec.Signal.HUNDREDTHS;
import static dcocpp.can.internal.codec.Signal.LENGTH;
import static dcocpp.can.internal.codec.Signal.MULTIPLEXER;
import static dcocpp.can.internal.codec.Signal.PAGE;
import static dcocpp.can.internal.codec.Signal.PAGED;
import static dcocpp.can.internal.codec.Signal.SIGNED;
import static dcocpp.can.internal.codec.Signal.TENTHS;

/**
 * Where each signal stands in the frames that a PLC sends, one class per message; see {@link Signal}.
 * Written by DbcSourcesTest from docs/can/dc_charger.dbc: change that and let the test write this anew.
 */
public final class PlcLayout {

    private PlcLayout() {
    }

    /** ChargeInfo. */
    public static final class ChargeInfo {
        public static final int HLC_STAGE = 0 | 8 << LENGTH;
        public static final int HLC_CHARGE_COMPLETE = 8 | 1 << LENGTH;
        public static final int HLC_PRECHARGE_ACTIVE = 9 | 1 << LENGTH;
        public static final int HLC_CABLE_CHECK_OK = 10 | 1 << LENGTH;
        public static final int AUTH_GRANTED = 11 | 1 << LENGTH;
        public static final int AUTH_PENDING = 12 | 1 << LENGTH;
        public static final int LOCK_ENGAGED = 13 | 1 << LENGTH;
        public static final int TARGET_V_LSB = 16 | 8 << LENGTH;
        public static final int TARGET_I_LSB = 24 | 8 << LENGTH;
        public static final int PRESENT_V_LSB = 32 | 8 << LENGTH;
        public static final int PRESENT_I_LSB = 40 | 8 << LENGTH;

        private ChargeInfo() {
        }
    }

    /** SoftwareInfo. */
    public static final class SoftwareInfo {
        public static final int SW_MAJOR = 40 | 8 << LENGTH;
        public static final int SW_MINOR = 48 | 8 << LENGTH;
        public static final int SW_PATCH = 56 | 8 << LENGTH;

        private SoftwareInfo() {
        }
    }

    /** ErrorCodes. */
    public static final class ErrorCodes {
        public static final int ERROR_CODE = 0 | 8 << LENGTH;

        private ErrorCodes() {
        }
    }

    /** HwStatus. */
    public static final class HwStatus {
        public static final int CAN_TEC = 0 | 8 << LENGTH;
        public static final int CAN_REC = 8 | 8 << LENGTH;
        public static final int CAN_BUS_OFF = 16 | 8 << LENGTH;
        public static final int RX_COUNT = 24 | 8 << LENGTH;
        public static final int TX_COUNT = 32 | 8 << LENGTH;
        public static final int HW_UPTIME = 40 | 16 << LENGTH;

        private HwStatus() {
        }
    }

    /** GCMC_Status. */
    public static final class GcmcStatus {
        public static final int GC_CMD = 0 | 1 << LENGTH;
        public static final int MC_CMD = 1 | 1 << LENGTH;
        public static final int MN0_CMD = 2 | 1 << LENGTH;
        public static final int MN1_CMD = 3 | 1 << LENGTH;
        public static final int GC_FB = 8 | 1 << LENGTH;
        public static final int MC_FB = 9 | 1 << LENGTH;
        public static final int MN0_FB = 10 | 1 << LENGTH;
        public static final int MN1_FB = 11 | 1 << LENGTH;
        public static final int GCMC_FAULT_REASON = 16 | 8 << LENGTH;
        public static final int GCMC_COMM_FAULT = 24 | 8 << LENGTH;
        public static final int GCMC_SAFETY_ACTIVE = 32 | 8 << LENGTH;
        public static final int SEQ_APPLIED = 40 | 8 << LENGTH;
        public static final int SEQ_RECEIVED = 48 | 8 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private GcmcStatus() {
        }
    }

    /** RelayStatus. */
    public static final class RelayStatus {
        public static final int RLY1_STATE = 0 | 1 << LENGTH;
        public static final int RLY2_STATE = 1 | 1 << LENGTH;
        public static final int RLY3_STATE = 2 | 1 << LENGTH;
        public static final int RLY1_FAULT = 3 | 1 << LENGTH;
        public static final int RLY2_FAULT = 4 | 1 << LENGTH;
        public static final int RLY3_FAULT = 5 | 1 << LENGTH;
        public static final int SAFETY_ACTIVE = 6 | 1 << LENGTH;
        public static final int COMM_FAULT = 7 | 1 << LENGTH;
        public static final int LAST_CMD_SEQ_APPLIED = 8 | 8 << LENGTH;
        public static final int SW1 = 16 | 1 << LENGTH;
        public static final int SW2 = 17 | 1 << LENGTH;
        public static final int SW3 = 18 | 1 << LENGTH;
        public static final int ESTOP_LATCHED = 19 | 1 << LENGTH;
        public static final int SAFETY_OK = 20 | 1 << LENGTH;
        public static final int EARTH_FAULT = 21 | 1 << LENGTH;
        public static final int SW4 = 22 | 1 << LENGTH;
        public static final int ESTOP_INPUT = 23 | 1 << LENGTH;
        public static final int FAULT_REASON = 24 | 8 << LENGTH;
        public static final int UPTIME = 32 | 16 << LENGTH;
        public static final int REC_NIBBLE = 48 | 4 << LENGTH;
        public static final int TEC_NIBBLE = 52 | 4 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private RelayStatus() {
        }
    }

    /** EnergyMeterData. */
    public static final class EnergyMeterData {
        public static final int METER_MUX = 0 | 8 << LENGTH | MULTIPLEXER;
        public static final int METER_OK = 8 | 1 << LENGTH;
        public static final int METER_COMM_ERROR = 9 | 1 << LENGTH;
        public static final int METER_DATA_STALE = 10 | 1 << LENGTH;
        public static final int METER_OVERRANGE = 11 | 1 << LENGTH;
        public static final int METER_FALLBACK_ACTIVE = 12 | 1 << LENGTH;
        public static final int METER_VOLTAGE = 16 | 16 << LENGTH | TENTHS | PAGED | 0 << PAGE;
        public static final int METER_CURRENT = 32 | 16 << LENGTH | SIGNED | HUNDREDTHS | PAGED | 0 << PAGE;
        public static final int METER_POWER = 48 | 16 << LENGTH | SIGNED | HUNDREDTHS | PAGED | 0 << PAGE;
        public static final int METER_IMPORT_ENERGY = 16 | 32 << LENGTH | TENTHS | PAGED | 1 << PAGE;
        public static final int METER_FREQ = 48 | 16 << LENGTH | HUNDREDTHS | PAGED | 1 << PAGE;

        private EnergyMeterData() {
        }
    }

    /** RfidEvent. */
    public static final class RfidEvent {
        public static final int UID_LEN = 0 | 4 << LENGTH;
        public static final int EVENT_TYPE = 4 | 4 << LENGTH;
        public static final int EVENT_ID = 8 | 8 << LENGTH;
        public static final int RFID_SEG_IDX = 16 | 4 << LENGTH;
        public static final int RFID_SEG_CNT = 20 | 4 << LENGTH;
        public static final int RFID_D0 = 24 | 8 << LENGTH;
        public static final int RFID_D1 = 32 | 8 << LENGTH;
        public static final int RFID_D2 = 40 | 8 << LENGTH;
        public static final int RFID_D3 = 48 | 8 << LENGTH;
        public static final int RFID_D4 = 56 | 8 << LENGTH;

        private RfidEvent() {
        }
    }

    /** SafetySwitchStatus. */
    public static final class SafetySwitchStatus {
        public static final int SW1 = 0 | 1 << LENGTH;
        public static final int SW2 = 1 | 1 << LENGTH;
        public static final int SW3 = 2 | 1 << LENGTH;
        public static final int ESTOP_LATCHED = 3 | 1 << LENGTH;
        public static final int SAFETY_OK = 4 | 1 << LENGTH;
        public static final int EARTH_FAULT = 5 | 1 << LENGTH;
        public static final int SW4 = 6 | 1 << LENGTH;
        public static final int ESTOP_INPUT = 7 | 1 << LENGTH;
        public static final int SAFETY_MASK = 16 | 8 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private SafetySwitchStatus() {
        }
    }

    /** ConfigAck. */
    public static final class ConfigAck {
        public static final int ACK_PARAM_ID = 0 | 8 << LENGTH;
        public static final int ACK_STATUS = 8 | 8 << LENGTH;
        public static final int ACK_VALUE = 16 | 32 << LENGTH;
        public static final int ACK_PLC_ID = 48 | 4 << LENGTH;
        public static final int CRC8 = 56 | 8 << LENGTH;

        private ConfigAck() {
        }
    }

    /** DebugInfo. */
    public static final class DebugInfo {
        public static final int DBG_SEQ_RECEIVED = 0 | 8 << LENGTH;
        public static final int DBG_SEQ_APPLIED = 8 | 8 << LENGTH;
        public static final int DBG_FAULT_REASON = 16 | 8 << LENGTH;
        public static final int DBG_BUS_OFF = 24 | 8 << LENGTH;

        private DebugInfo() {
        }
    }

    /** EVDC_MaxLimits. */
    public static final class EvMaxLimits {
        public static final int EVDC_MAX_V = 0 | 16 << LENGTH | TENTHS;
        public static final int EVDC_MAX_I = 16 | 16 << LENGTH | TENTHS;
        public static final int EVDC_MAX_P = 32 | 16 << LENGTH | TENTHS;

        private EvMaxLimits() {
        }
    }

    /** EVDC_Targets. */
    public static final class EvTargets {
        public static final int EV_TARGET_V = 0 | 16 << LENGTH | TENTHS;
        public static final int EV_TARGET_I = 16 | 16 << LENGTH | TENTHS;
        public static final int EV_PRESENT_V = 32 | 16 << LENGTH | TENTHS;
        public static final int EV_PRESENT_I = 48 | 16 << LENGTH | TENTHS;

        private EvTargets() {
        }
    }

    /** EV_StatusDisplay. */
    public static final class EvStatusDisplay {
        public static final int DISP_PRESENT_V = 0 | 16 << LENGTH | TENTHS;
        public static final int DISP_PRESENT_I = 16 | 16 << LENGTH | TENTHS;
        public static final int DISP_HLC_STAGE = 32 | 8 << LENGTH;
        public static final int DISP_DUTY = 40 | 8 << LENGTH;
        public static final int DISP_CP_STATE = 48 | 8 << LENGTH;

        private EvStatusDisplay() {
        }
    }

    /** EVDC_EnergyLimits. */
    public static final class EvEnergyLimits {
        public static final int EVDC_EL_V = 0 | 16 << LENGTH | TENTHS;
        public static final int EVDC_EL_I = 16 | 16 << LENGTH | TENTHS;
        public static final int EVDC_EL_P = 32 | 16 << LENGTH | TENTHS;

        private EvEnergyLimits() {
        }
    }

    /** EVMAC. */
    public static final class Evmac {
        public static final int EVMAC_TOTAL_LEN = 0 | 8 << LENGTH;
        public static final int EVMAC_SEG_CNT = 8 | 8 << LENGTH;
        public static final int EVMAC_SEG_IDX = 16 | 8 << LENGTH;
        public static final int EVMAC_D0 = 24 | 8 << LENGTH;
        public static final int EVMAC_D1 = 32 | 8 << LENGTH;
        public static final int EVMAC_D2 = 40 | 8 << LENGTH;
        public static final int EVMAC_D3 = 48 | 8 << LENGTH;
        public static final int EVMAC_D4 = 56 | 8 << LENGTH;

        private Evmac() {
        }
    }

    /** EVAC_ChgCtrl. */
    public static final class EvAcControl {
        public static final int EVAC_DUTY = 0 | 8 << LENGTH;
        public static final int EVAC_CP_STATE = 8 | 8 << LENGTH;
        public static final int EVAC_TARGET_V = 16 | 16 << LENGTH | TENTHS;
        public static final int EVAC_TARGET_I = 32 | 16 << LENGTH | TENTHS;
        public static final int EVAC_PRESENT_I = 48 | 16 << LENGTH | TENTHS;

        private EvAcControl() {
        }
    }

    /** EMAID0. */
    public static final class Emaid0 {
        public static final int EMAID0_TOTAL_LEN = 0 | 8 << LENGTH;
        public static final int EMAID0_SEG_CNT = 8 | 8 << LENGTH;
        public static final int EMAID0_SEG_IDX = 16 | 8 << LENGTH;
        public static final int EMAID0_D0 = 24 | 8 << LENGTH;
        public static final int EMAID0_D1 = 32 | 8 << LENGTH;
        public static final int EMAID0_D2 = 40 | 8 << LENGTH;
        public static final int EMAID0_D3 = 48 | 8 << LENGTH;
        public static final int EMAID0_D4 = 56 | 8 << LENGTH;

        private Emaid0() {
        }
    }

    /** EMAID1. */
    public static final class Emaid1 {
        public static final int EMAID1_TOTAL_LEN = 0 | 8 << LENGTH;
        public static final int EMAID1_SEG_CNT = 8 | 8 << LENGTH;
        public static final int EMAID1_SEG_IDX = 16 | 8 << LENGTH;
        public static final int EMAID1_D0 = 24 | 8 << LENGTH;
        public static final int EMAID1_D1 = 32 | 8 << LENGTH;
        public static final int EMAID1_D2 = 40 | 8 << LENGTH;
        public static final int EMAID1_D3 = 48 | 8 << LENGTH;
        public static final int EMAID1_D4 = 56 | 8 << LENGTH;

        private Emaid1() {
        }
    }

    /** EVCCID. */
    public static final class Evccid {
        public static final int EVCCID_TOTAL_LEN = 0 | 8 << LENGTH;
        public static final int EVCCID_SEG_CNT = 8 | 8 << LENGTH;
        public static final int EVCCID_SEG_IDX = 16 | 8 << LENGTH;
        public static final int EVCCID_D0 = 24 | 8 << LENGTH;
        public static final int EVCCID_D1 = 32 | 8 << LENGTH;
        public static final int EVCCID_D2 = 40 | 8 << LENGTH;
        public static final int EVCCID_D3 = 48 | 8 << LENGTH;
        public static final int EVCCID_D4 = 56 | 8 << LENGTH;

        private Evccid() {
        }
    }

    /** RTTLog. */
    public static final class RTTLog {
        public static final int RTT_UPTIME = 0 | 32 << LENGTH;

        private RTTLog() {
        }
    }

    /** ChargingSession. */
    public static final class ChargingSession {
        public static final int SESSION_EPOCH = 0 | 32 << LENGTH;
        public static final int SESS_CP_STATE = 32 | 8 << LENGTH;
        public static final int SESS_DUTY = 40 | 8 << LENGTH;
        public static final int SESS_HLC_STAGE = 48 | 8 << LENGTH;
        public static final int SESS_AUTH_PENDING = 56 | 1 << LENGTH;

        private ChargingSession() {
        }
    }

    /** RTEVLog. */
    public static final class RTEVLog {
        public static final int EVLOG_RX = 0 | 32 << LENGTH;
        public static final int EVLOG_TX = 32 | 32 << LENGTH;

        private RTEVLog() {
        }
    }

    /** CP_VoltageLevels. */
    public static final class CpVoltageLevels {
        public static final int CP_MV_ROBUST = 0 | 16 << LENGTH;
        public static final int CP_STATE = 16 | 8 << LENGTH;
        public static final int CP_DUTY = 24 | 8 << LENGTH;
        public static final int CP_MV_PEAK = 32 | 16 << LENGTH;
        public static final int CP_MV_MIN = 48 | 16 << LENGTH;

        private CpVoltageLevels() {
        }
    }

    /** BootConfig. */
    public static final class BootConfig {
        public static final int FW_MAJOR = 0 | 8 << LENGTH;
        public static final int FW_MINOR = 8 | 8 << LENGTH;
        public static final int FW_PATCH = 16 | 8 << LENGTH;
        public static final int FEAT_RELAYS = 24 | 1 << LENGTH;
        public static final int FEAT_SAFETY = 25 | 1 << LENGTH;
        public static final int FEAT_METER = 26 | 1 << LENGTH;
        public static final int FEAT_RFID = 27 | 1 << LENGTH;
        public static final int CAN_BITRATE = 32 | 8 << LENGTH;

        private BootConfig() {
        }
    }
}
