package dcocpp.can.internal.codec;

import static dcocpp.can.internal.codec.Signal.bit;
import static dcocpp.can.internal.codec.Signal.tenths;
import static dcocpp.can.internal.codec.Signal.unsigned;

import java.util.List;

/**
 * Where each signal stands in the frames that a PLC sends, one class per message, in the order of the ids.
 * {@code docs/can/dc_charger.dbc} is the contract; a test compares every entry with it in both directions, so that the two cannot
 * drift apart.
 */
public final class PlcLayout {

    private PlcLayout() {
    }

    public static final class ChargeInfo {

        public static final Signal HLC_STAGE = unsigned("HLC_STAGE", 0, 8);
        public static final Signal HLC_CHARGE_COMPLETE = bit("HLC_CHARGE_COMPLETE", 8);
        public static final Signal HLC_PRECHARGE_ACTIVE = bit("HLC_PRECHARGE_ACTIVE", 9);
        public static final Signal HLC_CABLE_CHECK_OK = bit("HLC_CABLE_CHECK_OK", 10);
        public static final Signal AUTH_GRANTED = bit("AUTH_GRANTED", 11);
        public static final Signal AUTH_PENDING = bit("AUTH_PENDING", 12);
        public static final Signal LOCK_ENGAGED = bit("LOCK_ENGAGED", 13);
        public static final Signal TARGET_V_LSB = unsigned("TARGET_V_LSB", 16, 8);
        public static final Signal TARGET_I_LSB = unsigned("TARGET_I_LSB", 24, 8);
        public static final Signal PRESENT_V_LSB = unsigned("PRESENT_V_LSB", 32, 8);
        public static final Signal PRESENT_I_LSB = unsigned("PRESENT_I_LSB", 40, 8);

        static final List<Signal> ALL = List.of(HLC_STAGE, HLC_CHARGE_COMPLETE, HLC_PRECHARGE_ACTIVE, HLC_CABLE_CHECK_OK,
                AUTH_GRANTED, AUTH_PENDING, LOCK_ENGAGED, TARGET_V_LSB, TARGET_I_LSB, PRESENT_V_LSB, PRESENT_I_LSB);

        private ChargeInfo() {
        }
    }

    public static final class SoftwareInfo {

        public static final Signal SW_MAJOR = unsigned("SW_MAJOR", 40, 8);
        public static final Signal SW_MINOR = unsigned("SW_MINOR", 48, 8);
        public static final Signal SW_PATCH = unsigned("SW_PATCH", 56, 8);

        static final List<Signal> ALL = List.of(SW_MAJOR, SW_MINOR, SW_PATCH);

        private SoftwareInfo() {
        }
    }

    public static final class ErrorCodes {

        public static final Signal ERROR_CODE = unsigned("ERROR_CODE", 0, 8);

        static final List<Signal> ALL = List.of(ERROR_CODE);

        private ErrorCodes() {
        }
    }

    public static final class HwStatus {

        public static final Signal CAN_TEC = unsigned("CAN_TEC", 0, 8);
        public static final Signal CAN_REC = unsigned("CAN_REC", 8, 8);
        public static final Signal CAN_BUS_OFF = unsigned("CAN_BUS_OFF", 16, 8);
        public static final Signal RX_COUNT = unsigned("RX_COUNT", 24, 8);
        public static final Signal TX_COUNT = unsigned("TX_COUNT", 32, 8);
        public static final Signal HW_UPTIME = unsigned("HW_UPTIME", 40, 16);

        static final List<Signal> ALL = List.of(CAN_TEC, CAN_REC, CAN_BUS_OFF, RX_COUNT, TX_COUNT, HW_UPTIME);

        private HwStatus() {
        }
    }

    public static final class GcmcStatus {

