package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.ocpp.internal.config.Configuration;

/** Every key of Core: what a back office may do with it, what it takes, and that it keeps it. */
class ConfigurationKeysTest {

    @TempDir
    private Path folder;
    private Station station;

    /** A line of the catalogue of keys. */
    private record Line(String name, String type, boolean writable) {

        /** Values that must be taken, as they are read back. */
        private List<String> good() {
            String[] parts = type.split(":");
            return switch (parts[0]) {
                case "bool" -> List.of("true", "false");
                case "int" -> List.of(range()[0], range()[1]);
                case "only" -> List.of(parts[1]);
                case "measurands" -> List.of("Voltage", "SoC,Energy.Active.Import.Register", "");
                case "rotation" -> List.of("0.RST,1.RTS,2.NotApplicable", "1.Unknown");
                default -> List.of("text");
            };
        }

        private List<String> bad() {
            String[] parts = type.split(":");
            return switch (parts[0]) {
                case "bool" -> List.of("yes", "1", "", "truefalse", "null");
                case "int" -> List.of("fast", "1.5", "", "0x10", "99999999999", Long.toString(Long.parseLong(range()[0]) - 1),
                        Long.toString(Long.parseLong(range()[1]) + 1));
                case "only" -> List.of("false", "maybe", "");
                case "measurands" -> List.of("Frequency", "Voltage,Nonsense", "SoC,SoC", "voltage");
                case "rotation" -> List.of("", "RST", "3.RST", "0.ABC", "0.RST,0.RTS", "-1.RST", "0.rst");
                default -> List.of("x".repeat(500));
            };
        }

