package dcocpp.can.internal.codec;

import static dcocpp.can.internal.codec.Frames.hex;
import static dcocpp.can.internal.codec.Frames.payload;
import static dcocpp.can.internal.codec.HostFrames.BUS_CONTACTOR;
import static dcocpp.can.internal.codec.HostFrames.RELAY_MODULE_0;
import static dcocpp.can.internal.codec.HostFrames.RELAY_MODULE_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames that were packed by hand and agree with an independent DBC codec. */
class WorkedExamplesTest {

    @ParameterizedTest
    @CsvSource({"12 34 56 78 9A BC DE,D1", "00 00 00 00 00 00 00,00", "01 02 03 04 05 06 07,D8", "09 12 07 00 00 00 00,D0",
            "41 12 00 00 00 00 00,56", "15 00 88 13 00 00 00,AA", "64 00 2C 01 32 00 00,42", "E8 03 FA 00 2C 01 03,8E",
            "03 12 10 00 2A 00 00,5C", "10 00 01 00 00 00 00,B1", "07 03 00 00 00 12 12,6B", "5A 00 01 00 00 00 02,A9"})
    void checksumOf(String bytes, String crc) {
        assertEquals(Integer.parseInt(crc, 16), Crc8.of(payload(bytes)));
    }

    @Test
    void checksumHasTheStandardCheckValue() {
        int crc = 0;
        for (char digit : "123456789".toCharArray()) {
            crc = Crc8.next(crc, digit);
        }
        assertEquals(0xF4, crc);
    }