        public static final Signal GC_CMD = bit("GC_CMD", 0);
        public static final Signal MC_CMD = bit("MC_CMD", 1);
        public static final Signal MN0_CMD = bit("MN0_CMD", 2);
        public static final Signal MN1_CMD = bit("MN1_CMD", 3);
        public static final Signal GC_FB = bit("GC_FB", 8);
        public static final Signal MC_FB = bit("MC_FB", 9);
        public static final Signal MN0_FB = bit("MN0_FB", 10);
        public static final Signal MN1_FB = bit("MN1_FB", 11);
        public static final Signal GCMC_FAULT_REASON = unsigned("GCMC_FAULT_REASON", 16, 8);
        public static final Signal GCMC_COMM_FAULT = unsigned("GCMC_COMM_FAULT", 24, 8);
        public static final Signal GCMC_SAFETY_ACTIVE = unsigned("GCMC_SAFETY_ACTIVE", 32, 8);
        public static final Signal SEQ_APPLIED = unsigned("SEQ_APPLIED", 40, 8);
        public static final Signal SEQ_RECEIVED = unsigned("SEQ_RECEIVED", 48, 8);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(GC_CMD, MC_CMD, MN0_CMD, MN1_CMD, GC_FB, MC_FB, MN0_FB, MN1_FB,
                GCMC_FAULT_REASON, GCMC_COMM_FAULT, GCMC_SAFETY_ACTIVE, SEQ_APPLIED, SEQ_RECEIVED, CRC8);

        private GcmcStatus() {
        }
    }

    public static final class RelayStatus {

        public static final Signal RLY1_STATE = bit("RLY1_STATE", 0);
        public static final Signal RLY2_STATE = bit("RLY2_STATE", 1);
        public static final Signal RLY3_STATE = bit("RLY3_STATE", 2);
        public static final Signal RLY1_FAULT = bit("RLY1_FAULT", 3);
        public static final Signal RLY2_FAULT = bit("RLY2_FAULT", 4);
        public static final Signal RLY3_FAULT = bit("RLY3_FAULT", 5);
        public static final Signal SAFETY_ACTIVE = bit("SAFETY_ACTIVE", 6);
        public static final Signal COMM_FAULT = bit("COMM_FAULT", 7);
        public static final Signal LAST_CMD_SEQ_APPLIED = unsigned("LAST_CMD_SEQ_APPLIED", 8, 8);
        public static final Signal SW1 = bit("SW1", 16);
        public static final Signal SW2 = bit("SW2", 17);
        public static final Signal SW3 = bit("SW3", 18);
        public static final Signal ESTOP_LATCHED = bit("ESTOP_LATCHED", 19);
        public static final Signal SAFETY_OK = bit("SAFETY_OK", 20);
        public static final Signal EARTH_FAULT = bit("EARTH_FAULT", 21);
        public static final Signal SW4 = bit("SW4", 22);
        public static final Signal ESTOP_INPUT = bit("ESTOP_INPUT", 23);
        public static final Signal FAULT_REASON = unsigned("FAULT_REASON", 24, 8);
        public static final Signal UPTIME = unsigned("UPTIME", 32, 16);
        public static final Signal REC_NIBBLE = unsigned("REC_NIBBLE", 48, 4);
        public static final Signal TEC_NIBBLE = unsigned("TEC_NIBBLE", 52, 4);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(RLY1_STATE, RLY2_STATE, RLY3_STATE, RLY1_FAULT, RLY2_FAULT, RLY3_FAULT,
                SAFETY_ACTIVE, COMM_FAULT, LAST_CMD_SEQ_APPLIED, SW1, SW2, SW3, ESTOP_LATCHED, SAFETY_OK, EARTH_FAULT, SW4,
                ESTOP_INPUT, FAULT_REASON, UPTIME, REC_NIBBLE, TEC_NIBBLE, CRC8);

        private RelayStatus() {
        }
    }

    public static final class EnergyMeterData {

