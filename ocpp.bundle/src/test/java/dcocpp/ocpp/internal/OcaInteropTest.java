package dcocpp.ocpp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
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
        Bundle.await("accepted", () -> bundle.charger.link.state() == BackOfficeLink.State.ACCEPTED);
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
        Bundle.await("the stop is delivered", () -> bundle.journal.stopDelivery("tx-1").state() == Delivery.State.DELIVERED);
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
        Bundle.await("link lost", () -> bundle.charger.link.state() == BackOfficeLink.State.CONNECTING);
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
        Bundle.await("answers", () -> bundle.charger.answers.size() == 2);
        assertEquals(List.of(Verdict.BLOCKED, Verdict.ACCEPTED), bundle.charger.answers.stream().map(answer -> answer.verdict()).toList());
    }

    @Test
    void theBackOfficesCommandsReachTheController() throws Exception {
        assertEquals("Accepted", csms.chargePoint("cp 1").remoteStart(2, "REMOTE").get(30, TimeUnit.SECONDS));
        // The answer goes first, the command afterwards.
        Bundle.await("the command", () -> !bundle.charger.commands.isEmpty());
        assertInstanceOf(ChargerCommand.RemoteStart.class, bundle.charger.commands.get(0));
        begin();
        Bundle.await("the start is delivered", () -> bundle.journal.startDelivery("tx-1").state() == Delivery.State.DELIVERED);
        int id = Integer.parseInt(bundle.journal.startDelivery("tx-1").detail());
        assertEquals("Accepted", csms.chargePoint("cp 1").remoteStop(id).get(30, TimeUnit.SECONDS));
        assertEquals("Scheduled", csms.chargePoint("cp 1").changeAvailability(1, false).get(30, TimeUnit.SECONDS));
        assertEquals("Accepted", csms.chargePoint("cp 1").trigger("StatusNotification", 1).get(30, TimeUnit.SECONDS));
        assertEquals("Accepted", csms.chargePoint("cp 1").clearCache().get(30, TimeUnit.SECONDS));
        assertEquals("Accepted", csms.chargePoint("cp 1").reset(false).get(30, TimeUnit.SECONDS));
    }

    @Test
    void anUnlockIsAnsweredWhenItIsDone() throws Exception {
        var answer = csms.chargePoint("cp 1").unlock(1);
        Bundle.await("the command", () -> !bundle.charger.results.isEmpty());
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
    void aManualDisconnectAndConnectWork() throws Exception {
        bundle.component.disconnect();
        Bundle.await("gone", () -> csms.connected().isEmpty());
        Bundle.await("said so", () -> bundle.component.link().state() == BackOfficeLink.State.DISCONNECTED);
        bundle.component.connect();
        Bundle.await("back", () -> bundle.component.link().state() == BackOfficeLink.State.ACCEPTED);
    }
}
