package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GetConfiguration and ChangeConfiguration. */
class ConfigurationTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    private String change(String key, String value) {
        return station.backOffice.call("ChangeConfiguration", "{\"key\":\"" + key + "\",\"value\":\"" + value + "\"}").get("status")
                .textValue();
    }

    private String value(String key) {
        return station.backOffice.call("GetConfiguration", "{\"key\":[\"" + key + "\"]}").at("/configurationKey/0/value").textValue();
    }

    @Test
    void anEmptyListMeansAllKeysThatCanBeRead() {
        JsonNode all = station.backOffice.call("GetConfiguration", "{\"key\":[]}");
        assertEquals(all, station.backOffice.call("GetConfiguration", "{}"));
        List<String> names = new ArrayList<>();
        all.get("configurationKey").forEach(item -> names.add(item.get("key").textValue()));
        assertTrue(names.containsAll(List.of("HeartbeatInterval", "NumberOfConnectors", "SupportedFeatureProfiles")), names.toString());
        assertFalse(names.contains("AuthorizationKey"));
        assertFalse(all.has("unknownKey"));
    }

    @Test
    void keysComeBackInTheOrderTheyWereAskedForAndUnknownOnesAreNamed() {
        JsonNode answer = station.backOffice.call("GetConfiguration",
                "{\"key\":[\"NumberOfConnectors\",\"NoSuchKey\",\"heartbeatinterval\",\"AuthorizationKey\"]}");
        assertEquals("""
                {"configurationKey":[{"key":"NumberOfConnectors","readonly":true,"value":"2"},\
                {"key":"HeartbeatInterval","readonly":false,"value":"300"},{"key":"AuthorizationKey","readonly":false}],\
                "unknownKey":["NoSuchKey"]}""", answer.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "MeterValueSampleInterval # 15 # Accepted",
        "MeterValueSampleInterval # -1 # Rejected",
        "MeterValueSampleInterval # fast # Rejected",
        "MeterValueSampleInterval # 1.5 # Rejected",
        "LocalPreAuthorize # TRUE # Accepted",
        "LocalPreAuthorize # yes # Rejected",
        "MeterValuesSampledData # SoC,Voltage # Accepted",
        "MeterValuesSampledData # SoC,Frequency # Rejected",
        "MeterValuesSampledData # SoC,SoC # Rejected",
        "NumberOfConnectors # 5 # Rejected",
        "LocalAuthListEnabled # true # Accepted",
        "NoSuchKey # 1 # NotSupported",
        "AuthorizationKey # short # Rejected"})
    void aChangeIsCheckedByAccessTypeAndRange(String key, String value, String expected) {
        assertEquals(expected, change(key, value));
    }

    @Test
    void aRejectedValueChangesNothing() {
        change("MeterValuesSampledData", "SoC,Frequency");
        assertEquals("Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC", value("MeterValuesSampledData"));
    }

    @Test
    void whatTheBackOfficeSetsSurvivesARestartAndWinsOverTheFile() {
        change("MeterValueSampleInterval", "15");
        station.stop();
        station.keys.put("Core.MeterValueSampleInterval", 99);
        station.start();
        assertEquals("15", value("MeterValueSampleInterval"));
    }

    @Test
    void anotherBaseConfigurationCountsWithoutANewConnection() {
        station.keys.put("Core.MinimumStatusDuration", 7.0);
        station.post(() -> station.point.rebase(station.keys));
        assertEquals("7", value("MinimumStatusDuration"));
        assertEquals(1, station.backOffice.connections());
    }

    @Test
    void onlyProfilesThatAreOfferedAreListed() {
        station.stop();
        station.keys.put("Core.SupportedFeatureProfiles", "Core,SmartCharging,Nonsense");
        station.start();
        assertEquals("Core,FirmwareManagement,LocalAuthListManagement,RemoteTrigger,Reservation,SmartCharging",
                value("SupportedFeatureProfiles"));
    }

    @Test
    void aNewAuthorizationKeyIsKeptSecretAndUsedWithTheNextConnection() throws Exception {
        station.stop();
        station.keys.put("Security.SecurityProfile", 1);
        station.start();
        assertEquals("Accepted", change("AuthorizationKey", "736563726574736563726574"));
        assertEquals(2, station.backOffice.connections());
        station.advance(Duration.ofSeconds(10));
        assertEquals(3, station.backOffice.connections());
        assertEquals("secretsecret", station.backOffice.lastSettings().password());
        assertEquals("cp", station.backOffice.lastSettings().user());
        String log = Files.readString(folder.resolve("log").resolve(MessageLog.FILE));
        assertTrue(log.contains("\"key\":\"AuthorizationKey\",\"value\":\"***\""), log);
        assertFalse(log.contains("736563"), "the log tells no secret");
    }

    @Test
    void aDamagedUserFileIsSaidAndDoesNotKeepTheChargerFromRunning() throws Exception {
        change("MeterValueSampleInterval", "15");
        station.stop();
        Files.writeString(folder.resolve("user.json"), "{ not json");
        station.start();
        assertEquals("0", value("MeterValueSampleInterval"));
    }
}
