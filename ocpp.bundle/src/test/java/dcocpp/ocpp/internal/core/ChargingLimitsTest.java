package dcocpp.ocpp.internal.core;

import static dcocpp.ocpp.internal.core.ProfilePayload.profile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** What the controller is told of charging profiles, and when. */
class ChargingLimitsTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
    }

    private void set(ProfilePayload payload) {
        assertEquals("Accepted", station.backOffice.call("SetChargingProfile", payload.toString()).get("status").textValue());
    }

    private boolean installed(int id) {
        return station.backOffice.call("ClearChargingProfile", "{\"id\":" + id + "}").get("status").textValue().equals("Accepted");
    }

    private void begin(String transactionId) {
        station.journal.started(transactionId, 1, "TAG", 0);
        station.charger.charging(1, transactionId, "TAG");
        station.changed();
    }

    private void end(String transactionId) {
        station.journal.stopped(transactionId, 1, 1_000_000, StopReason.LOCAL, "TAG");
        station.charger.finishing(1, transactionId, "TAG");
        station.changed();
    }

    private String remoteStart(ProfilePayload payload) {
        return station.backOffice.call("RemoteStartTransaction",
                "{\"connectorId\":1,\"idTag\":\"REMOTE\",\"chargingProfile\":" + payload.profile() + "}").get("status").textValue();
    }

    private void remoteStartEnds(CommandResult.Outcome outcome) {
        station.charger.results.get(station.charger.results.size() - 1).complete(new CommandResult(outcome, ""));
        station.time.runDue();
    }

    private ProfilePayload relative(int id, String purpose) {
        return profile(id, purpose).with("chargingProfileKind", "\"Relative\"")
                .periods("[{\"startPeriod\":0,\"limit\":11000},{\"startPeriod\":100,\"limit\":7000}]");
    }

    // ---- profiles and transactions

    @Test
    void aTxProfileGoesWithItsTransaction() {
        set(profile(1, "TxDefaultProfile").watts(5_000));
        begin("tx-1");
        set(profile(2, "TxProfile").watts(22_000));
        assertEquals(22_000, station.charger.limitW(1));
        end("tx-1");
        assertEquals(5_000, station.charger.limitW(1));
        assertFalse(installed(2));
    }

    @Test
    void aTransactionThatEndedWhileTheBundleWasAwayTakesItsProfileWithIt() {
        begin("tx-1");
        set(profile(2, "TxProfile").watts(22_000));
        station.stop();
        station.journal.stopped("tx-1", 1, 1_000_000, StopReason.LOCAL, "TAG");
        station.charger.connector(1, ConnectorStatus.AVAILABLE);
        station.start();
        assertTrue(station.charger.limits().isEmpty());
        assertFalse(installed(2));
    }

    @Test
    void aTxProfileSurvivesAReplacedBundle() {
        begin("tx-1");
        set(profile(2, "TxProfile").watts(22_000));
        station.stop();
        station.charger.wishes.clear();
        station.start();
        assertEquals(22_000, station.charger.limitW(1));
    }

    @Test
    void whileNobodyKnowsWhatRunsATxProfileIsKept() {
        begin("tx-1");
        set(profile(2, "TxProfile").watts(22_000));
        station.stop();
        station.charger.vanish();
        station.start();
        station.charger.appear();
        station.changed();
        assertEquals(22_000, station.charger.limitW(1));
    }

    @Test
    void aTxProfileThatComesBeforeTheNumberOfItsTransactionIsTakenAtItsWordUntilThen() {
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        begin("tx-1");
        set(profile(2, "TxProfile").with("transactionId", 7).watts(22_000));
        set(profile(3, "TxProfile").with("transactionId", 8).watts(23_000).level(1));
        assertEquals(23_000, station.charger.limitW(1));
        station.backOffice.answer("StartTransaction", payload -> "{\"transactionId\":7,\"idTagInfo\":{\"status\":\"Accepted\"}}");
        station.advance(Duration.ofMinutes(2));
        assertEquals(22_000, station.charger.limitW(1));
    }

    @Test
    void aRelativeDefaultCountsFromTheBeginOfEachTransaction() {
        set(relative(1, "TxDefaultProfile"));
        assertEquals(11_000, station.charger.limitW(1), "what the next transaction begins with");
        station.advance(Duration.ofHours(3));
        begin("tx-1");
        assertEquals(11_000, station.charger.limitW(1));
        station.advance(Duration.ofSeconds(100));
        assertEquals(7_000, station.charger.limitW(1));
        end("tx-1");
        begin("tx-2");
        assertEquals(11_000, station.charger.limitW(1));
    }

    @Test
    void anAbsoluteProfileWithoutStartScheduleCountsFromTheBeginOfTheTransaction() {
        assertEquals("Accepted", remoteStart(relative(1, "TxProfile").with("chargingProfileKind", "\"Absolute\"")
                .with("chargingSchedule/startSchedule", null)));
        station.advance(Duration.ofSeconds(50));
        remoteStartEnds(CommandResult.Outcome.DONE);
        station.journal.started("tx-1", 1, "REMOTE", 0);
        station.charger.remotelyCharging(1, "tx-1", "REMOTE");
        station.changed();
        assertEquals(11_000, station.charger.limitW(1));
        station.advance(Duration.ofSeconds(99));
        assertEquals(11_000, station.charger.limitW(1));
        station.advance(Duration.ofSeconds(1));
        assertEquals(7_000, station.charger.limitW(1));
    }

    @Test
    void aSetClockMovesAbsoluteSchedulesAndNotTheAgeOfATransaction() {
        set(profile(1, "ChargePointMaxProfile").connector(0).watts(40_000)
                .with("chargingSchedule/startSchedule", "\"2026-06-01T00:00:00Z\""));
        set(relative(2, "TxDefaultProfile"));
        begin("tx-1");
        station.advance(Duration.ofSeconds(60));
        assertEquals(NONE, station.charger.limitW(0));
        assertEquals(11_000, station.charger.limitW(1));
        station.backOffice.answer("Heartbeat", payload -> "{\"currentTime\":\"2026-07-01T00:00:00Z\"}");
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}");
        assertEquals(40_000, station.charger.limitW(0));
        assertEquals(11_000, station.charger.limitW(1), "still in its first 100 s");
        station.advance(Duration.ofSeconds(41));
        assertEquals(7_000, station.charger.limitW(1));
    }

    @Test
    void anotherSupplyVoltageIsInForceAtOnce() {
        set(profile(1, "TxDefaultProfile").with("chargingSchedule/chargingRateUnit", "\"A\"").watts(10));
        assertEquals(6_900, station.charger.limitW(1));
        station.keys.put("Internal.SupplyVoltage", 400);
        station.post(() -> station.point.rebase(station.keys));
        assertEquals(12_000, station.charger.limitW(1));
    }

    // ---- how the controller is told

    @Test
    void nothingIsToldTwiceAndRecurringProfilesAreToldOnInTime() {
        set(profile(1, "TxDefaultProfile").with("chargingProfileKind", "\"Recurring\"").with("recurrencyKind", "\"Daily\"")
                .with("chargingSchedule/duration", 3600));
        int told = station.charger.wishes.size();
        station.changed();
        station.advance(Duration.ofMinutes(59));
        assertEquals(told, station.charger.wishes.size());
        station.advance(Duration.ofDays(3));
        assertTrue(station.charger.wishes.size() <= told + 3 * 24, "once an hour at most");
        List<LimitSchedule.Period> periods = station.charger.limits().get(0).periods();
        assertTrue(periods.get(periods.size() - 1).start().isAfter(station.time.now().plus(Duration.ofDays(6))));
        assertEquals(11_000, station.charger.limits().get(0).limitW(Instant.parse("2026-01-06T00:30:00Z")));
        assertEquals(NONE, station.charger.limits().get(0).limitW(Instant.parse("2026-01-06T01:30:00Z")));
    }

    @Test
    void profilesStayInForceWhileTheBackOfficeIsAway() {
        set(profile(1, "TxDefaultProfile"));
        station.backOffice.reachable(false);
        station.backOffice.hangUp();
        station.advance(Duration.ofHours(8));
        assertEquals(11_000, station.charger.limitW(1));
    }

    @Test
    void afterProfileTimeoutWithoutTheBackOfficeTheyCountNoMoreUntilItIsBack() {
        set(profile(1, "TxDefaultProfile"));
        station.keys.putAll(Settings.keys(Map.of("profileTimeoutSeconds", 90)));
        station.post(() -> station.point.rebase(station.keys));
        station.advance(Duration.ofHours(1));
        station.backOffice.reachable(false);
        station.backOffice.hangUp();
        station.advance(Duration.ofMillis(89_999));
        assertEquals(11_000, station.charger.limitW(1));
        station.advance(Duration.ofMillis(1));
        assertEquals(NONE, station.charger.limitW(1));
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(10));
        assertEquals(11_000, station.charger.limitW(1));
    }

    @Test
    void aRestartGivesTheBackOfficeTheWholeProfileTimeoutAgain() {
        set(profile(1, "TxDefaultProfile"));
        station.keys.put("Internal.ProfileTimeout", 90);
        station.backOffice.reachable(false);
        station.stop();
        station.start();
        station.advance(Duration.ofSeconds(60));
        assertEquals(11_000, station.charger.limitW(1));
        station.advance(Duration.ofSeconds(30));
        assertEquals(NONE, station.charger.limitW(1));
    }

    @Test
    void availabilityAndLimitsAreToldTogether() {
        set(profile(1, "TxDefaultProfile"));
        station.backOffice.call("ChangeAvailability", "{\"connectorId\":2,\"type\":\"Inoperative\"}");
        assertEquals(11_000, station.charger.limitW(1));
        set(profile(1, "TxDefaultProfile").watts(5_000));
        assertEquals(Set.of(2), station.charger.inoperative());
    }

    // ---- remote starts

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"{} # Accepted", "{\"id\":1} # Unknown"})
    void aClearReachesTheControllerAlsoWhenTheProfilesAreLost(String clear, String expected) throws Exception {
        set(profile(1, "TxDefaultProfile"));
        station.stop();
        try (var files = Files.list(folder.resolve("db"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        station.start();
        assertEquals(11_000, station.charger.limitW(1), "the controller knows it still");
        station.advance(Duration.ofSeconds(1));
        long number = station.charger.wishes.get(station.charger.wishes.size() - 1).number();
        assertEquals(expected, station.backOffice.call("ClearChargingProfile", clear).get("status").textValue());
        assertEquals(Double.POSITIVE_INFINITY, station.charger.limitW(1));
        assertTrue(station.charger.wishes.get(station.charger.wishes.size() - 1).number() > number);
    }

    @Test
    void theProfileOfARemoteStartBelongsToItsTransaction() {
        set(profile(9, "TxDefaultProfile").watts(5_000));
        assertEquals("Accepted", remoteStart(profile(1, "TxProfile").watts(22_000)));
        remoteStartEnds(CommandResult.Outcome.DONE);
        station.charger.remotelyStarted(1, "REMOTE");
        station.changed();
        assertEquals(5_000, station.charger.limitW(1), "not before the transaction");
        station.charger.remotelyCharging(1, "tx-1", "REMOTE");
        station.changed();
        assertEquals(22_000, station.charger.limitW(1));
        end("tx-1");
        assertEquals(5_000, station.charger.limitW(1));
        assertFalse(installed(1));
    }

    @Test
    void theProfileOfARemoteStartSurvivesARestartInBetween() {
        assertEquals("Accepted", remoteStart(profile(1, "TxProfile").watts(22_000)));
        station.kill();
        station.start();
        station.charger.remotelyStarted(1, "REMOTE");
        station.changed();
        station.stop();
        station.charger.remotelyCharging(1, "tx-1", "REMOTE");
        station.start();
        assertEquals(22_000, station.charger.limitW(1));
    }

    @ParameterizedTest
    @CsvSource({"REJECTED", "EXPIRED", "FAILED"})
    void aRemoteStartThatFailsTakesItsProfileWithIt(CommandResult.Outcome outcome) {
        remoteStart(profile(1, "TxProfile"));
        remoteStartEnds(outcome);
        assertFalse(installed(1));
    }

    @Test
    void aSessionThatEndsWithoutTransactionTakesItsProfileWithIt() {
        remoteStart(profile(1, "TxProfile"));
        remoteStartEnds(CommandResult.Outcome.DONE);
        station.charger.remotelyStarted(1, "REMOTE");
        station.changed();
        station.charger.connector(1, ConnectorStatus.AVAILABLE);
        station.changed();
        assertFalse(installed(1));
    }

    private void asks(String idTag, Token.Source source, SessionPhase phase) {
        station.charger.session(1, ConnectorStatus.PREPARING, new SessionSnapshot("s", phase, new Token(idTag, source), null,
                station.time.now(), null, null, 0, 0));
        station.changed();
    }

    @Test
    void aRemoteStartKeepsItsProfileWhileACardThatGoesFirstIsAskedAbout() {
        remoteStart(profile(1, "TxProfile").watts(22_000));
        asks("REMOTE", Token.Source.REMOTE_START, SessionPhase.AUTHORIZING);
        asks("CARD", Token.Source.RFID, SessionPhase.AUTHORIZING);
        asks("REMOTE", Token.Source.REMOTE_START, SessionPhase.WAITING_FOR_VEHICLE);
        assertTrue(installed(1));
    }

    @Test
    void aCardThatIsTakenInsteadEndsTheProfileOfARemoteStart() {
        remoteStart(profile(1, "TxProfile").watts(22_000));
        asks("REMOTE", Token.Source.REMOTE_START, SessionPhase.AUTHORIZING);
        asks("CARD", Token.Source.RFID, SessionPhase.AUTHORIZING);
        asks("CARD", Token.Source.RFID, SessionPhase.WAITING_FOR_VEHICLE);
        assertFalse(installed(1));
    }

    @Test
    void aRemoteStartOfWhichNothingIsSeenTakesItsProfileWithIt() {
        remoteStart(profile(1, "TxProfile"));
        station.kill();
        station.start();
        station.advance(Duration.ofSeconds(60));
        assertTrue(installed(1));
        remoteStart(profile(2, "TxProfile"));
        station.advance(Duration.ofMinutes(3));
        assertFalse(installed(2));
    }

    @Test
    void aTransactionOfSomebodyElseDoesNotGetTheProfileOfARemoteStart() {
        remoteStart(profile(1, "TxProfile").watts(22_000));
        begin("tx-1");
        assertEquals(NONE, station.charger.limitW(1));
        station.charger.charging(1, "tx-1", "REMOTE");
        station.changed();
        assertEquals(NONE, station.charger.limitW(1), "the same tag, but a card");
    }

    @Test
    void aRemoteStartWhoseProfileCannotBeTakenIsRejected() {
        assertEquals("Rejected", remoteStart(profile(1, "TxDefaultProfile")), "no TxProfile");
        assertEquals("Rejected", remoteStart(profile(1, "TxProfile").with("transactionId", 5)), "there is no transaction yet");
        assertEquals("Rejected", remoteStart(profile(1, "TxProfile").level(43)), "a wrong one");
        assertEquals("Rejected", station.backOffice.call("RemoteStartTransaction", "{\"idTag\":\"REMOTE\",\"chargingProfile\":"
                + profile(1, "TxProfile").profile() + "}").get("status").textValue(), "no connector");
        assertTrue(station.charger.commands.isEmpty());
        assertFalse(installed(1));
    }

    @Test
    void aRemoteStartThatIsRejectedLeavesNoProfileBehind() {
        station.charger.connector(1, ConnectorStatus.FAULTED);
        assertEquals("Rejected", remoteStart(profile(1, "TxProfile")));
        assertFalse(installed(1));
    }

    @Test
    void aProfileThatWaitsForARemoteStartCanBeCleared() {
        remoteStart(profile(1, "TxProfile").watts(22_000));
        assertTrue(installed(1));
        station.charger.remotelyCharging(1, "tx-1", "REMOTE");
        station.changed();
        assertEquals(NONE, station.charger.limitW(1));
    }
}
