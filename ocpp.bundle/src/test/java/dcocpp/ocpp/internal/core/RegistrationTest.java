package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** BootNotification, Heartbeat, and the clock. */
class RegistrationTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    @Test
    void bootNotificationComesFirstAndOnceAndThenAllStatuses() {
        station.start();
        assertEquals(List.of("BootNotification", "StatusNotification", "StatusNotification", "StatusNotification"),
                station.backOffice.actions());
        assertEquals("{\"chargePointVendor\":\"DC OCPP\",\"chargePointModel\":\"Ring 12\",\"firmwareVersion\":\"1.0.0\"}",
                station.backOffice.requests().get(0).payload().toString());
        assertEquals(BackOfficeLink.State.ACCEPTED, station.point.link().state());
        assertEquals(BackOfficeLink.State.ACCEPTED, station.charger.link.state());
    }

    @Test
    void withoutAnAddressItStaysOfflineAndSaysWhy() {
        station.address = null;
        station.start();
        station.post(station.point::connect);
        station.advance(Duration.ofHours(1));
        assertEquals(BackOfficeLink.State.DISCONNECTED, station.point.link().state());
        assertTrue(station.point.link().detail().contains("centralSystemURI"), station.point.link().detail());
        assertEquals(List.of(), station.backOffice.actions());
    }

    @Test
    void theIntervalOfTheAnswerIsTheHeartbeatInterval() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Accepted", 120));
        station.start();
        station.advance(Duration.ofSeconds(119));
        assertEquals(0, station.backOffice.requests("Heartbeat").size());
        station.advance(Duration.ofSeconds(121));
        assertEquals(2, station.backOffice.requests("Heartbeat").size());
        assertEquals("120", station.backOffice.call("GetConfiguration", "{\"key\":[\"HeartbeatInterval\"]}")
                .at("/configurationKey/0/value").textValue());
    }

    @Test
    void anotherHeartbeatIntervalCountsAtOnce() {
        station.start();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"HeartbeatInterval\",\"value\":\"10\"}");
        station.advance(Duration.ofSeconds(10));
        assertEquals(1, station.backOffice.requests("Heartbeat").size());
    }

    @Test
    void pendingSendsNothingButBootNotificationAfterTheInterval() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Pending", 20));
        station.start();
        station.charger.connector(1, ConnectorStatus.PREPARING);
        station.journal.started("tx-1", 1, "TAG", 0);
        station.changed();
        station.advance(Duration.ofSeconds(19));
        assertEquals(List.of("BootNotification"), station.backOffice.actions());
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Accepted", 300));
        station.advance(Duration.ofSeconds(1));
        assertEquals(List.of("BootNotification", "BootNotification", "StatusNotification", "StatusNotification", "StatusNotification",
                "StartTransaction"), station.backOffice.actions());
    }

    @Test
    void pendingAnswersCallsButStartsNothing() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Pending", 20));
        station.start();
        assertTrue(station.backOffice.call("GetConfiguration", "{\"key\":[]}").get("configurationKey").size() > 20);
        assertEquals("Rejected", station.backOffice.call("RemoteStartTransaction", "{\"idTag\":\"A\"}").get("status").textValue());
        assertEquals("Rejected", station.backOffice.call("RemoteStopTransaction", "{\"transactionId\":1}").get("status").textValue());
    }

    @Test
    void pendingSendsWhatTheBackOfficeTriggers() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Pending", 20));
        station.start();
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"StatusNotification\",\"connectorId\":1}");
        assertEquals(List.of("BootNotification", "StatusNotification"), station.backOffice.actions());
    }

    @Test
    void rejectedAnswersNothingAndTriesAgainAfterTheInterval() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Rejected", 600));
        station.start();
        station.backOffice.raw("[2,\"x\",\"GetConfiguration\",{}]");
        assertTrue(station.backOffice.replies().isEmpty());
        station.advance(Duration.ofSeconds(599));
        assertEquals(List.of("BootNotification"), station.backOffice.actions());
        station.advance(Duration.ofSeconds(1));
        assertEquals(2, station.backOffice.actions().size());
    }

    @Test
    void callsThatComeBeforeTheBootIsAnsweredAreAnswered() {
        station.backOffice.answer("BootNotification", payload -> FakeBackOffice.SILENCE);
        station.start();
        assertTrue(station.backOffice.call("GetConfiguration", "{\"key\":[]}").get("configurationKey").size() > 20);
        assertEquals("Rejected", station.backOffice.call("RemoteStartTransaction", "{\"idTag\":\"A\"}").get("status").textValue());
    }

    @Test
    void anErrorOrSilenceIsAnsweredByAnotherTryAfterAMinute() {
        station.backOffice.answer("BootNotification", payload -> "!InternalError");
        station.start();
        station.backOffice.answer("BootNotification", payload -> FakeBackOffice.SILENCE);
        station.advance(Duration.ofSeconds(60));
        assertEquals(2, station.backOffice.requests("BootNotification").size());
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Accepted", 300));
        station.advance(Duration.ofSeconds(90));
        assertEquals(BackOfficeLink.State.ACCEPTED, station.point.link().state());
    }

    @Test
    void aLaterConnectionGoesOnWithoutABootButWithAllStatuses() {
        station.start();
        station.backOffice.forget();
        station.backOffice.hangUp();
        assertEquals(BackOfficeLink.State.CONNECTING, station.charger.link.state());
        station.advance(Duration.ofSeconds(3));
        assertEquals(List.of("StatusNotification", "StatusNotification", "StatusNotification"), station.backOffice.actions());
    }

    @Test
    void aConnectionLostBeforeTheAnswerBeginsWithABootAgain() {
        station.backOffice.answer("BootNotification", payload -> FakeBackOffice.SILENCE);
        station.start();
        station.backOffice.hangUp();
        station.advance(Duration.ofSeconds(3));
        assertEquals(2, station.backOffice.requests("BootNotification").size());
    }

    @Test
    void theClockFollowsTheBackOfficeAndSmallDifferencesAreNone() {
        station.backOffice.answer("BootNotification", payload ->
                "{\"status\":\"Accepted\",\"currentTime\":\"2026-06-01T12:00:00.250Z\",\"interval\":60}");
        station.start();
        assertEquals(Instant.parse("2026-06-01T12:00:00.250Z"), station.time.now());
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"2026-06-01T12:01:01.150Z\"}");
        station.advance(Duration.ofSeconds(60));
        assertEquals(Instant.parse("2026-06-01T12:01:00.250Z"), station.time.now());
    }

    private void triggerHeartbeat() {
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}");
    }

    private void answerHeartbeat(int index, String currentTime) {
        String id = station.backOffice.requests("Heartbeat").get(index).id();
        station.backOffice.raw("[3,\"" + id + "\",{\"currentTime\":\"" + currentTime + "\"}]");
    }

    @Test
    void theClockIsSetWithHalfOfTheWayThereAndBackAndNotWithTheWaitInTheQueue() {
        station.start();
        station.backOffice.answer("Heartbeat", payload -> FakeBackOffice.SILENCE);
        triggerHeartbeat();
        triggerHeartbeat();
        station.advance(Duration.ofSeconds(4));
        answerHeartbeat(0, "2026-06-01T12:00:00.250Z");
        assertEquals(Instant.parse("2026-06-01T12:00:02.250Z"), station.time.now());
        station.advance(Duration.ofSeconds(1));
        answerHeartbeat(1, "2026-06-01T13:00:00.250Z");
        assertEquals(Instant.parse("2026-06-01T13:00:00.750Z"), station.time.now());
    }

    @Test
    void whenTheMachinesClockIsSetTheTimeIsAskedForAlsoOnceTheBackOfficeIsBack() {
        station.start();
        station.time.machineStep(Duration.ofHours(2));
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"2026-01-01T00:00:10.250Z\"}");
        station.advance(Duration.ofSeconds(10));
        assertEquals(1, station.backOffice.requests("Heartbeat").size());
        assertEquals(Instant.parse("2026-01-01T00:00:10.250Z"), station.time.now());
        station.backOffice.reachable(false);
        station.backOffice.hangUp();
        station.time.machineStep(Duration.ZERO);
        station.advance(Duration.ofMinutes(5));
        station.backOffice.reachable(true);
        while (station.backOffice.connections() == 1) {
            station.advance(Duration.ofSeconds(1));
        }
        station.advance(Duration.ofSeconds(10));
        assertEquals(2, station.backOffice.requests("Heartbeat").size());
    }

    @Test
    void aSoftResetLeavesADisconnectedChargerDisconnectedAndItBootsOnceItIsConnected() {
        station.start();
        station.post(station.point::disconnect);
        station.backOffice.forget();
        station.post(station.point::afterSoftReset);
        station.advance(Duration.ofHours(1));
        assertEquals(1, station.backOffice.connections());
        station.post(station.point::connect);
        assertEquals("BootNotification", station.backOffice.actions().get(0));
    }

    @Test
    void aManualDisconnectLastsOverARestartUntilConnect() {
        station.start();
        station.post(station.point::disconnect);
        assertEquals(BackOfficeLink.State.DISCONNECTED, station.charger.link.state());
        assertTrue(station.backOffice.closedWith().startsWith("1000"), station.backOffice.closedWith());
        station.stop();
        station.start();
        station.advance(Duration.ofHours(1));
        assertEquals(1, station.backOffice.connections());
        station.post(station.point::connect);
        assertEquals(2, station.backOffice.connections());
        assertEquals(BackOfficeLink.State.ACCEPTED, station.charger.link.state());
    }
}
