package dcocpp.can.internal.codec;

import java.util.List;

/**
 * The signals of each message with their names and units, for tools.
 * Written by DbcSourcesTest from docs/can/dc_charger.dbc: change that and let the test write this anew.
 */
public final class SignalTable {

    private SignalTable() {
    }

    /** The signals of a message in the order of the DBC. */
    public static List<NamedSignal> of(Message message) {
        return switch (message) {
            case CHARGE_INFO -> List.of(
                    named("HLC_STAGE", PlcLayout.ChargeInfo.HLC_STAGE),
                    named("HLC_CHARGE_COMPLETE", PlcLayout.ChargeInfo.HLC_CHARGE_COMPLETE),
                    named("HLC_PRECHARGE_ACTIVE", PlcLayout.ChargeInfo.HLC_PRECHARGE_ACTIVE),
                    named("HLC_CABLE_CHECK_OK", PlcLayout.ChargeInfo.HLC_CABLE_CHECK_OK),
                    named("AUTH_GRANTED", PlcLayout.ChargeInfo.AUTH_GRANTED), named("AUTH_PENDING", PlcLayout.ChargeInfo.AUTH_PENDING),
                    named("LOCK_ENGAGED", PlcLayout.ChargeInfo.LOCK_ENGAGED), named("TARGET_V_LSB", PlcLayout.ChargeInfo.TARGET_V_LSB),
                    named("TARGET_I_LSB", PlcLayout.ChargeInfo.TARGET_I_LSB), named("PRESENT_V_LSB", PlcLayout.ChargeInfo.PRESENT_V_LSB),
                    named("PRESENT_I_LSB", PlcLayout.ChargeInfo.PRESENT_I_LSB));
            case SOFTWARE_INFO -> List.of(
                    named("SW_MAJOR", PlcLayout.SoftwareInfo.SW_MAJOR), named("SW_MINOR", PlcLayout.SoftwareInfo.SW_MINOR),
                    named("SW_PATCH", PlcLayout.SoftwareInfo.SW_PATCH));
            case ERROR_CODES -> List.of(
                    named("ERROR_CODE", PlcLayout.ErrorCodes.ERROR_CODE));
            case HW_STATUS -> List.of(
                    named("CAN_TEC", PlcLayout.HwStatus.CAN_TEC), named("CAN_REC", PlcLayout.HwStatus.CAN_REC),
                    named("CAN_BUS_OFF", PlcLayout.HwStatus.CAN_BUS_OFF), named("RX_COUNT", PlcLayout.HwStatus.RX_COUNT),
                    named("TX_COUNT", PlcLayout.HwStatus.TX_COUNT), named("HW_UPTIME", PlcLayout.HwStatus.HW_UPTIME, "s"));
            case GCMC_STATUS -> List.of(
                    named("GC_CMD", PlcLayout.GcmcStatus.GC_CMD), named("MC_CMD", PlcLayout.GcmcStatus.MC_CMD),
                    named("MN0_CMD", PlcLayout.GcmcStatus.MN0_CMD), named("MN1_CMD", PlcLayout.GcmcStatus.MN1_CMD),
                    named("GC_FB", PlcLayout.GcmcStatus.GC_FB), named("MC_FB", PlcLayout.GcmcStatus.MC_FB),
                    named("MN0_FB", PlcLayout.GcmcStatus.MN0_FB), named("MN1_FB", PlcLayout.GcmcStatus.MN1_FB),
                    named("GCMC_FAULT_REASON", PlcLayout.GcmcStatus.GCMC_FAULT_REASON),
                    named("GCMC_COMM_FAULT", PlcLayout.GcmcStatus.GCMC_COMM_FAULT),
                    named("GCMC_SAFETY_ACTIVE", PlcLayout.GcmcStatus.GCMC_SAFETY_ACTIVE),
                    named("SEQ_APPLIED", PlcLayout.GcmcStatus.SEQ_APPLIED), named("SEQ_RECEIVED", PlcLayout.GcmcStatus.SEQ_RECEIVED),
                    named("CRC8", PlcLayout.GcmcStatus.CRC8));
            case RELAY_STATUS -> List.of(
                    named("RLY1_STATE", PlcLayout.RelayStatus.RLY1_STATE), named("RLY2_STATE", PlcLayout.RelayStatus.RLY2_STATE),
                    named("RLY3_STATE", PlcLayout.RelayStatus.RLY3_STATE), named("RLY1_FAULT", PlcLayout.RelayStatus.RLY1_FAULT),
                    named("RLY2_FAULT", PlcLayout.RelayStatus.RLY2_FAULT), named("RLY3_FAULT", PlcLayout.RelayStatus.RLY3_FAULT),
                    named("SAFETY_ACTIVE", PlcLayout.RelayStatus.SAFETY_ACTIVE), named("COMM_FAULT", PlcLayout.RelayStatus.COMM_FAULT),
                    named("LAST_CMD_SEQ_APPLIED", PlcLayout.RelayStatus.LAST_CMD_SEQ_APPLIED), named("SW1", PlcLayout.RelayStatus.SW1),
                    named("SW2", PlcLayout.RelayStatus.SW2), named("SW3", PlcLayout.RelayStatus.SW3),
                    named("ESTOP_LATCHED", PlcLayout.RelayStatus.ESTOP_LATCHED), named("SAFETY_OK", PlcLayout.RelayStatus.SAFETY_OK),
                    named("EARTH_FAULT", PlcLayout.RelayStatus.EARTH_FAULT), named("SW4", PlcLayout.RelayStatus.SW4),
                    named("ESTOP_INPUT", PlcLayout.RelayStatus.ESTOP_INPUT), named("FAULT_REASON", PlcLayout.RelayStatus.FAULT_REASON),
                    named("UPTIME", PlcLayout.RelayStatus.UPTIME, "s"), named("REC_NIBBLE", PlcLayout.RelayStatus.REC_NIBBLE),
                    named("TEC_NIBBLE", PlcLayout.RelayStatus.TEC_NIBBLE), named("CRC8", PlcLayout.RelayStatus.CRC8));
            case ENERGY_METER_DATA -> List.of(
                    named("METER_MUX", PlcLayout.EnergyMeterData.METER_MUX), named("METER_OK", PlcLayout.EnergyMeterData.METER_OK),
                    named("METER_COMM_ERROR", PlcLayout.EnergyMeterData.METER_COMM_ERROR),
                    named("METER_DATA_STALE", PlcLayout.EnergyMeterData.METER_DATA_STALE),
                    named("METER_OVERRANGE", PlcLayout.EnergyMeterData.METER_OVERRANGE),
                    named("METER_FALLBACK_ACTIVE", PlcLayout.EnergyMeterData.METER_FALLBACK_ACTIVE),
                    named("METER_VOLTAGE", PlcLayout.EnergyMeterData.METER_VOLTAGE, "V"),
                    named("METER_CURRENT", PlcLayout.EnergyMeterData.METER_CURRENT, "A"),
                    named("METER_POWER", PlcLayout.EnergyMeterData.METER_POWER, "kW"),
                    named("METER_IMPORT_ENERGY", PlcLayout.EnergyMeterData.METER_IMPORT_ENERGY, "kWh"),
                    named("METER_FREQ", PlcLayout.EnergyMeterData.METER_FREQ, "Hz"));
            case RFID_EVENT -> List.of(
                    named("UID_LEN", PlcLayout.RfidEvent.UID_LEN), named("EVENT_TYPE", PlcLayout.RfidEvent.EVENT_TYPE),
                    named("EVENT_ID", PlcLayout.RfidEvent.EVENT_ID), named("RFID_SEG_IDX", PlcLayout.RfidEvent.RFID_SEG_IDX),
                    named("RFID_SEG_CNT", PlcLayout.RfidEvent.RFID_SEG_CNT), named("RFID_D0", PlcLayout.RfidEvent.RFID_D0),
                    named("RFID_D1", PlcLayout.RfidEvent.RFID_D1), named("RFID_D2", PlcLayout.RfidEvent.RFID_D2),
                    named("RFID_D3", PlcLayout.RfidEvent.RFID_D3), named("RFID_D4", PlcLayout.RfidEvent.RFID_D4));
            case SAFETY_SWITCH_STATUS -> List.of(
                    named("SW1", PlcLayout.SafetySwitchStatus.SW1), named("SW2", PlcLayout.SafetySwitchStatus.SW2),
                    named("SW3", PlcLayout.SafetySwitchStatus.SW3), named("ESTOP_LATCHED", PlcLayout.SafetySwitchStatus.ESTOP_LATCHED),
                    named("SAFETY_OK", PlcLayout.SafetySwitchStatus.SAFETY_OK),
                    named("EARTH_FAULT", PlcLayout.SafetySwitchStatus.EARTH_FAULT), named("SW4", PlcLayout.SafetySwitchStatus.SW4),
                    named("ESTOP_INPUT", PlcLayout.SafetySwitchStatus.ESTOP_INPUT),
                    named("SAFETY_MASK", PlcLayout.SafetySwitchStatus.SAFETY_MASK), named("CRC8", PlcLayout.SafetySwitchStatus.CRC8));
            case CONFIG_ACK -> List.of(
                    named("ACK_PARAM_ID", PlcLayout.ConfigAck.ACK_PARAM_ID), named("ACK_STATUS", PlcLayout.ConfigAck.ACK_STATUS),
                    named("ACK_VALUE", PlcLayout.ConfigAck.ACK_VALUE), named("ACK_PLC_ID", PlcLayout.ConfigAck.ACK_PLC_ID),
                    named("CRC8", PlcLayout.ConfigAck.CRC8));
            case DEBUG_INFO -> List.of(
                    named("DBG_SEQ_RECEIVED", PlcLayout.DebugInfo.DBG_SEQ_RECEIVED),
                    named("DBG_SEQ_APPLIED", PlcLayout.DebugInfo.DBG_SEQ_APPLIED),
                    named("DBG_FAULT_REASON", PlcLayout.DebugInfo.DBG_FAULT_REASON),
                    named("DBG_BUS_OFF", PlcLayout.DebugInfo.DBG_BUS_OFF));
            case EV_MAX_LIMITS -> List.of(
                    named("EVDC_MAX_V", PlcLayout.EvMaxLimits.EVDC_MAX_V, "V"),
                    named("EVDC_MAX_I", PlcLayout.EvMaxLimits.EVDC_MAX_I, "A"),
                    named("EVDC_MAX_P", PlcLayout.EvMaxLimits.EVDC_MAX_P, "kW"));
            case EV_TARGETS -> List.of(
                    named("EV_TARGET_V", PlcLayout.EvTargets.EV_TARGET_V, "V"),
                    named("EV_TARGET_I", PlcLayout.EvTargets.EV_TARGET_I, "A"),
                    named("EV_PRESENT_V", PlcLayout.EvTargets.EV_PRESENT_V, "V"),
                    named("EV_PRESENT_I", PlcLayout.EvTargets.EV_PRESENT_I, "A"));
            case EV_STATUS_DISPLAY -> List.of(
                    named("DISP_PRESENT_V", PlcLayout.EvStatusDisplay.DISP_PRESENT_V, "V"),
                    named("DISP_PRESENT_I", PlcLayout.EvStatusDisplay.DISP_PRESENT_I, "A"),
                    named("DISP_HLC_STAGE", PlcLayout.EvStatusDisplay.DISP_HLC_STAGE),
                    named("DISP_DUTY", PlcLayout.EvStatusDisplay.DISP_DUTY, "%"),
                    named("DISP_CP_STATE", PlcLayout.EvStatusDisplay.DISP_CP_STATE));
            case EV_ENERGY_LIMITS -> List.of(
                    named("EVDC_EL_V", PlcLayout.EvEnergyLimits.EVDC_EL_V, "V"),
                    named("EVDC_EL_I", PlcLayout.EvEnergyLimits.EVDC_EL_I, "A"),
                    named("EVDC_EL_P", PlcLayout.EvEnergyLimits.EVDC_EL_P, "kW"));
            case EV_MAC -> List.of(
                    named("EVMAC_TOTAL_LEN", PlcLayout.Evmac.EVMAC_TOTAL_LEN), named("EVMAC_SEG_CNT", PlcLayout.Evmac.EVMAC_SEG_CNT),
                    named("EVMAC_SEG_IDX", PlcLayout.Evmac.EVMAC_SEG_IDX), named("EVMAC_D0", PlcLayout.Evmac.EVMAC_D0),
                    named("EVMAC_D1", PlcLayout.Evmac.EVMAC_D1), named("EVMAC_D2", PlcLayout.Evmac.EVMAC_D2),
                    named("EVMAC_D3", PlcLayout.Evmac.EVMAC_D3), named("EVMAC_D4", PlcLayout.Evmac.EVMAC_D4));
            case EV_AC_CONTROL -> List.of(
                    named("EVAC_DUTY", PlcLayout.EvAcControl.EVAC_DUTY, "%"),
                    named("EVAC_CP_STATE", PlcLayout.EvAcControl.EVAC_CP_STATE),
                    named("EVAC_TARGET_V", PlcLayout.EvAcControl.EVAC_TARGET_V, "V"),
                    named("EVAC_TARGET_I", PlcLayout.EvAcControl.EVAC_TARGET_I, "A"),
                    named("EVAC_PRESENT_I", PlcLayout.EvAcControl.EVAC_PRESENT_I, "A"));
            case EMAID0 -> List.of(
                    named("EMAID0_TOTAL_LEN", PlcLayout.Emaid0.EMAID0_TOTAL_LEN),
                    named("EMAID0_SEG_CNT", PlcLayout.Emaid0.EMAID0_SEG_CNT), named("EMAID0_SEG_IDX", PlcLayout.Emaid0.EMAID0_SEG_IDX),
                    named("EMAID0_D0", PlcLayout.Emaid0.EMAID0_D0), named("EMAID0_D1", PlcLayout.Emaid0.EMAID0_D1),
                    named("EMAID0_D2", PlcLayout.Emaid0.EMAID0_D2), named("EMAID0_D3", PlcLayout.Emaid0.EMAID0_D3),
                    named("EMAID0_D4", PlcLayout.Emaid0.EMAID0_D4));
            case EMAID1 -> List.of(
                    named("EMAID1_TOTAL_LEN", PlcLayout.Emaid1.EMAID1_TOTAL_LEN),
                    named("EMAID1_SEG_CNT", PlcLayout.Emaid1.EMAID1_SEG_CNT), named("EMAID1_SEG_IDX", PlcLayout.Emaid1.EMAID1_SEG_IDX),
                    named("EMAID1_D0", PlcLayout.Emaid1.EMAID1_D0), named("EMAID1_D1", PlcLayout.Emaid1.EMAID1_D1),
                    named("EMAID1_D2", PlcLayout.Emaid1.EMAID1_D2), named("EMAID1_D3", PlcLayout.Emaid1.EMAID1_D3),
                    named("EMAID1_D4", PlcLayout.Emaid1.EMAID1_D4));
            case EVCCID -> List.of(
                    named("EVCCID_TOTAL_LEN", PlcLayout.Evccid.EVCCID_TOTAL_LEN),
                    named("EVCCID_SEG_CNT", PlcLayout.Evccid.EVCCID_SEG_CNT), named("EVCCID_SEG_IDX", PlcLayout.Evccid.EVCCID_SEG_IDX),
                    named("EVCCID_D0", PlcLayout.Evccid.EVCCID_D0), named("EVCCID_D1", PlcLayout.Evccid.EVCCID_D1),
                    named("EVCCID_D2", PlcLayout.Evccid.EVCCID_D2), named("EVCCID_D3", PlcLayout.Evccid.EVCCID_D3),
                    named("EVCCID_D4", PlcLayout.Evccid.EVCCID_D4));
            case MAX_LIMITS -> List.of(
                    named("EVSE_MAX_V", HostLayout.MaxLimits.EVSE_MAX_V, "V"), named("EVSE_MAX_I", HostLayout.MaxLimits.EVSE_MAX_I, "A"),
                    named("EVSE_MAX_P", HostLayout.MaxLimits.EVSE_MAX_P, "kW"), named("CRC8", HostLayout.MaxLimits.CRC8));
            case PRESENT -> List.of(
                    named("EVSE_PRES_V", HostLayout.Present.EVSE_PRES_V, "V"), named("EVSE_PRES_I", HostLayout.Present.EVSE_PRES_I, "A"),
                    named("EVSE_PRES_P", HostLayout.Present.EVSE_PRES_P, "kW"),
                    named("OUTPUT_ENABLED", HostLayout.Present.OUTPUT_ENABLED), named("REGULATING", HostLayout.Present.REGULATING),
                    named("FLT_GENERAL", HostLayout.Present.FLT_GENERAL), named("FLT_COMM", HostLayout.Present.FLT_COMM),
                    named("FLT_ISOLATION_ESTOP", HostLayout.Present.FLT_ISOLATION_ESTOP),
                    named("FLT_THERMAL", HostLayout.Present.FLT_THERMAL), named("FLT_OVERCURRENT", HostLayout.Present.FLT_OVERCURRENT),
                    named("FLT_WELD", HostLayout.Present.FLT_WELD), named("CRC8", HostLayout.Present.CRC8));
            case RELAY_CONTROL -> List.of(
                    named("RLY1_CMD", HostLayout.RelayControl.RLY1_CMD), named("RLY2_CMD", HostLayout.RelayControl.RLY2_CMD),
                    named("RLY3_CMD", HostLayout.RelayControl.RLY3_CMD), named("SYS_ENABLE", HostLayout.RelayControl.SYS_ENABLE),
                    named("FORCE_ALL_OFF", HostLayout.RelayControl.FORCE_ALL_OFF),
                    named("CLEAR_FAULTS", HostLayout.RelayControl.CLEAR_FAULTS), named("CMD_SEQ", HostLayout.RelayControl.CMD_SEQ),
                    named("RLY1_ENABLE", HostLayout.RelayControl.RLY1_ENABLE), named("RLY2_ENABLE", HostLayout.RelayControl.RLY2_ENABLE),
                    named("RLY3_ENABLE", HostLayout.RelayControl.RLY3_ENABLE), named("CMD_MODE", HostLayout.RelayControl.CMD_MODE),
                    named("PULSE_MS", HostLayout.RelayControl.PULSE_MS, "ms"), named("CRC8", HostLayout.RelayControl.CRC8));
            case CONFIG_CMD -> List.of(
                    named("CFG_PARAM_ID", HostLayout.ConfigCmd.CFG_PARAM_ID), named("CFG_OP", HostLayout.ConfigCmd.CFG_OP),
                    named("CFG_VALUE", HostLayout.ConfigCmd.CFG_VALUE), named("CRC8", HostLayout.ConfigCmd.CRC8));
            case GCMC_COMMAND -> List.of(
                    named("GC_REQ", HostLayout.GcmcCommand.GC_REQ), named("MC_REQ", HostLayout.GcmcCommand.MC_REQ),
                    named("MN0_REQ", HostLayout.GcmcCommand.MN0_REQ), named("MN1_REQ", HostLayout.GcmcCommand.MN1_REQ),
                    named("GCMC_CLEAR_FAULTS", HostLayout.GcmcCommand.GCMC_CLEAR_FAULTS),
                    named("GCMC_FORCE_OFF", HostLayout.GcmcCommand.GCMC_FORCE_OFF), named("GCMC_SEQ", HostLayout.GcmcCommand.GCMC_SEQ),
                    named("CRC8", HostLayout.GcmcCommand.CRC8));
            case RTT_LOG -> List.of(
                    named("RTT_UPTIME", PlcLayout.RTTLog.RTT_UPTIME, "s"));
            case CHARGING_SESSION -> List.of(
                    named("SESSION_EPOCH", PlcLayout.ChargingSession.SESSION_EPOCH, "s"),
                    named("SESS_CP_STATE", PlcLayout.ChargingSession.SESS_CP_STATE),
                    named("SESS_DUTY", PlcLayout.ChargingSession.SESS_DUTY, "%"),
                    named("SESS_HLC_STAGE", PlcLayout.ChargingSession.SESS_HLC_STAGE),
                    named("SESS_AUTH_PENDING", PlcLayout.ChargingSession.SESS_AUTH_PENDING));
            case RT_EV_LOG -> List.of(
                    named("EVLOG_RX", PlcLayout.RTEVLog.EVLOG_RX), named("EVLOG_TX", PlcLayout.RTEVLog.EVLOG_TX));
            case CP_VOLTAGE_LEVELS -> List.of(
                    named("CP_MV_ROBUST", PlcLayout.CpVoltageLevels.CP_MV_ROBUST, "mV"),
                    named("CP_STATE", PlcLayout.CpVoltageLevels.CP_STATE), named("CP_DUTY", PlcLayout.CpVoltageLevels.CP_DUTY, "%"),
                    named("CP_MV_PEAK", PlcLayout.CpVoltageLevels.CP_MV_PEAK, "mV"),
                    named("CP_MV_MIN", PlcLayout.CpVoltageLevels.CP_MV_MIN, "mV"));
            case BOOT_CONFIG -> List.of(
                    named("FW_MAJOR", PlcLayout.BootConfig.FW_MAJOR), named("FW_MINOR", PlcLayout.BootConfig.FW_MINOR),
                    named("FW_PATCH", PlcLayout.BootConfig.FW_PATCH), named("FEAT_RELAYS", PlcLayout.BootConfig.FEAT_RELAYS),
                    named("FEAT_SAFETY", PlcLayout.BootConfig.FEAT_SAFETY), named("FEAT_METER", PlcLayout.BootConfig.FEAT_METER),
                    named("FEAT_RFID", PlcLayout.BootConfig.FEAT_RFID), named("CAN_BITRATE", PlcLayout.BootConfig.CAN_BITRATE, "kbit/s"));
        };
    }

    private static NamedSignal named(String name, int signal) {
        return named(name, signal, "");
    }

    private static NamedSignal named(String name, int signal, String unit) {
        return new NamedSignal(name, signal, unit);
    }
}
