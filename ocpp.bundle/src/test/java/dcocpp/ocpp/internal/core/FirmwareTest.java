package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.update.InstallJob.State;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.testing.FakeBackOffice;
import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** UpdateFirmware, its states one by one. */
class FirmwareTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    private JsonNode update(String more) {
        return station.backOffice.call("UpdateFirmware", "{\"location\":\"https://files/planner.jar\",\"retrieveDate\":\""
                + station.time.now() + "\"" + more + "}");
    }

    private List<String> told() {
        return station.backOffice.requests("FirmwareStatusNotification").stream()
                .map(request -> request.payload().get("status").textValue()).toList();
    }

    private String triggered() {
        station.backOffice.forget();
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"FirmwareStatusNotification\"}");
        assertEquals(1, told().size());
        return told().get(0);
    }

    private Path staged() {
        return folder.resolve("firmware").resolve("firmware.bin");
    }

    @Test
    void theProfileIsOffered() {
        String profiles = station.backOffice.call("GetConfiguration", "{\"key\":[\"SupportedFeatureProfiles\"]}").toString();
        assertTrue(profiles.contains("FirmwareManagement"), profiles);
    }

    @Test
    void theProtocolsOfTheConfigurationAreTold() {
        JsonNode answer = station.backOffice.call("GetConfiguration", "{\"key\":[\"SupportedFileTransferProtocols\"]}");
        assertEquals("{\"key\":\"SupportedFileTransferProtocols\",\"readonly\":true,\"value\":\"HTTPS\"}",
                answer.get("configurationKey").get(0).toString());
    }

    @Test
    void aBundleIsFetchedInstalledAndTold() {
        assertTrue(update("").isEmpty());
        assertEquals(List.of("https://files/planner.jar"), station.courier.journeys);
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
        assertArrayEquals(station.courier.content, station.installer.files.get(0));
        station.installer.becomes(State.SOAK);
        station.advance(SECOND.multipliedBy(90));
        assertEquals(3, told().size(), "nothing is told twice");
        assertEquals("Installing", triggered());
        station.installer.becomes(State.COMMITTED);
        station.backOffice.forget();
        station.advance(SECOND);
        assertEquals(List.of("Installed"), told());
        assertFalse(Files.exists(staged()));
        assertEquals("Idle", triggered());
    }

    @Test
    void nothingHappensBeforeTheRetrieveDate() {
        station.backOffice.call("UpdateFirmware", "{\"location\":\"https://files/x\",\"retrieveDate\":\""
                + station.time.now().plusSeconds(3600) + "\"}");
        station.advance(Duration.ofSeconds(3599));
        assertEquals(List.of(), told());
        assertTrue(station.courier.journeys.isEmpty());
        assertEquals("Idle", triggered());
        station.backOffice.forget();
        station.advance(SECOND);
        assertEquals("Downloading", told().get(0));
    }

    @Test
    void aClockThatIsSetForwardBringsTheRetrieveDateNearer() {
        station.backOffice.call("UpdateFirmware", "{\"location\":\"https://files/x\",\"retrieveDate\":\""
                + station.time.now().plusSeconds(36_000) + "\"}");
        station.time.adjust(station.time.now().plusSeconds(36_000));
        station.advance(Duration.ofSeconds(60));
        assertEquals("Downloading", told().get(0));
    }

    @Test
    void aDownloadThatFailsIsTriedAgainAfterTheInterval() {
        station.courier.fail(Kind.FAILED, Kind.FAILED);
        update(",\"retries\":2,\"retryInterval\":30");
        station.advance(Duration.ofSeconds(29));
        assertEquals(1, station.courier.journeys.size());
        station.advance(Duration.ofSeconds(31));
        assertEquals(3, station.courier.journeys.size());
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
    }

    @Test
    void aDownloadThatFailsTooOftenIsGivenUp() {
        station.courier.fail(Kind.FAILED, Kind.FAILED);
        update(",\"retries\":1,\"retryInterval\":30");
        station.advance(Duration.ofHours(1));
        assertEquals(2, station.courier.journeys.size());
        assertEquals(List.of("Downloading", "DownloadFailed"), told());
        assertTrue(station.installer.files.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
    void whatCannotSucceedIsNotTriedAgain(Kind kind) {
        station.courier.fail(kind);
        update(",\"retries\":5,\"retryInterval\":1");
        station.advance(Duration.ofHours(1));
        assertEquals(1, station.courier.journeys.size());
        assertEquals(List.of("Downloading", "DownloadFailed"), told());
    }

    @Test
    void aFileThatIsRefusedIsNoPretendedInstallation() {
        station.installer.answer = State.REFUSED;
        update("");
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("Downloading", "Downloaded", "Installing", "InstallationFailed"), told());
    }

    @Test
    void anInstallationThatFailsIsToldAndSoIsOneThatNobodyKnowsOf() {
        update("");
        station.installer.becomes(State.FAILED);
        station.advance(SECOND);
        assertEquals(List.of("Downloading", "Downloaded", "Installing", "InstallationFailed"), told());
        station.backOffice.forget();
        update("");
        station.installer.forget();
        station.advance(SECOND);
        assertEquals(List.of("Downloading", "Downloaded", "Installing", "InstallationFailed"), told());
    }

    @Test
    void withoutAnInstallingServiceTheInstallationFailsAfterAMinute() {
        station.installer = null;
        update("");
        station.advance(Duration.ofSeconds(59));
        assertEquals(List.of("Downloading", "Downloaded"), told());
        station.advance(Duration.ofSeconds(2));
        assertEquals(List.of("Downloading", "Downloaded", "Installing", "InstallationFailed"), told());
    }

    @Test
    void aBundleThatMustWaitForSessionsLetsNoNewOnesBegin() {
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        station.installer.answer = State.POSTPONED;
        update("");
        assertEquals(Set.of(0), station.charger.inoperative());
        assertEquals("Downloaded", triggered());
        station.advance(Duration.ofHours(1));
        assertEquals(1, station.installer.files.size(), "it is not asked over and over");
        station.installer.answer = State.STAGED;
        station.charger.finishing(1, "tx-1", "TAG");
        station.charger.connector(1, ConnectorStatus.AVAILABLE);
        station.backOffice.forget();
        station.changed();
        assertEquals(List.of("Installing"), told());
        assertEquals(Set.of(0), station.charger.inoperative());
        station.installer.becomes(State.COMMITTED);
        station.advance(SECOND);
        assertEquals(List.of("Installing", "Installed"), told());
        assertEquals(Set.of(), station.charger.inoperative());
    }

    @Test
    void whatTheBackOfficePutOutOfServiceStaysSoAfterAnUpdateThatWaited() {
        station.backOffice.call("ChangeAvailability", "{\"connectorId\":2,\"type\":\"Inoperative\"}");
        station.installer.answer = State.POSTPONED;
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        update("");
        assertEquals(Set.of(0, 2), station.charger.inoperative());
        station.stop();
        station.start();
        assertEquals(Set.of(0, 2), station.charger.inoperative(), "also over a restart");
        station.installer.answer = State.REFUSED;
        station.charger.connector(1, ConnectorStatus.AVAILABLE);
        station.changed();
        assertEquals(Set.of(2), station.charger.inoperative());
    }

    @Test
    void anotherUpdateTakesThePlaceOfOneThatIsNotInstalledYet() {
        station.courier.fail(Kind.FAILED);
        update(",\"retries\":5,\"retryInterval\":600");
        station.backOffice.call("UpdateFirmware",
                "{\"location\":\"https://files/other.jar\",\"retrieveDate\":\"" + station.time.now() + "\"}");
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("https://files/planner.jar", "https://files/other.jar"), station.courier.journeys);
        assertEquals(1, station.installer.files.size());
    }

    @Test
    void anotherUpdateDuringAnInstallationIsIgnored() {
        update("");
        station.backOffice.call("UpdateFirmware",
                "{\"location\":\"https://files/other.jar\",\"retrieveDate\":\"" + station.time.now() + "\"}");
        station.installer.becomes(State.COMMITTED);
        station.advance(SECOND);
        assertEquals(List.of("https://files/planner.jar"), station.courier.journeys);
        assertEquals(List.of("Downloading", "Downloaded", "Installing", "Installed"), told());
    }

    @Test
    void aProcessThatIsKilledDuringADownloadDownloadsAgainAndTellsNothingTwice() {
        station.courier.onTheWay = station::kill;
        station.backOffice.answer("FirmwareStatusNotification", payload -> "{}");
        update("");
        station.courier.onTheWay = () -> { };
        station.start();
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
        assertEquals(2, station.courier.journeys.size());
    }

    @Test
    void whatTheBackOfficeDidNotAnswerIsToldToItAgainInItsOrder() {
        station.backOffice.answer("FirmwareStatusNotification", payload -> FakeBackOffice.SILENCE);
        update("");
        assertEquals(List.of("Downloading"), told());
        station.kill();
        station.backOffice.forget();
        station.backOffice.answer("FirmwareStatusNotification", payload -> "{}");
        station.start();
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
    }

    @Test
    void anUnansweredStatusIsSentAgainOnTheSameConnection() {
        station.backOffice.answer("FirmwareStatusNotification", payload -> FakeBackOffice.SILENCE);
        update("");
        station.backOffice.answer("FirmwareStatusNotification", payload -> "{}");
        station.advance(Duration.ofSeconds(100));
        assertEquals(List.of("Downloading", "Downloading", "Downloaded", "Installing"), told());
    }

    @Test
    void aStatusThatTheBackOfficeRefusesDoesNotHoldUpTheOthers() {
        station.backOffice.answer("FirmwareStatusNotification", payload -> "!NotSupported");
        update("");
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
    }

    @Test
    void aBundleThatReplacesThisOneIsToldOfByWhoeverLivesAfterwards() {
        station.installer.onInstall = station::stop;
        update("");
        assertFalse(told().contains("Installing"), "the old one ended before it could know the answer");
        station.installer.onInstall = () -> { };
        station.start();
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
        assertEquals(1, station.installer.files.size(), "it is not handed in twice");
        station.installer.becomes(State.COMMITTED);
        station.advance(SECOND);
        assertEquals("Installed", told().get(3));
    }

    @Test
    void anInstallationThatEndedWhileNobodyWasThereIsTold() {
        update("");
        station.kill();
        station.installer.becomes(State.COMMITTED);
        station.backOffice.forget();
        station.start();
        assertEquals(List.of("Installed"), told());
    }

    @Test
    void aFileThatWasNotHandedInBeforeTheKillIsHandedInAfterIt() {
        station.installer.onInstall = () -> {
            station.kill();
            station.installer.forget();
        };
        update("");
        station.installer.onInstall = () -> { };
        station.start();
        assertEquals(2, station.installer.files.size());
        assertEquals(List.of("Downloading", "Downloaded", "Installing"), told());
    }

    @Test
    void anEarlierInstallationOfTheSameFileIsNotTakenForTheOneThatWasLost() {
        byte[] file = station.courier.content;
        update("");
        station.installer.becomes(State.COMMITTED);
        station.advance(SECOND);
        station.courier.content = new byte[] {4};
        update("");
        station.installer.becomes(State.COMMITTED);
        station.advance(SECOND);
        station.courier.content = file;
        station.installer.onInstall = () -> {
            station.kill();
            station.installer.forgetNewest(2);
        };
        update("");
        station.installer.onInstall = () -> { };
        station.start();
        assertEquals(4, station.installer.files.size());
    }

    @Test
    void aRecordThatCannotBeReadIsForgotten() {
        station.courier.fail(Kind.FAILED);
        update(",\"retries\":5,\"retryInterval\":600");
        station.stop();
        try (var store = new OcppStore(folder.resolve("db"))) {
            store.write(writer -> writer.fact("firmware.update", "{\"stage\":\"FROM_THE_FUTURE\"}"));
        }
        station.start();
        assertEquals("Idle", triggered());
    }
}