        public static final Signal METER_MUX = unsigned("METER_MUX", 0, 8);
        public static final Signal METER_OK = bit("METER_OK", 8);
        public static final Signal METER_COMM_ERROR = bit("METER_COMM_ERROR", 9);
        public static final Signal METER_DATA_STALE = bit("METER_DATA_STALE", 10);
        public static final Signal METER_OVERRANGE = bit("METER_OVERRANGE", 11);
        public static final Signal METER_FALLBACK_ACTIVE = bit("METER_FALLBACK_ACTIVE", 12);
        public static final Signal METER_VOLTAGE = new Signal("METER_VOLTAGE", 16, 16, false, 10, 0);
        public static final Signal METER_CURRENT = new Signal("METER_CURRENT", 32, 16, true, 100, 0);
        public static final Signal METER_POWER = new Signal("METER_POWER", 48, 16, true, 100, 0);
        public static final Signal METER_IMPORT_ENERGY = new Signal("METER_IMPORT_ENERGY", 16, 32, false, 10, 1);
        public static final Signal METER_FREQ = new Signal("METER_FREQ", 48, 16, false, 100, 1);

        static final List<Signal> ALL = List.of(METER_MUX, METER_OK, METER_COMM_ERROR, METER_DATA_STALE, METER_OVERRANGE,
                METER_FALLBACK_ACTIVE, METER_VOLTAGE, METER_CURRENT, METER_POWER, METER_IMPORT_ENERGY, METER_FREQ);

        private EnergyMeterData() {
        }
    }

    public static final class RfidEvent {

        public static final Signal UID_LEN = unsigned("UID_LEN", 0, 4);
        public static final Signal EVENT_TYPE = unsigned("EVENT_TYPE", 4, 4);
        public static final Signal EVENT_ID = unsigned("EVENT_ID", 8, 8);
        public static final Signal RFID_SEG_IDX = unsigned("RFID_SEG_IDX", 16, 4);
        public static final Signal RFID_SEG_CNT = unsigned("RFID_SEG_CNT", 20, 4);
        public static final Signal RFID_D0 = unsigned("RFID_D0", 24, 8);
        public static final Signal RFID_D1 = unsigned("RFID_D1", 32, 8);
        public static final Signal RFID_D2 = unsigned("RFID_D2", 40, 8);
        public static final Signal RFID_D3 = unsigned("RFID_D3", 48, 8);
        public static final Signal RFID_D4 = unsigned("RFID_D4", 56, 8);

        static final List<Signal> ALL = List.of(UID_LEN, EVENT_TYPE, EVENT_ID, RFID_SEG_IDX, RFID_SEG_CNT, RFID_D0, RFID_D1,
                RFID_D2, RFID_D3, RFID_D4);

        private RfidEvent() {
        }
    }

    public static final class SafetySwitchStatus {

        public static final Signal SW1 = bit("SW1", 0);
        public static final Signal SW2 = bit("SW2", 1);
        public static final Signal SW3 = bit("SW3", 2);
        public static final Signal ESTOP_LATCHED = bit("ESTOP_LATCHED", 3);
        public static final Signal SAFETY_OK = bit("SAFETY_OK", 4);
        public static final Signal EARTH_FAULT = bit("EARTH_FAULT", 5);
        public static final Signal SW4 = bit("SW4", 6);
        public static final Signal ESTOP_INPUT = bit("ESTOP_INPUT", 7);
        public static final Signal SAFETY_MASK = unsigned("SAFETY_MASK", 16, 8);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(SW1, SW2, SW3, ESTOP_LATCHED, SAFETY_OK, EARTH_FAULT, SW4, ESTOP_INPUT,
                SAFETY_MASK, CRC8);

        private SafetySwitchStatus() {
        }
    }

    public static final class ConfigAck {

        public static final Signal ACK_PARAM_ID = unsigned("ACK_PARAM_ID", 0, 8);
        public static final Signal ACK_STATUS = unsigned("ACK_STATUS", 8, 8);
        public static final Signal ACK_VALUE = unsigned("ACK_VALUE", 16, 32);
        public static final Signal ACK_PLC_ID = unsigned("ACK_PLC_ID", 48, 4);
        public static final Signal CRC8 = unsigned("CRC8", 56, 8);

        static final List<Signal> ALL = List.of(ACK_PARAM_ID, ACK_STATUS, ACK_VALUE, ACK_PLC_ID, CRC8);

        private ConfigAck() {
        }
    }

    public static final class DebugInfo {

