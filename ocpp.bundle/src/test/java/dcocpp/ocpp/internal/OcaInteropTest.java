package dcocpp.ocpp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage.Direction;
import dcocpp.csms.OcppMessage;
import dcocpp.ocpp.internal.testing.Await;
import dcocpp.ocppcheck.FrameCheck;

/** Against a back office that others wrote: Java-OCA-OCPP, over a real WebSocket. */
class OcaInteropTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;
    private DemoCsms csms;
    private Bundle bundle;

    @BeforeEach
    void setUp() throws Exception {
        csms = DemoCsms.startEphemeral();
        bundle = new Bundle(folder, csms.uri().toString());
        bundle.start();
        csms.awaitCall("StatusNotification", PATIENCE);
        Await.until("accepted", () -> bundle.charger.link.state() == BackOfficeLink.State.ACCEPTED);
    }

    @AfterEach
    void tearDown() {
        bundle.stop();
        FrameCheck check = FrameCheck.ofTest();
        for (OcppMessage message : csms.log()) {
            if (message.direction() == Direction.FROM_CHARGER) {
                check.sent(message.frame());
            } else {
                check.received(message.frame());
            }
        }
        csms.close();
    }

    private void begin() {
        bundle.journal.started("tx-1", 1, "TAG1", 1_000_000);
        bundle.charger.charging(1, "tx-1", "TAG1");
        bundle.changed();
    }

    private void end() {
        bundle.journal.stopped("tx-1", 1, 6_500_000, StopReason.LOCAL, "TAG1");
        bundle.charger.finishing(1, "tx-1", "TAG1");
        bundle.changed();
    }

    private void awaitDelivered() throws InterruptedException {
        Await.until("the stop is delivered", () -> bundle.journal.stopDelivery("tx-1").state() == Delivery.State.DELIVERED);
    }

    private CsmsTransaction onlyTransaction() {
        List<CsmsTransaction> transactions = csms.transactions();
        assertEquals(1, transactions.size(), transactions.toString());
        assertEquals(List.of(), csms.failedStops());
        return transactions.get(0);
    }

    @Test
    void theChargePointRegistersUnderItsIdAndTellsAllStatuses() throws Exception {
        assertTrue(csms.connected().contains("cp 1"), csms.connected().toString());
        for (String connector : List.of("0", "1", "2")) {
            csms.await(message -> message.isCallFromCharger("StatusNotification")
                    && message.value("connectorId").filter(connector::equals).isPresent(), PATIENCE);
        }
    }

    @Test
    void aWholeTransactionArrivesWithItsEnergy() throws Exception {
        begin();
        csms.awaitCall("MeterValues", PATIENCE);
        end();
        awaitDelivered();
        assertEquals(OptionalLong.of(5500), onlyTransaction().energyWh());
    }

    @Test
    void aLostLinkAndAReplacedBundleLoseNothingAndDoubleNothing() throws Exception {
        begin();
        csms.awaitCall("StartTransaction", PATIENCE);
        csms.reachable(false);
        Await.until("link lost", () -> bundle.charger.link.state() == BackOfficeLink.State.CONNECTING);
        bundle.stop();
        end();
        bundle.start();
        csms.reachable(true);
        awaitDelivered();
        assertEquals(OptionalLong.of(5500), onlyTransaction().energyWh());
    }

    @Test
    void answersThatGetLostAreMadeUpForByTheSamePayload() throws Exception {
        csms.faults().refuse("StartTransaction", "InternalError", 1);
        begin();
        end();
        awaitDelivered();
        assertEquals(OptionalLong.of(5500), onlyTransaction().energyWh());
    }

    @Test
    void tagsAreAuthorizedByTheBackOffice() throws Exception {
        csms.policy(CsmsPolicy.acceptAll().withBlockedTags("BAD"));
        bundle.component.authorize(new AuthorizationRequest("1", 1, new Token("BAD", Token.Source.RFID), Long.MAX_VALUE));
        bundle.component.authorize(new AuthorizationRequest("2", 1, new Token("GOOD", Token.Source.RFID), Long.MAX_VALUE));
        Await.until("answers", () -> bundle.charger.answers.size() == 2);
        assertEquals(List.of(Verdict.BLOCKED, Verdict.ACCEPTED), bundle.charger.answers.stream().map(answer -> answer.verdict()).toList());
    }

    @Test
    void theBackOfficesCommandsReachTheController() throws Exception {
        assertEquals("Accepted", csms.chargePoint("cp 1").remoteStart(2, "REMOTE").get(30, TimeUnit.SECONDS));
        // The answer goes first, the command afterwards.
        Await.until("the command", () -> !bundle.charger.commands.isEmpty());
        assertInstanceOf(ChargerCommand.RemoteStart.class, bundle.charger.commands.get(0));
        begin();
        Await.until("the start is delivered", () -> bundle.journal.startDelivery("tx-1").state() == Delivery.State.DELIVERED);
        int id = Integer.parseInt(bundle.journal.startDelivery("tx-1").detail());
        assertEquals("Accepted", csms.chargePoint("cp 1").remoteStop(id).get(30, TimeUnit.SECONDS));
        assertEquals("Scheduled", csms.chargePoint("cp 1").changeAvailability(1, false).get(30, TimeUnit.SECONDS));
        assertEquals("Accepted", csms.chargePoint("cp 1").trigger("StatusNotification", 1).get(30, TimeUnit.SECONDS));
        assertEquals("Accepted", csms.chargePoint("cp 1").clearCache().get(30, TimeUnit.SECONDS));
        assertEquals("Accepted", csms.chargePoint("cp 1").reset(false).get(30, TimeUnit.SECONDS));
    }

    @Test
    void theBackOfficeSendsItsLocalListAndReserves() throws Exception {
        assertEquals("{\"status\":\"Accepted\"}", call("SendLocalList", "{\"listVersion\":3,\"updateType\":\"Full\","
                + "\"localAuthorizationList\":[{\"idTag\":\"LISTED\",\"idTagInfo\":{\"status\":\"Accepted\"}}]}"));
        assertEquals("{\"listVersion\":3}", call("GetLocalListVersion", "{}"));
        assertEquals("{\"status\":\"VersionMismatch\"}", call("SendLocalList", "{\"listVersion\":3,\"updateType\":\"Differential\"}"));
        String until = Instant.now().plusSeconds(600).toString();
        assertEquals("{\"status\":\"Accepted\"}", call("ReserveNow",
                "{\"reservationId\":7,\"connectorId\":1,\"idTag\":\"TAG\",\"expiryDate\":\"" + until + "\"}"));
        Await.until("the reservation", () -> bundle.charger.reservations().size() == 1);
        assertEquals("{\"status\":\"Accepted\"}", call("CancelReservation", "{\"reservationId\":7}"));
        assertEquals("{\"status\":\"Rejected\"}", call("CancelReservation", "{\"reservationId\":7}"));
    }

    private String call(String action, String payload) throws Exception {
        return csms.chargePoint("cp 1").call(action, payload).get(30, TimeUnit.SECONDS);
    }

    @Test
    void anUnlockIsAnsweredWhenItIsDone() throws Exception {
        var answer = csms.chargePoint("cp 1").unlock(1);
        Await.until("the command", () -> !bundle.charger.results.isEmpty());
        bundle.charger.results.get(0).complete(CommandResult.DONE);
        assertEquals("Unlocked", answer.get(30, TimeUnit.SECONDS));
    }

    @Test
    void keysAreReadAndChanged() throws Exception {
        assertEquals("Accepted", csms.chargePoint("cp 1").changeConfiguration("HeartbeatInterval", "77").get(30, TimeUnit.SECONDS));
        var read = csms.chargePoint("cp 1").getConfiguration("HeartbeatInterval", "NumberOfConnectors").get(30, TimeUnit.SECONDS);
        assertEquals("77", read.settings().get("HeartbeatInterval").value());
        assertEquals("2", read.settings().get("NumberOfConnectors").value());
    }

    @Test
    void aChargingProfileIsSetReportedAndCleared() throws Exception {
        assertEquals("Accepted", csms.chargePoint("cp 1").setChargingProfile(1, """
                {"chargingProfileId": 7, "stackLevel": 1, "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Relative",
                "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16.5},
                {"startPeriod": 60, "limit": 0}]}}""").get(30, TimeUnit.SECONDS));
        Await.until("the limit", () -> bundle.charger.limitW(1) == 11_385);
        String schedule = csms.chargePoint("cp 1").call("GetCompositeSchedule", "{\"connectorId\":1,\"duration\":300}")
                .get(30, TimeUnit.SECONDS);
        assertTrue(schedule.contains("16.5"), schedule);
        assertEquals("Accepted", csms.chargePoint("cp 1").setChargingProfile(0, """
                {"chargingProfileId": 8, "stackLevel": 0, "chargingProfilePurpose": "ChargePointMaxProfile",
                "chargingProfileKind": "Recurring", "recurrencyKind": "Daily", "chargingSchedule": {"duration": 86400,
                "startSchedule": "2026-01-01T00:00:00Z", "chargingRateUnit": "W", "chargingSchedulePeriod": [
                {"startPeriod": 0, "limit": 50000}]}}""").get(30, TimeUnit.SECONDS));
        Await.until("the site's limit", () -> bundle.charger.limitW(0) == 50_000);
        csms.chargePoint("cp 1").call("ClearChargingProfile", "{}").get(30, TimeUnit.SECONDS);
        Await.until("no limit", () -> bundle.charger.limits().isEmpty());
    }

    @Test
    void aManualDisconnectAndConnectWork() throws Exception {
        bundle.component.disconnect();
        Await.until("gone", () -> csms.connected().isEmpty());
        Await.until("said so", () -> bundle.component.link().state() == BackOfficeLink.State.DISCONNECTED);
        bundle.component.connect();
        Await.until("back", () -> bundle.component.link().state() == BackOfficeLink.State.ACCEPTED);
    }
}