    @Test
    void hostFramesAreThoseOfTheExamples() {
        Map<String, Long> frames = new LinkedHashMap<>();
        frames.put("0E 2A 06 00 00 00 00 4B", HostFrames.relayControl(RELAY_MODULE_0 | RELAY_MODULE_1, 6, false, 0x2A));
        frames.put("18 2B 00 00 00 00 00 36", HostFrames.forceAllOff(false, 0x2B));
        frames.put("2F FF 07 00 00 00 00 DE", HostFrames.relayControl(7, 7, true, 0xFF));
        frames.put("0E 2A 00 00 00 00 00 00", HostFrames.gcmcCommand(RELAY_MODULE_0 | RELAY_MODULE_1 | BUS_CONTACTOR, false, false, 0x2A));
        frames.put("80 2B 00 00 00 00 00 85", HostFrames.gcmcCommand(0, true, false, 0x2B));
        frames.put("10 27 D0 07 58 02 00 67", HostFrames.maxLimits(1000, 200, 60_000));
        frames.put("A0 0F 00 00 00 00 00 BB", HostFrames.maxLimits(400, 0, 0));
        frames.put("1D 10 DB 03 97 01 03 46", HostFrames.present(412.5, 98.7, 40_700, true, true, 0));
        frames.put("1D 10 00 00 00 00 84 98", HostFrames.present(412.5, 0, 0, false, false,
                HostFrames.FAULT_GENERAL | HostFrames.FAULT_WELD));
        frames.put("5B 00 01 00 00 00 00 78", HostFrames.configSet(DbcValues.CfgParamId.PROTO_VERSION, 1));
        frames.put("5B 01 00 00 00 00 00 33", HostFrames.configGet(DbcValues.CfgParamId.PROTO_VERSION));
        frames.put("14 00 01 00 00 00 00 C4", HostFrames.configSet(DbcValues.CfgParamId.AUTH_STATE, 1));
        frames.put("14 00 00 00 00 00 00 A6", HostFrames.configSet(DbcValues.CfgParamId.AUTH_STATE, 0));
        frames.put("15 00 01 00 00 00 00 1B", HostFrames.configSet(DbcValues.CfgParamId.AUTH_PENDING, 1));
        frames.put("15 00 00 00 00 00 00 79", HostFrames.configSet(DbcValues.CfgParamId.AUTH_PENDING, 0));
        frames.put("1E 00 01 00 00 00 00 97", HostFrames.configSet(DbcValues.CfgParamId.LOCK_CMD, 1));
        frames.put("1E 00 00 00 00 00 00 F5", HostFrames.configSet(DbcValues.CfgParamId.LOCK_CMD, 0));
        frames.forEach((example, frame) -> assertEquals(example, hex(frame)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            342 | 0E 2A 06 00 00 00 00 4B | RLY2_CMD=1 RLY3_CMD=1 SYS_ENABLE=1 CMD_SEQ=42 RLY2_ENABLE=1 RLY3_ENABLE=1 CRC8=75
            342 | 18 2B 00 00 00 00 00 36 | SYS_ENABLE=1 FORCE_ALL_OFF=1 CMD_SEQ=43 CRC8=54
            34B | 2F FF 07 00 00 00 00 DE | RLY1_CMD=1 RLY2_CMD=1 RLY3_CMD=1 SYS_ENABLE=1 CLEAR_FAULTS=1 CMD_SEQ=255 RLY1_ENABLE=1 RLY2_ENABLE=1 RLY3_ENABLE=1 CRC8=222
            392 | 0E 2A 00 00 00 00 00 00 | MC_REQ=1 MN0_REQ=1 MN1_REQ=1 GCMC_SEQ=42
            392 | 80 2B 00 00 00 00 00 85 | GCMC_FORCE_OFF=1 GCMC_SEQ=43 CRC8=133
            302 | 10 27 D0 07 58 02 00 67 | EVSE_MAX_V=1000 EVSE_MAX_I=200 EVSE_MAX_P=60 CRC8=103
            300 | A0 0F 00 00 00 00 00 BB | EVSE_MAX_V=400 CRC8=187
            312 | 1D 10 DB 03 97 01 03 46 | EVSE_PRES_V=412.5 EVSE_PRES_I=98.7 EVSE_PRES_P=40.7 OUTPUT_ENABLED=1 REGULATING=1 CRC8=70
            312 | 1D 10 00 00 00 00 84 98 | EVSE_PRES_V=412.5 FLT_GENERAL=1 FLT_WELD=1 CRC8=152
            382 | 5B 00 01 00 00 00 00 78 | CFG_PARAM_ID=91 CFG_VALUE=1 CRC8=120
            382 | 5B 01 00 00 00 00 00 33 | CFG_PARAM_ID=91 CFG_OP=1 CRC8=51
            382 | 14 00 01 00 00 00 00 C4 | CFG_PARAM_ID=20 CFG_VALUE=1 CRC8=196
            382 | 14 00 00 00 00 00 00 A6 | CFG_PARAM_ID=20 CRC8=166
            382 | 15 00 01 00 00 00 00 1B | CFG_PARAM_ID=21 CFG_VALUE=1 CRC8=27
            382 | 15 00 00 00 00 00 00 79 | CFG_PARAM_ID=21 CRC8=121
            382 | 1E 00 01 00 00 00 00 97 | CFG_PARAM_ID=30 CFG_VALUE=1 CRC8=151
            382 | 1E 00 00 00 00 00 00 F5 | CFG_PARAM_ID=30 CRC8=245
            1A2 | 5B 00 01 00 00 00 02 76 | ACK_PARAM_ID=91 ACK_VALUE=1 ACK_PLC_ID=2 CRC8=118
            1A2 | 5B 02 02 00 00 00 02 82 | ACK_PARAM_ID=91 ACK_STATUS=2 ACK_VALUE=2 ACK_PLC_ID=2 CRC8=130
            1A2 | 5A 00 D2 04 00 00 02 3A | ACK_PARAM_ID=90 ACK_VALUE=1234 ACK_PLC_ID=2 CRC8=58
            162 | 06 2A 14 00 10 0E 00 23 | RLY2_STATE=1 RLY3_STATE=1 LAST_CMD_SEQ_APPLIED=42 SW3=1 SAFETY_OK=1 UPTIME=3600 CRC8=35
            162 | C0 2B 04 05 11 0E 10 6E | SAFETY_ACTIVE=1 COMM_FAULT=1 LAST_CMD_SEQ_APPLIED=43 SW3=1 FAULT_REASON=5 UPTIME=3601 TEC_NIBBLE=1 CRC8=110
            162 | 48 2C 84 0C 12 0E 00 2D | RLY1_FAULT=1 SAFETY_ACTIVE=1 LAST_CMD_SEQ_APPLIED=44 SW3=1 ESTOP_INPUT=1 FAULT_REASON=12 UPTIME=3602 CRC8=45
            192 | 14 00 07 00 00 00 00 8F | SW3=1 SAFETY_OK=1 SAFETY_MASK=7 CRC8=143
            192 | 24 00 07 00 00 00 00 FD | SW3=1 EARTH_FAULT=1 SAFETY_MASK=7 CRC8=253
            152 | 0F 0F 00 00 00 2A 2A 93 | GC_CMD=1 MC_CMD=1 MN0_CMD=1 MN1_CMD=1 GC_FB=1 MC_FB=1 MN0_FB=1 MN1_FB=1 SEQ_APPLIED=42 SEQ_RECEIVED=42 CRC8=147
            172 | 00 01 1D 10 8E 26 E7 0F | METER_OK=1 METER_VOLTAGE=412.5 METER_CURRENT=98.7 METER_POWER=40.71
            172 | 00 15 9F 0F 83 FF CE FF | METER_OK=1 METER_DATA_STALE=1 METER_FALLBACK_ACTIVE=1 METER_VOLTAGE=399.9 METER_CURRENT=-1.25 METER_POWER=-0.5
            172 | 01 01 40 E2 01 00 89 13 | METER_MUX=1 METER_OK=1 METER_IMPORT_ENERGY=12345.6 METER_FREQ=50.01
            432 | 7A 17 43 05 C0 17 3E 17 | CP_MV_ROBUST=6010 CP_STATE=67 CP_DUTY=5 CP_MV_PEAK=6080 CP_MV_MIN=5950
            412 | 00 DE 21 69 42 05 09 01 | SESSION_EPOCH=1763827200 SESS_CP_STATE=66 SESS_DUTY=5 SESS_HLC_STAGE=9 SESS_AUTH_PENDING=1
            102 | 09 2C 00 00 00 00 00 00 | HLC_STAGE=9 HLC_CABLE_CHECK_OK=1 AUTH_GRANTED=1 LOCK_ENGAGED=1
            102 | 04 30 00 00 00 00 00 00 | HLC_STAGE=4 AUTH_PENDING=1 LOCK_ENGAGED=1
            212 | 68 10 DC 05 1D 10 DB 03 | EV_TARGET_V=420 EV_TARGET_I=150 EV_PRESENT_V=412.5 EV_PRESENT_I=98.7
            202 | F0 23 B8 0B 98 08 00 00 | EVDC_MAX_V=920 EVDC_MAX_I=300 EVDC_MAX_P=220
            232 | F0 23 B8 0B 98 08 00 00 | EVDC_EL_V=920 EVDC_EL_I=300 EVDC_EL_P=220
            222 | 1D 10 DB 03 09 05 43 00 | DISP_PRESENT_V=412.5 DISP_PRESENT_I=98.7 DISP_HLC_STAGE=9 DISP_DUTY=5 DISP_CP_STATE=67
            252 | 05 43 68 10 DC 05 DB 03 | EVAC_DUTY=5 EVAC_CP_STATE=67 EVAC_TARGET_V=420 EVAC_TARGET_I=150 EVAC_PRESENT_I=98.7
            242 | 06 02 00 00 1A 2B 3C 4D | EVMAC_TOTAL_LEN=6 EVMAC_SEG_CNT=2 EVMAC_D1=26 EVMAC_D2=43 EVMAC_D3=60 EVMAC_D4=77
            182 | 07 07 20 04 A2 B3 C4 D5 | UID_LEN=7 EVENT_ID=7 RFID_SEG_CNT=2 RFID_D0=4 RFID_D1=162 RFID_D2=179 RFID_D3=196 RFID_D4=213
            402 | 80 51 01 00 00 00 00 00 | RTT_UPTIME=86400
            422 | 40 E2 01 00 F1 FB 09 00 | EVLOG_RX=123456 EVLOG_TX=654321
            132 | 00 03 00 11 15 10 0E 00 | CAN_REC=3 RX_COUNT=17 TX_COUNT=21 HW_UPTIME=3600
            90002 | 01 04 02 0F 7D 00 00 00 | FW_MAJOR=1 FW_MINOR=4 FW_PATCH=2 FEAT_RELAYS=1 FEAT_SAFETY=1 FEAT_METER=1 FEAT_RFID=1 CAN_BITRATE=125
            112 | 00 00 00 00 00 01 04 02 | SW_MAJOR=1 SW_MINOR=4 SW_PATCH=2
            122 | 07 00 00 00 00 00 00 00 | ERROR_CODE=7
            1B2 | 2A 2A 00 00 00 00 00 00 | DBG_SEQ_RECEIVED=42 DBG_SEQ_APPLIED=42
            """)
    void exampleReadsAndWritesBack(String id, String bytes, String expected) {
        Message message = Message.of(Integer.parseInt(id, 16));
        long frame = payload(bytes);
        StringBuilder read = new StringBuilder();
        long written = 0;
        for (NamedSignal named : NamedSignal.carried(message, frame)) {
            int signal = named.signal();
            written = Signal.putNearest(signal, written, Signal.value(signal, frame));
            if (Signal.isSet(signal, frame)) {
                read.append(' ').append(named.name()).append('=').append(plain(Signal.value(signal, frame)));
            }
        }
        assertEquals(expected, read.substring(1));
        assertEquals(hex(frame), hex(written), "every bit of the example belongs to a signal");
        if (message.checksummed()) {
            assertTrue(CrcMode.STRICT.accepts(frame));
            assertEquals(hex(frame), hex(Crc8.seal(frame)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    @Test
    void wrongChecksumIsNeverAcceptedAndZeroOnlyInLegacy() {
        long right = payload("06 2A 14 00 10 0E 00 23");
        long absent = payload("06 2A 14 00 10 0E 00 00");
        long wrong = payload("06 2A 14 00 10 0E 00 24");
        assertTrue(CrcMode.STRICT.accepts(right));
        assertTrue(CrcMode.LEGACY.accepts(right));
        assertFalse(CrcMode.STRICT.accepts(absent));
        assertTrue(CrcMode.LEGACY.accepts(absent));
        assertFalse(CrcMode.STRICT.accepts(wrong));
        assertFalse(CrcMode.LEGACY.accepts(wrong));
        assertTrue(CrcMode.STRICT.accepts(payload("0E 2A 00 00 00 00 00 00")), "a right checksum can be zero");
    }

    @Test
    void setPointsSaturateInsteadOfWrapping() {
        assertEquals("FF FF FF FF FF FF 00", hex(HostFrames.maxLimits(7000, 1e9, 1e12)).substring(0, 20));
        assertEquals("00 00 00 00 00 00 00", hex(HostFrames.present(-5, Double.NaN, -1, false, false, 0)).substring(0, 20));
        int current = PlcLayout.EnergyMeterData.METER_CURRENT;
        assertEquals(-32768, Signal.raw(current, Signal.putNearest(current, 0, -1000)));
    }

    @Test
    void anOfferIsNeverRoundedUp() {
        assertEquals(59.9, Signal.value(HostLayout.MaxLimits.EVSE_MAX_P, HostFrames.maxLimits(0, 0, 59_999)));
        assertEquals(0.3, Signal.value(HostLayout.MaxLimits.EVSE_MAX_I, HostFrames.maxLimits(0, 0.1 + 0.2, 0)));
    }
}
