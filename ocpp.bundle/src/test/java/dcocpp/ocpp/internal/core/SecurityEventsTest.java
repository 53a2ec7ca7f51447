package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.session.CommandResult;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** Security events: what is told, in which order, and what is only logged. */
class SecurityEventsTest {

    private static final String EVENT = "SecurityEventNotification";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
        station.keys.put("Security.DisableSecurityEventNotifications", false);
    }

    private List<String> told() {
        return station.backOffice.requests(EVENT).stream().map(request -> request.payload().get("type").textValue()).toList();
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log").resolve("security.jsonl"));
    }

    private void anotherRun() {
        station.kill();
        station.run++;
        station.backOffice.forget();
        station.start();
    }

    /** The back office's clock is ahead: a critical event. */
    private void clockJumps() {
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"" + station.time.now().plusSeconds(60) + "\"}");
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}");
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"" + station.time.now() + "\"}");
    }

    @Test
    void theStartOfTheDeviceIsToldOnceAndABundleThatStartsIsNoDevice() {
        station.start();
        assertEquals(List.of("StartupOfTheDevice"), told());
        assertEquals("2026-01-01T00:00:00.000Z", station.backOffice.requests(EVENT).get(0).payload().get("timestamp").textValue());
        assertFalse(station.backOffice.requests(EVENT).get(0).payload().has("techInfo"));
        station.stop();
        station.start();
        assertEquals(1, told().size());
        anotherRun();
        assertEquals(List.of("StartupOfTheDevice"), told());
    }

    @Test
    void otherFirmwareIsToldInsteadOfTheStart() {
        station.start();
        station.keys.put("Internal.FirmwareVersion", "1.1.0");
        anotherRun();
        assertEquals(List.of("FirmwareUpdated"), told());
        assertEquals("from 1.0.0 to 1.1.0", station.backOffice.requests(EVENT).get(0).payload().get("techInfo").textValue());
    }

    @Test
    void aStartAfterAResetIsToldAsOne() {
        station.start();
        station.backOffice.call("Reset", "{\"type\":\"Hard\"}");
        anotherRun();
        assertEquals(List.of("ResetOrReboot"), told());
        anotherRun();
        assertEquals(List.of("StartupOfTheDevice"), told());
    }

    @Test
    void aResetThatCameToNothingLeavesNoTrace() {
        station.start();
        station.backOffice.call("Reset", "{\"type\":\"Hard\"}");
        // With one retry.
        for (int i = 0; i < 2; i++) {
            station.charger.results.get(i).complete(new CommandResult(CommandResult.Outcome.REJECTED, "no"));
            station.time.runDue();
        }
        anotherRun();
        assertEquals(List.of("StartupOfTheDevice"), told());
    }

    @Test
    void aSoftResetIsToldAfterTheBootThatFollows() {
        station.start();
        station.backOffice.forget();
        station.backOffice.call("Reset", "{\"type\":\"Soft\"}");
        station.post(station.point::afterSoftReset);
        station.charger.results.get(0).complete(CommandResult.DONE);
        station.time.runDue();
        assertTrue(told().isEmpty());
        station.advance(Duration.ofSeconds(10));
        assertEquals("BootNotification", station.backOffice.actions().get(0));
        assertEquals(List.of("ResetOrReboot"), told());
    }

    @Test
    void eventsWaitUntilTheBackOfficeHasAcceptedUs() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Pending", 30));
        station.start();
        assertTrue(told().isEmpty());
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Accepted", 300));
        station.advance(Duration.ofSeconds(30));
        assertEquals(List.of("StartupOfTheDevice"), told());
    }

    @Test
    void eventsMadeOfflineSurviveAKillAndComeInTheirOrder() {
        station.start();
        clockJumps();
        assertEquals(List.of("StartupOfTheDevice", "SettingSystemTime"), told());
        station.backOffice.answer(EVENT, payload -> FakeBackOffice.SILENCE);
        station.backOffice.forget();
        clockJumps();
        station.backOffice.call("InstallCertificate", "{\"certificateType\":\"CentralSystemRootCertificate\",\"certificate\":\"x\"}");
        station.backOffice.answer(EVENT, payload -> "{}");
        anotherRun();
        assertEquals(List.of("SettingSystemTime", "InvalidCentralSystemCertificate", "StartupOfTheDevice"), told());
        station.backOffice.forget();
        station.backOffice.hangUp();
        station.advance(Duration.ofSeconds(10));
        assertTrue(told().isEmpty(), "what was answered is not told again");
    }

    @Test
    void aBackOfficeThatDoesNotKnowThemIsAskedOncePerConnectionAndTransactionsGoOn() {
        station.backOffice.answer(EVENT, payload -> "!NotImplemented");
        station.start();
        clockJumps();
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("StartupOfTheDevice"), told());
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
        station.backOffice.answer(EVENT, payload -> "{}");
        station.backOffice.forget();
        station.backOffice.hangUp();
        station.advance(Duration.ofSeconds(10));
        assertEquals(List.of("StartupOfTheDevice", "SettingSystemTime"), told());
    }

    @Test
    void anEventThatIsNeverTakenIsGivenUpAndTheNextOneGoes() {
        station.backOffice.answer(EVENT, payload -> payload.get("type").textValue().equals("StartupOfTheDevice") ? "!InternalError" : "{}");
        station.start();
        clockJumps();
        assertEquals(1, told().size());
        station.advance(Duration.ofMinutes(10));
        assertEquals(List.of("StartupOfTheDevice", "StartupOfTheDevice", "StartupOfTheDevice", "SettingSystemTime"), told());
    }

    @Test
    void whatIsNotCriticalIsOnlyLoggedAndAFaultIsSaidOncePerConnection() throws Exception {
        station.start();
        for (String nonsense : List.of("no json", "[2,\"1\",\"Reset\",{}]", "[9]")) {
            station.backOffice.raw(nonsense);
        }
        assertEquals(List.of("StartupOfTheDevice"), told());
        assertEquals(1, log().split("InvalidMessages", -1).length - 1);
        station.backOffice.hangUp();
        station.advance(Duration.ofSeconds(10));
        station.backOffice.raw("[2,\"1\",\"Reset\",{}]");
        assertEquals(2, log().split("InvalidMessages", -1).length - 1);
        JsonNode last = new ObjectMapper().readTree(log().lines().reduce((first, second) -> second).orElseThrow());
        assertEquals("InvalidMessages", last.get("type").textValue());
        assertTrue(last.get("techInfo").textValue().startsWith("Reset: "), last.toString());
    }

    @Test
    void aChangedPasswordIsLoggedWithoutIt() throws Exception {
        station.start();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"AuthorizationKey\",\"value\":\"secretsecret\"}");
        assertTrue(log().contains("\"type\":\"ReconfigurationOfSecurityParameters\",\"techInfo\":\"AuthorizationKey\""), log());
        assertFalse(log().contains("secretsecret"));
    }

    @Test
    void disabledEventsAreLoggedAndNotTold() throws Exception {
        station.start();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"DisableSecurityEventNotifications\",\"value\":\"true\"}");
        clockJumps();
        assertEquals(List.of("StartupOfTheDevice"), told());
        assertTrue(log().contains("SettingSystemTime"));
    }

    @Test
    void aFullLogBecomesTheOldOne() throws Exception {
        Files.createDirectories(folder.resolve("log"));
        Files.writeString(folder.resolve("log").resolve("security.jsonl"), "x".repeat(1_000_001));
        station.start();
        assertEquals(1_000_001, Files.size(folder.resolve("log").resolve("security.jsonl.1")));
        assertEquals(1, log().lines().count());
    }
}