        private String[] range() {
            return type.contains(":") ? type.substring(4).split("\\.\\.") : new String[] {"0", "2147483647"};
        }
    }

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    private static List<Line> lines() throws IOException {
        try (InputStream in = Configuration.class.getResourceAsStream("keys.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.startsWith("Core ") || line.startsWith("Internal "))
                    .map(line -> line.split(" "))
                    .map(columns -> new Line(columns[1], columns[2], columns[3].equals("RW"))).toList();
        }
    }

    private String change(String key, String value) {
        return station.backOffice.call("ChangeConfiguration", "{\"key\":\"" + key + "\",\"value\":\"" + value + "\"}").get("status")
                .textValue();
    }

    private JsonNode entry(String key) {
        return station.backOffice.call("GetConfiguration", "{\"key\":[\"" + key + "\"]}").at("/configurationKey/0");
    }

    private static Executable that(String expected, String actual, Line line, String value) {
        return () -> assertEquals(expected, actual, line.name() + " = '" + value + "'");
    }

    private void each(Predicate<Line> which, Function<Line, List<Executable>> check) throws IOException {
        assertAll(lines().stream().filter(which).flatMap(line -> check.apply(line).stream()));
    }

    @Test
    void everyKeyThatCanBeSetTakesWhatItMayBeAndTellsItBack() throws IOException {
        each(Line::writable, line -> line.good().stream().flatMap(value -> {
            String status = change(line.name(), value);
            return List.of(that("Accepted", status, line, value), that(value, entry(line.name()).get("value").textValue(), line, value))
                    .stream();
        }).toList());
    }

    @Test
    void everyKeyThatCanBeSetRefusesGarbageAndStaysAsItWas() throws IOException {
        each(Line::writable, line -> line.bad().stream().flatMap(value -> {
            String before = entry(line.name()).get("value").textValue();
            String status = change(line.name(), value);
            return List.of(that("Rejected", status, line, value), that(before, entry(line.name()).get("value").textValue(), line, value))
                    .stream();
        }).toList());
    }

    @Test
    void everyKeyThatCanBeSetKeepsItsValueOverARestart() throws IOException {
        each(Line::writable, line -> List.of(that("Accepted", change(line.name(), line.good().get(0)), line, line.good().get(0))));
        // The boot's answer gives the interval of heartbeats anew.
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Accepted", 0));
        station.kill();
        station.start();
        each(Line::writable, line -> List.of(that(line.good().get(0), entry(line.name()).get("value").textValue(), line, "")));
    }

    @Test
    void everyKeyThatIsReadOnlySaysSoAndRefusesEvenItsOwnValue() throws IOException {
        each(line -> !line.writable(), line -> {
            JsonNode entry = entry(line.name());
            String value = entry.get("value").textValue();
            return List.of(() -> assertEquals(true, entry.get("readonly").booleanValue(), line.name()),
                    that("Rejected", change(line.name(), value), line, value));
        });
    }

    /** OCPP 1.6, chapter 9.1; what it leaves open is as the documentation says. */
    @ParameterizedTest
    @CsvSource({
        "AllowOfflineTxForUnknownId, false", "AuthorizationCacheEnabled, false", "AuthorizeRemoteTxRequests, false",
        "ClockAlignedDataInterval, false", "ConnectionTimeOut, false", "ConnectorPhaseRotation, false",
        "ConnectorPhaseRotationMaxLength, true", "GetConfigurationMaxKeys, true", "HeartbeatInterval, false",
        "LocalAuthorizeOffline, false", "LocalPreAuthorize, false", "MeterValuesAlignedData, false",
        "MeterValuesAlignedDataMaxLength, true", "MeterValuesSampledData, false", "MeterValuesSampledDataMaxLength, true",
        "MeterValueSampleInterval, false", "MinimumStatusDuration, false", "NumberOfConnectors, true", "ResetRetries, false",
        "StopTransactionOnEVSideDisconnect, false", "StopTransactionOnInvalidId, false", "StopTxnAlignedData, false",
        "StopTxnAlignedDataMaxLength, true", "StopTxnSampledData, false", "StopTxnSampledDataMaxLength, true",
        "SupportedFeatureProfiles, true", "SupportedFeatureProfilesMaxLength, true", "TransactionMessageAttempts, false",
        "TransactionMessageRetryInterval, false", "UnlockConnectorOnEVSideDisconnect, false", "WebSocketPingInterval, false"})
    void theKeysOfCoreHaveTheAccessThatTheSpecificationGivesThem(String key, boolean readOnly) {
        assertEquals(readOnly, entry(key).get("readonly").booleanValue());
        assertFalse(entry(key).get("value").textValue().isEmpty() && !key.startsWith("StopTxn"), "a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BlinkRepeat", "LightIntensity"})
    void aKeyOfWhatTheChargerDoesNotHaveIsUnknown(String key) {
        assertEquals("NotSupported", change(key, "1"));
        assertEquals(key, station.backOffice.call("GetConfiguration", "{\"key\":[\"" + key + "\"]}").at("/unknownKey/0").textValue());
    }

    @Test
    void theLengthsAreThoseOfTheLists() {
        int measurands = entry("SupportedMeasurands").get("value").textValue().split(",").length;
        assertEquals(Integer.toString(measurands), entry("MeterValuesSampledDataMaxLength").get("value").textValue());
        assertEquals("3", entry("ConnectorPhaseRotationMaxLength").get("value").textValue());
        assertEquals("0.NotApplicable,1.NotApplicable,2.NotApplicable", entry("ConnectorPhaseRotation").get("value").textValue());
    }

    @Test
    void moreKeysThanGetConfigurationMaxKeysAreRefusedWithTheLimit() {
        String keys = String.join(",", IntStream.range(0, 100).mapToObj(i -> "\"HeartbeatInterval\"").toList());
        assertEquals(100, station.backOffice.call("GetConfiguration", "{\"key\":[" + keys + "]}").get("configurationKey").size());
        assertEquals("OccurenceConstraintViolation",
                station.backOffice.call("GetConfiguration", "{\"key\":[" + keys + ",\"HeartbeatInterval\"]}").textValue());
    }

    @Test
    void whatCameFromTheFileAndWasReadOnlyStaysTheFiles() {
        station.stop();
        station.keys.put("Internal.ChargePointModel", "Ring 13");
        station.start();
        assertEquals("Rejected", change("ChargePointModel", "Ring 99"));
        assertEquals("Ring 13", entry("ChargePointModel").get("value").textValue());
        assertEquals("cp", entry("ChargePointId").get("value").textValue());
        assertEquals("ws://host/cp", entry("CentralSystemURI").get("value").textValue());
    }

    @Test
    void anAddressWithAPasswordIsToldWithoutIt() {
        station.stop();
        station.address = URI.create("ws://user:secret@host/cp");
        station.start();
        assertEquals("ws://host/cp", entry("CentralSystemURI").get("value").textValue());
    }
}
