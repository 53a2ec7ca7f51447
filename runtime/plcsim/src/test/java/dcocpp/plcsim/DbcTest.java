package dcocpp.plcsim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbcTest {

    private final Dbc contract = Dbc.contract();

    @ParameterizedTest
    @CsvSource({
        "RelayControl, 0e2a06000000004b", "RelayControl, 182b000000000036", "RelayControl, 2fff0700000000de",
        "GCMC_Command, 0e2a000000000000", "GCMC_Command, 802b000000000085", "EVSE_DC_MaxLimits, 1027d00758020067",
        "EVSE_DC_Present, 1d10000000008498", "ConfigCmd, 5b00010000000078", "ConfigAck, 5a00d2040000023a",
        "RelayStatus, 062a1400100e0023", "RelayStatus, c02b0405110e106e", "RelayStatus, 482c840c120e002d",
        "SafetySwitchStatus, 24000700000000fd", "GCMC_Status, 0f0f0000002a2a93", "EnergyMeterData, 00159f0f83ffceff",
        "EnergyMeterData, 010140e201008913", "CP_VoltageLevels, 7a174305c0173e17", "EVDC_Targets, 6810dc051d10db03",
        "EVMAC, 060200001a2b3c4d", "RfidEvent, 07072004a2b3c4d5", "BootConfig, 0104020f7d000000"})
    void theExamplesOfTheContractAreUnpackedAndPackedToTheSameBytes(String name, String bytes) {
        Dbc.Message message = contract.message(name);
        byte[] data = HexFormat.of().parseHex(bytes);
        assertFalse(message.usesReserved(data));
        assertTrue(!message.checksummed() || message.intact(data));
        assertArrayEquals(data, message.encode(message.decode(data)));
    }

    @Test
    void valuesAreThoseOfTheExamples() {
        Map<String, Double> meter = contract.message("EnergyMeterData").decode(HexFormat.of().parseHex("00159f0f83ffceff"));
        assertEquals(399.9, meter.get("METER_VOLTAGE"), 1e-9);
        assertEquals(-1.25, meter.get("METER_CURRENT"), 1e-9);
        assertEquals(-0.5, meter.get("METER_POWER"), 1e-9);
        assertEquals(1, meter.get("METER_FALLBACK_ACTIVE"));
        assertFalse(meter.containsKey("METER_IMPORT_ENERGY"), "that is on the other page");
        assertEquals(12_345.6, contract.message("EnergyMeterData").decode(HexFormat.of().parseHex("010140e201008913"))
                .get("METER_IMPORT_ENERGY"), 1e-9);
        assertEquals(0x163, contract.message("RelayStatus").id(3));
        assertEquals("BootConfig", contract.of(0x90002).orElseThrow().name());
    }

    @Test
    void theChecksumIsTheOneOfTheContract() {
        assertEquals(0xD1, Dbc.checksum(HexFormat.of().parseHex("123456789abcde00")));
        assertEquals(0xD8, Dbc.checksum(HexFormat.of().parseHex("0102030405060700")));
        assertFalse(contract.message("RelayStatus").intact(HexFormat.of().parseHex("062a1400100e0024")));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Dbc.Message limits = contract.message("EVSE_DC_MaxLimits");
        assertThrows(IllegalArgumentException.class, () -> limits.encode(Map.of("EVSE_MAX_V", 6553.6)));
        assertThrows(IllegalArgumentException.class, () -> limits.encode(Map.of("EVSE_MAX_V", -0.1)));
        assertThrows(IllegalArgumentException.class, () -> limits.encode(Map.of("EVSE_MAX", 1)));
        assertTrue(limits.usesReserved(HexFormat.of().parseHex("0000000000000100")));
    }

    @Test
    void nothingOfTheDriverIsUsed() throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        assertTrue(classes.size() > 8, classes.toString());
        for (Path file : classes) {
            assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("dcocpp/can/"), file.toString());
        }
        assertThrows(ClassNotFoundException.class, () -> Class.forName("dcocpp.can.internal.codec.Message"));
    }
}