        public static final Signal DBG_SEQ_RECEIVED = unsigned("DBG_SEQ_RECEIVED", 0, 8);
        public static final Signal DBG_SEQ_APPLIED = unsigned("DBG_SEQ_APPLIED", 8, 8);
        public static final Signal DBG_FAULT_REASON = unsigned("DBG_FAULT_REASON", 16, 8);
        public static final Signal DBG_BUS_OFF = unsigned("DBG_BUS_OFF", 24, 8);

        static final List<Signal> ALL = List.of(DBG_SEQ_RECEIVED, DBG_SEQ_APPLIED, DBG_FAULT_REASON, DBG_BUS_OFF);

        private DebugInfo() {
        }
    }

    public static final class EvMaxLimits {

        public static final Signal EVDC_MAX_V = tenths("EVDC_MAX_V", 0, 16);
        public static final Signal EVDC_MAX_I = tenths("EVDC_MAX_I", 16, 16);
        public static final Signal EVDC_MAX_P = tenths("EVDC_MAX_P", 32, 16);

        static final List<Signal> ALL = List.of(EVDC_MAX_V, EVDC_MAX_I, EVDC_MAX_P);

        private EvMaxLimits() {
        }
    }

    public static final class EvTargets {

        public static final Signal EV_TARGET_V = tenths("EV_TARGET_V", 0, 16);
        public static final Signal EV_TARGET_I = tenths("EV_TARGET_I", 16, 16);
        public static final Signal EV_PRESENT_V = tenths("EV_PRESENT_V", 32, 16);
        public static final Signal EV_PRESENT_I = tenths("EV_PRESENT_I", 48, 16);

        static final List<Signal> ALL = List.of(EV_TARGET_V, EV_TARGET_I, EV_PRESENT_V, EV_PRESENT_I);

        private EvTargets() {
        }
    }

    public static final class EvStatusDisplay {

        public static final Signal DISP_PRESENT_V = tenths("DISP_PRESENT_V", 0, 16);
        public static final Signal DISP_PRESENT_I = tenths("DISP_PRESENT_I", 16, 16);
        public static final Signal DISP_HLC_STAGE = unsigned("DISP_HLC_STAGE", 32, 8);
        public static final Signal DISP_DUTY = unsigned("DISP_DUTY", 40, 8);
        public static final Signal DISP_CP_STATE = unsigned("DISP_CP_STATE", 48, 8);

        static final List<Signal> ALL = List.of(DISP_PRESENT_V, DISP_PRESENT_I, DISP_HLC_STAGE, DISP_DUTY, DISP_CP_STATE);

        private EvStatusDisplay() {
        }
    }

    public static final class EvEnergyLimits {

        public static final Signal EVDC_EL_V = tenths("EVDC_EL_V", 0, 16);
        public static final Signal EVDC_EL_I = tenths("EVDC_EL_I", 16, 16);
        public static final Signal EVDC_EL_P = tenths("EVDC_EL_P", 32, 16);

        static final List<Signal> ALL = List.of(EVDC_EL_V, EVDC_EL_I, EVDC_EL_P);

        private EvEnergyLimits() {
        }
    }

    static final List<Signal> EV_MAC = identity("EVMAC");

    public static final class EvAcControl {

        public static final Signal EVAC_DUTY = unsigned("EVAC_DUTY", 0, 8);
        public static final Signal EVAC_CP_STATE = unsigned("EVAC_CP_STATE", 8, 8);
        public static final Signal EVAC_TARGET_V = tenths("EVAC_TARGET_V", 16, 16);
        public static final Signal EVAC_TARGET_I = tenths("EVAC_TARGET_I", 32, 16);
        public static final Signal EVAC_PRESENT_I = tenths("EVAC_PRESENT_I", 48, 16);

        static final List<Signal> ALL = List.of(EVAC_DUTY, EVAC_CP_STATE, EVAC_TARGET_V, EVAC_TARGET_I, EVAC_PRESENT_I);

        private EvAcControl() {
        }
    }

    static final List<Signal> EMAID0 = identity("EMAID0");

    static final List<Signal> EMAID1 = identity("EMAID1");

