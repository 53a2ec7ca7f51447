package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dcocpp.api.journal.Token;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;

/** What the back office may ask for. */
class CallsTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    private String status(String action, String payload) {
        return station.backOffice.call(action, payload).get("status").textValue();
    }

    /** A token is being asked about, or has been accepted, and nothing has started. */
    private void preparing(SessionPhase phase, Token.Source source) {
        station.charger.session(1, ConnectorStatus.PREPARING, new SessionSnapshot("s", phase, new Token("CARD", source), null,
                station.time.now(), null, null, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"AUTHORIZING,RFID,Accepted", "AUTHORIZING,AUTOCHARGE,Accepted", "AUTHORIZING,REMOTE_START,Rejected",
        "WAITING_FOR_VEHICLE,RFID,Rejected"})
    void aRemoteStartGoesBeforeATokenThatIsStillAskedAbout(SessionPhase phase, Token.Source source, String expected) {
        preparing(phase, source);
        assertEquals(expected, status("RemoteStartTransaction", "{\"connectorId\":1,\"idTag\":\"A\"}"));
    }

    private void transaction() {
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
    }

    private <T extends ChargerCommand> T command(Class<T> type) {
        return assertInstanceOf(type, station.charger.commands.get(station.charger.commands.size() - 1));
    }

    @Test
    void aRemoteStartIsAnsweredAndThenHandedToTheController() {
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"REMOTE\"}"));
        ChargerCommand.RemoteStart start = command(ChargerCommand.RemoteStart.class);
        assertEquals(2, start.connectorId());
        assertEquals("REMOTE", start.token().idTag());
        assertFalse(start.authorized(), "AuthorizeRemoteTxRequests is true: the back office is asked");
        assertEquals(station.time.nanoTime() + Duration.ofSeconds(60).toNanos(), start.deadlineNanos());
    }

    @Test
    void aRemoteStartWithoutConnectorTakesAnyThatIsFree() {
        station.charger.connector(1, ConnectorStatus.FAULTED);
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"idTag\":\"REMOTE\"}"));
        assertEquals(0, command(ChargerCommand.RemoteStart.class).connectorId());
        station.charger.connector(2, ConnectorStatus.UNAVAILABLE);
        assertEquals("Rejected", status("RemoteStartTransaction", "{\"idTag\":\"REMOTE\"}"));
    }

    @Test
    void withoutAuthorizeRemoteTxRequestsTheTokenIsAcceptedAlready() {
        status("ChangeConfiguration", "{\"key\":\"AuthorizeRemoteTxRequests\",\"value\":\"false\"}");
        status("RemoteStartTransaction", "{\"idTag\":\"REMOTE\"}");
        assertTrue(command(ChargerCommand.RemoteStart.class).authorized());
    }

    @ParameterizedTest
    @CsvSource({"CHARGING", "FINISHING", "UNAVAILABLE", "FAULTED", "RESERVED", "SUSPENDED_EV"})
    void aRemoteStartIsRejectedWhereNobodyCanStart(ConnectorStatus status) {
        station.charger.connector(1, status);
        assertEquals("Rejected", status("RemoteStartTransaction", "{\"connectorId\":1,\"idTag\":\"A\"}"));
        assertTrue(station.charger.commands.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "-1"})
    void aRemoteStartAtNoConnectorIsRejected(int connectorId) {
        assertEquals("Rejected", status("RemoteStartTransaction", "{\"connectorId\":" + connectorId + ",\"idTag\":\"A\"}"));
    }

    @Test
    void aRemoteStopNamesOurTransaction() {
        transaction();
        assertEquals("Rejected", status("RemoteStopTransaction", "{\"transactionId\":99}"));
        assertEquals("Accepted", status("RemoteStopTransaction", "{\"transactionId\":100}"));
        assertEquals("tx-1", command(ChargerCommand.RemoteStop.class).transactionId());
    }

    @Test
    void aRemoteStopOfAnEndedTransactionIsRejected() {
        transaction();
        station.charger.finishing(1, "tx-1", "TAG");
        assertEquals("Rejected", status("RemoteStopTransaction", "{\"transactionId\":100}"));
    }

    @Test
    void withoutAControllerEverythingIsRejected() {
        transaction();
        station.charger.vanish();
        assertEquals("Rejected", status("RemoteStartTransaction", "{\"idTag\":\"A\"}"));
        assertEquals("Rejected", status("RemoteStopTransaction", "{\"transactionId\":100}"));
        assertEquals("Rejected", status("ChangeAvailability", "{\"connectorId\":1,\"type\":\"Inoperative\"}"));
        assertEquals("Rejected", status("Reset", "{\"type\":\"Soft\"}"));
        assertEquals("Rejected", status("TriggerMessage", "{\"requestedMessage\":\"MeterValues\"}"));
    }

    @ParameterizedTest
    @CsvSource({"DONE,Unlocked", "FAILED,UnlockFailed", "EXPIRED,UnlockFailed", "REJECTED,UnlockFailed", "NOT_SUPPORTED,NotSupported"})
    void anUnlockIsAnsweredWhenTheLockHasMoved(CommandResult.Outcome outcome, String expected) {
        station.backOffice.raw("[2,\"u\",\"UnlockConnector\",{\"connectorId\":1}]");
        assertTrue(station.backOffice.replies().isEmpty());
        station.charger.results.get(0).complete(new CommandResult(outcome, ""));
        station.time.runDue();
        assertEquals("[3,\"u\",{\"status\":\"" + expected + "\"}]", station.backOffice.replies().get(0));
    }

    @Test
    void anUnlockOfNoConnectorIsNotSupported() {
        assertEquals("NotSupported", status("UnlockConnector", "{\"connectorId\":0}"));
        assertEquals("NotSupported", status("UnlockConnector", "{\"connectorId\":7}"));
    }

    @Test
    void availabilityIsKeptAndHandedToTheControllerWithARisingNumber() {
        assertEquals("Accepted", status("ChangeAvailability", "{\"connectorId\":2,\"type\":\"Inoperative\"}"));
        assertEquals(Set.of(2), station.charger.inoperative());
        assertEquals("Accepted", status("ChangeAvailability", "{\"connectorId\":2,\"type\":\"Operative\"}"));
        assertEquals(Set.of(), station.charger.inoperative());
        assertTrue(station.charger.wishes.get(1).number() > station.charger.wishes.get(0).number());
    }

    @Test
    void availabilitySurvivesARestart() {
        status("ChangeAvailability", "{\"connectorId\":2,\"type\":\"Inoperative\"}");
        station.stop();
        station.charger.wishes.clear();
        station.start();
        assertEquals(Set.of(2), station.charger.inoperative());
    }

    @Test
    void aScheduledChangeSurvivesARestartAndRepeatingItIsScheduledAgain() {
        transaction();
        assertEquals("Scheduled", status("ChangeAvailability", "{\"connectorId\":1,\"type\":\"Inoperative\"}"));
        assertEquals("Scheduled", status("ChangeAvailability", "{\"connectorId\":1,\"type\":\"Inoperative\"}"));
        station.stop();
        station.charger.wishes.clear();
        station.start();
        assertEquals(Set.of(1), station.charger.inoperative());
        station.charger.finishing(1, "tx-1", "TAG");
        assertEquals("Accepted", status("ChangeAvailability", "{\"connectorId\":1,\"type\":\"Inoperative\"}"));
    }

    @Test
    void connectorZeroIsTheWholeChargerAndARunningTransactionMakesItScheduled() {
        transaction();
        assertEquals("Scheduled", status("ChangeAvailability", "{\"connectorId\":1,\"type\":\"Inoperative\"}"));
        assertEquals("Scheduled", status("ChangeAvailability", "{\"connectorId\":0,\"type\":\"Inoperative\"}"));
        assertEquals(Set.of(0, 1, 2), station.charger.inoperative());
        station.changed();
        assertEquals("Unavailable", station.backOffice.requests("StatusNotification").stream()
                .filter(request -> request.payload().get("connectorId").intValue() == 0)
                .reduce((first, second) -> second).orElseThrow().payload().get("status").textValue());
        assertEquals("Accepted", status("ChangeAvailability", "{\"connectorId\":0,\"type\":\"Operative\"}"));
        assertEquals(Set.of(), station.charger.inoperative());
    }

    @Test
    void aSoftResetReconnectsWithABootNotification() {
        assertEquals("Accepted", status("Reset", "{\"type\":\"Soft\"}"));
        assertFalse(command(ChargerCommand.Reset.class).hard());
        station.backOffice.forget();
        station.post(station.point::afterSoftReset);
        station.charger.results.get(0).complete(CommandResult.DONE);
        station.time.runDue();
        station.advance(Duration.ofSeconds(3));
        assertEquals("BootNotification", station.backOffice.actions().get(0));
        assertEquals(1, station.backOffice.requests("BootNotification").size());
    }

    @Test
    void aResetLeavesTimeToTellOfTheTransactionsItEnds() {
        station.stop();
        station.keys.put("Internal.WaitForStopTransactionsOnResetTimeout", 90);
        station.start();
        status("Reset", "{\"type\":\"Soft\"}");
        assertEquals(station.time.nanoTime() + Duration.ofSeconds(30 + 90).toNanos(), command(ChargerCommand.Reset.class).deadlineNanos());
    }

    @Test
    void theControllerKnowsConnectionTimeOutFromTheStartAndWhenItChanges() {
        assertEquals(Duration.ofSeconds(60), station.charger.plugInTimeout);
        assertEquals("Accepted", status("ChangeConfiguration", "{\"key\":\"ConnectionTimeOut\",\"value\":\"25\"}"));
        assertEquals(Duration.ofSeconds(25), station.charger.plugInTimeout);
        status("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"REMOTE\"}");
        assertEquals(station.time.nanoTime() + Duration.ofSeconds(25).toNanos(), command(ChargerCommand.RemoteStart.class).deadlineNanos());
    }

    @Test
    void aResetThatDoesNotWorkIsTriedAgainResetRetriesTimes() {
        status("ChangeConfiguration", "{\"key\":\"ResetRetries\",\"value\":\"2\"}");
        status("Reset", "{\"type\":\"Hard\"}");
        for (int i = 0; i < station.charger.results.size(); i++) {
            station.charger.results.get(i).complete(new CommandResult(CommandResult.Outcome.FAILED, "a bundle does not end"));
            station.time.runDue();
        }
        assertEquals(3, station.charger.commands.size());
        assertEquals(3, station.charger.commands.stream().map(ChargerCommand::commandId).distinct().count());
    }

    @ParameterizedTest
    @EnumSource(value = CommandResult.Outcome.class, names = {"DONE", "FAILED"})
    void aRemoteStartIsRejectedUntilAResetHasHappenedOrComeToNothing(CommandResult.Outcome outcome) {
        status("ChangeConfiguration", "{\"key\":\"ResetRetries\",\"value\":\"0\"}");
        status("Reset", "{\"type\":\"Soft\"}");
        assertEquals("Rejected", status("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"REMOTE\"}"));
        station.charger.results.get(0).complete(new CommandResult(outcome, ""));
        station.time.runDue();
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"REMOTE\"}"));
    }

    @Test
    void aHardResetIsAnsweredBeforeAnythingHappens() {
        assertEquals("Accepted", status("Reset", "{\"type\":\"Hard\"}"));
        assertTrue(command(ChargerCommand.Reset.class).hard());
    }

    @ParameterizedTest
    @CsvSource({"BootNotification", "Heartbeat", "StatusNotification", "MeterValues"})
    void aTriggeredMessageFollowsTheAnswer(String message) {
        assertEquals("Accepted", status("TriggerMessage", "{\"requestedMessage\":\"" + message + "\"}"));
        assertTrue(station.backOffice.actions().contains(message));
    }

    @Test
    void aTriggeredMeterValueCarriesContextAndTransaction() {
        transaction();
        station.backOffice.forget();
        status("TriggerMessage", "{\"requestedMessage\":\"MeterValues\",\"connectorId\":1}");
        var payload = station.backOffice.requests("MeterValues").get(0).payload();
        assertEquals(100, payload.get("transactionId").intValue());
        assertEquals("Trigger", payload.at("/meterValue/0/sampledValue/0/context").textValue());
        assertEquals(1, station.backOffice.requests().size());
    }

    @Test
    void aTriggerForMeterValuesOfWhichNoneIsListedIsRejected() {
        status("ChangeConfiguration", "{\"key\":\"MeterValuesSampledData\",\"value\":\"\"}");
        assertEquals("Rejected", status("TriggerMessage", "{\"requestedMessage\":\"MeterValues\"}"));
        assertEquals("Rejected", status("TriggerMessage", "{\"requestedMessage\":\"MeterValues\",\"connectorId\":1}"));
        assertTrue(station.backOffice.requests("MeterValues").isEmpty());
    }

    @Test
    void aTriggerForNoConnectorIsRejected() {
        assertEquals("Rejected", status("TriggerMessage", "{\"requestedMessage\":\"StatusNotification\",\"connectorId\":9}"));
        assertEquals("Rejected", status("TriggerMessage", "{\"requestedMessage\":\"MeterValues\",\"connectorId\":0}"));
    }

    @Test
    void dataTransferOfAnUnknownVendorIsAnsweredSo() {
        assertEquals("UnknownVendorId", status("DataTransfer", "{\"vendorId\":\"com.example\",\"data\":\"x\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "Nonsense # {} # NotImplemented",
        "Heartbeat # {} # NotSupported",
        "ReserveNow # {} # FormationViolation",
        "SendLocalList # {} # FormationViolation",
        "UpdateFirmware # {} # FormationViolation",
        "GetLog # {} # FormationViolation",
        "Reset # {} # FormationViolation",
        "Reset # {\"type\":\"soft\"} # FormationViolation",
        "ChangeConfiguration # {\"key\":5,\"value\":\"x\"} # FormationViolation"})
    void badInputHasTheRightErrorAndTheConnectionGoesOn(String action, String payload, String code) {
        assertEquals(code, station.backOffice.call(action, payload).textValue());
        assertEquals("Accepted", status("ClearCache", "{}"));
    }

    @Test
    void severalCallsAtOnceAreAllAnsweredInTheirOrder() {
        station.backOffice.raw("[2,\"1\",\"UnlockConnector\",{\"connectorId\":1}]");
        station.backOffice.raw("[2,\"2\",\"ClearCache\",{}]");
        station.backOffice.raw("[2,\"3\",\"DataTransfer\",{\"vendorId\":\"x\"}]");
        station.charger.results.get(0).complete(CommandResult.DONE);
        station.time.runDue();
        assertEquals(List.of("1", "2", "3"), station.backOffice.replies().stream().map(reply -> reply.split("\"")[1]).toList());
    }

    @Test
    void fieldsThatAreNotKnownAreIgnoredUnlessTheConfigurationSaysOtherwise() {
        String call = "{\"key\":[\"NumberOfConnectors\"],\"customData\":{\"vendorId\":\"x\"}}";
        assertTrue(station.backOffice.call("GetConfiguration", call).has("configurationKey"));
        station.stop();
        station.keys.put("Internal.RejectUnknownFields", true);
        station.start();
        assertEquals("FormationViolation", station.backOffice.call("GetConfiguration", call).textValue());
    }
}
