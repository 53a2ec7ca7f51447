package dcocpp.cantool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.can.internal.codec.CrcMode;

class LinesTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Lines lines() {
        return new Lines(new PrintWriter(out), new PrintWriter(err));
    }

    private boolean decode(String text) throws IOException {
        return lines().decode(new BufferedReader(new StringReader(text)), CrcMode.STRICT);
    }

    private boolean encode(String text) throws IOException {
        return lines().encode(new BufferedReader(new StringReader(text)));
    }

    @Test
    void relayStatusOfTheContract() throws IOException {
        assertTrue(decode("(1436509052.249713) vcan0 00000162#062A1400100E0023\n"));
        assertEquals("""
                {"t":1436509052.249713,"iface":"vcan0","id":"0x162","plcId":2,"message":"RelayStatus","crc":"ok","signals":{\
                "RLY1_STATE":0,"RLY2_STATE":1,"RLY3_STATE":1,"RLY1_FAULT":0,"RLY2_FAULT":0,"RLY3_FAULT":0,"SAFETY_ACTIVE":0,\
                "COMM_FAULT":0,"LAST_CMD_SEQ_APPLIED":42,"SW1":0,"SW2":0,"SW3":1,"ESTOP_LATCHED":0,"SAFETY_OK":1,"EARTH_FAULT":0,\
                "SW4":0,"ESTOP_INPUT":0,"FAULT_REASON":0,"UPTIME":3600,"REC_NIBBLE":0,"TEC_NIBBLE":0,"CRC8":35}}
                """, out.toString());
    }

    @Test
    void onlyTheSignalsOfTheMultiplexersPage() throws IOException {
        assertTrue(decode("(1.0) can0 00000172#00159F0F83FFCEFF\n(2.0) can0 00000172#010140E201008913\n"));
        assertEquals("""
                {"t":1,"iface":"can0","id":"0x172","plcId":2,"message":"EnergyMeterData","crc":"none","signals":{"METER_MUX":0,\
                "METER_OK":1,"METER_COMM_ERROR":0,"METER_DATA_STALE":1,"METER_OVERRANGE":0,"METER_FALLBACK_ACTIVE":1,\
                "METER_VOLTAGE":399.9,"METER_CURRENT":-1.25,"METER_POWER":-0.5}}
                {"t":2,"iface":"can0","id":"0x172","plcId":2,"message":"EnergyMeterData","crc":"none","signals":{"METER_MUX":1,\
                "METER_OK":1,"METER_COMM_ERROR":0,"METER_DATA_STALE":0,"METER_OVERRANGE":0,"METER_FALLBACK_ACTIVE":0,\
                "METER_IMPORT_ENERGY":12345.6,"METER_FREQ":50.01}}
                """, out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00000242#060200001A2B3C4D | 00000242#0602015E00000000 | {"source":"EVMAC","value":"001A2B3C4D5E"}
            00000282#060200F07F0C006E | 00000282#0602013B00000000 | {"source":"EVCCID","value":"F07F0C006E3B"}
            00000182#07072004A2B3C4D5 | 00000182#070721E680000000 | {"source":"RFID","value":"04A2B3C4D5E680"}
            00000262#0602004445384141 | 00000262#0602013100000000 | {"source":"EMAID0","value":"DE8AA1"}
            """)
    void aFinishedIdentityIsAnExtraField(String first, String second, String identity) throws IOException {
        assertTrue(decode("(1.0) can0 " + first + "\n(1.1) can0 " + second + "\n"));
        String[] shown = out.toString().split("\n");
        assertFalse(shown[0].contains("identity"), shown[0]);
        assertTrue(shown[1].endsWith(",\"identity\":" + identity + "}"), shown[1]);
    }

    @Test
    void segmentsOfTwoPlcsOrTwoBusesAreNotMixed() throws IOException {
        assertTrue(decode("(1.0) can0 00000242#060200001A2B3C4D\n(1.1) can0 00000243#0602015E00000000\n"
                + "(1.2) can1 00000242#0602015E00000000\n(7.0) can0 00000242#0602015E00000000\n"));
        assertFalse(out.toString().contains("identity"), out.toString());
    }

    @Test
    void wrongAbsentAndShortChecksums() throws IOException {
        String log = "(1.0) can0 00000162#062A1400100E0024\n(1.0) can0 00000162#062A1400100E0000\n(1.0) can0 00000162#062A1400100E\n";
        assertTrue(decode(log));
        assertEquals(3, out.toString().split("\"crc\":\"bad\"").length - 1, out.toString());
        out.getBuffer().setLength(0);
        assertTrue(lines().decode(new BufferedReader(new StringReader(log)), CrcMode.LEGACY));
        assertEquals(2, out.toString().split("\"crc\":\"bad\"").length - 1, out.toString());
        assertEquals(1, out.toString().split("\"crc\":\"none\"").length - 1, out.toString());
    }

    @Test
    void strangersAreShownWithTheirBytes() throws IOException {
        assertTrue(decode("(1.5) can0 123#0102\n(1.5) can0 00000142#FF\n(1.5) can0 20000040#0000000000000000\n(1.5) can0 162#R8\n"));
        assertEquals("""
                {"t":1.5,"iface":"can0","id":"0x123","plcId":null,"message":null,"crc":"none","signals":{},"data":"0102","extended":false}
                {"t":1.5,"iface":"can0","id":"0x142","plcId":null,"message":null,"crc":"none","signals":{},"data":"FF"}
                {"t":1.5,"iface":"can0","id":"0x40","plcId":null,"message":null,"crc":"none","signals":{},"data":"0000000000000000",\
                "kind":"error"}
                {"t":1.5,"iface":"can0","id":"0x162","plcId":null,"message":null,"crc":"none","signals":{},"data":"0000000000000000",\
                "kind":"remote","extended":false}
                """, out.toString());
    }

    @Test
    void badLinesAreToldAndTheRestIsDone() throws IOException {
        assertFalse(decode("(1.0) can0 00000122#07\n\nrubbish \u001b[2J\n(1.0) can0 00000122#08\n"));
        assertEquals(2, out.toString().lines().count());
        assertTrue(err.toString().startsWith("charger: line 3: no line of candump"), err.toString());
        assertFalse(err.toString().contains("\u001b"));
    }

    @Test
    void commandsAreWrittenWithTheirChecksum() throws IOException {
        assertTrue(encode("""
                {"iface":"vcan0","plcId":2,"message":"RelayControl","signals":{"RLY2_CMD":1,"RLY3_CMD":true,"SYS_ENABLE":1,"CMD_SEQ":42,\
                "RLY2_ENABLE":1,"RLY3_ENABLE":1}}
                {"t":2.5,"plcId":2,"message":"EVSE_DC_MaxLimits","signals":{"EVSE_MAX_V":1000,"EVSE_MAX_I":200.0,"EVSE_MAX_P":6e1}}
                {"id":"0x162","message":"RelayStatus","signals":{"CRC8":1}}
                {"id":"0x7FF","extended":false,"data":"0aFF"}
                """));
        assertEquals("""
                (0000000000.000000) vcan0 00000342#0E2A06000000004B
                (0000000002.500000) can0 00000302#1027D00758020067
                (0000000000.000000) can0 00000162#0000000000000001
                (0000000000.000000) can0 7FF#0AFF
                """, out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"plcId":2,"message":"Relay"}                                                    | no message "Relay"
            {"plcId":16,"message":"RelayControl"}                                            | plcId is 16
            {"message":"RelayControl"}                                                       | plcId
            {"plcId":2,"id":"0x343","message":"RelayControl"}                                | not that of RelayControl
            {"plcId":2,"message":"RelayControl","signals":{"RLY9_CMD":1}}                    | no signal "RLY9_CMD"
            {"plcId":2,"message":"RelayControl","signals":{"RLY1_CMD":2}}                    | RLY1_CMD is 2, must be 0 to 1
            {"plcId":2,"message":"RelayControl","signals":{"RLY1_CMD":"on"}}                 | must be a number
            {"plcId":2,"message":"EVSE_DC_MaxLimits","signals":{"EVSE_MAX_V":6553.6}}        | must be 0 to 6553.5
            {"plcId":2,"message":"EVSE_DC_MaxLimits","signals":{"EVSE_MAX_V":1.05}}          | a multiple of 0.1
            {"plcId":2,"message":"EnergyMeterData","signals":{"METER_MUX":1,"METER_POWER":1}} | not on the page
            {"plcId":2,"message":"RelayControl","length":9}                                  | 0 to 8 bytes
            {"id":"0x162"}                                                                   | neither
            [1]                                                                              | no JSON object
            {"plcId":2                                                                       | no JSON
            {"t":-1,"plcId":2,"message":"RelayControl"}                                      | t is -1
            """)
    void whatDoesNotFitIsRefused(String json, String reason) throws IOException {
        assertFalse(encode("\n" + json + "\n"));
        assertEquals("", out.toString());
        assertTrue(err.toString().startsWith("charger: line 2: ") && err.toString().contains(reason), err.toString());
    }
}