    static final List<Signal> EVCCID = identity("EVCCID");

    public static final class RttLog {

        public static final Signal RTT_UPTIME = unsigned("RTT_UPTIME", 0, 32);

        static final List<Signal> ALL = List.of(RTT_UPTIME);

        private RttLog() {
        }
    }

    public static final class ChargingSession {

        public static final Signal SESSION_EPOCH = unsigned("SESSION_EPOCH", 0, 32);
        public static final Signal SESS_CP_STATE = unsigned("SESS_CP_STATE", 32, 8);
        public static final Signal SESS_DUTY = unsigned("SESS_DUTY", 40, 8);
        public static final Signal SESS_HLC_STAGE = unsigned("SESS_HLC_STAGE", 48, 8);
        public static final Signal SESS_AUTH_PENDING = bit("SESS_AUTH_PENDING", 56);

        static final List<Signal> ALL = List.of(SESSION_EPOCH, SESS_CP_STATE, SESS_DUTY, SESS_HLC_STAGE, SESS_AUTH_PENDING);

        private ChargingSession() {
        }
    }

    public static final class RtEvLog {

        public static final Signal EVLOG_RX = unsigned("EVLOG_RX", 0, 32);
        public static final Signal EVLOG_TX = unsigned("EVLOG_TX", 32, 32);

        static final List<Signal> ALL = List.of(EVLOG_RX, EVLOG_TX);

        private RtEvLog() {
        }
    }

    public static final class CpVoltageLevels {

        public static final Signal CP_MV_ROBUST = unsigned("CP_MV_ROBUST", 0, 16);
        public static final Signal CP_STATE = unsigned("CP_STATE", 16, 8);
        public static final Signal CP_DUTY = unsigned("CP_DUTY", 24, 8);
        public static final Signal CP_MV_PEAK = unsigned("CP_MV_PEAK", 32, 16);
        public static final Signal CP_MV_MIN = unsigned("CP_MV_MIN", 48, 16);

        static final List<Signal> ALL = List.of(CP_MV_ROBUST, CP_STATE, CP_DUTY, CP_MV_PEAK, CP_MV_MIN);

        private CpVoltageLevels() {
        }
    }

    public static final class BootConfig {

        public static final Signal FW_MAJOR = unsigned("FW_MAJOR", 0, 8);
        public static final Signal FW_MINOR = unsigned("FW_MINOR", 8, 8);
        public static final Signal FW_PATCH = unsigned("FW_PATCH", 16, 8);
        public static final Signal FEAT_RELAYS = bit("FEAT_RELAYS", 24);
        public static final Signal FEAT_SAFETY = bit("FEAT_SAFETY", 25);
        public static final Signal FEAT_METER = bit("FEAT_METER", 26);
        public static final Signal FEAT_RFID = bit("FEAT_RFID", 27);
        public static final Signal CAN_BITRATE = unsigned("CAN_BITRATE", 32, 8);

        static final List<Signal> ALL = List.of(FW_MAJOR, FW_MINOR, FW_PATCH, FEAT_RELAYS, FEAT_SAFETY, FEAT_METER,
                FEAT_RFID, CAN_BITRATE);

        private BootConfig() {
        }
    }

    /** An identity in segments of five bytes; the four families share it. */
    public static final class Identity {

        public static final Signal TOTAL_LEN = unsigned("TOTAL_LEN", 0, 8);
        public static final Signal SEG_CNT = unsigned("SEG_CNT", 8, 8);
        public static final Signal SEG_IDX = unsigned("SEG_IDX", 16, 8);

        private Identity() {
        }
    }

    private static List<Signal> identity(String family) {
        return List.of(unsigned(family + "_TOTAL_LEN", 0, 8), unsigned(family + "_SEG_CNT", 8, 8), unsigned(family + "_SEG_IDX", 16, 8),
                unsigned(family + "_D0", 24, 8), unsigned(family + "_D1", 32, 8), unsigned(family + "_D2", 40, 8),
                unsigned(family + "_D3", 48, 8), unsigned(family + "_D4", 56, 8));
    }
}
