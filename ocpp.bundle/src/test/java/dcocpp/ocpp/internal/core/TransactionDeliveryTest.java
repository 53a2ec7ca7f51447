package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.ocpp.internal.testing.FakeBackOffice.Request;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** Transaction messages: stored before they are sent, in order, none lost, none doubled. */
class TransactionDeliveryTest {

    private static final List<String> WHOLE = List.of("StartTransaction", "MeterValues", "StopTransaction");

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    private void begin() {
        station.journal.started("tx-1", 1, "TAG1", 1_000_999);
        station.charger.charging(1, "tx-1", "TAG1");
    }

    private void end() {
        station.journal.stopped("tx-1", 1, 3_500_000, StopReason.LOCAL, "TAG1");
        station.charger.finishing(1, "tx-1", "TAG1");
    }

    private List<Request> transactionMessages() {
        return station.backOffice.requests().stream().filter(request -> WHOLE.contains(request.action())).toList();
    }

    @Test
    void aTransactionReachesTheBackOfficeAndTheJournalLearnsOfIt() {
        station.start();
        begin();
        station.changed();
        end();
        station.changed();
        Request start = station.backOffice.requests("StartTransaction").get(0);
        assertEquals("{\"connectorId\":1,\"idTag\":\"TAG1\",\"meterStart\":1000,\"timestamp\":\"2026-01-01T00:00:00.000Z\"}",
                start.payload().toString());
        Request stop = station.backOffice.requests("StopTransaction").get(0);
        assertEquals(100, stop.payload().get("transactionId").intValue());
        assertEquals(3500, stop.payload().get("meterStop").intValue());
        assertEquals("Local", stop.payload().get("reason").textValue());
        assertEquals("TAG1", stop.payload().get("idTag").textValue());
        assertEquals("Transaction.Begin", stop.payload().at("/transactionData/0/sampledValue/0/context").textValue());
        assertEquals("Transaction.End", stop.payload().at("/transactionData/1/sampledValue/0/context").textValue());
        assertEquals(new Delivery(Delivery.State.DELIVERED, "100"), station.journal.startDelivery("tx-1"));
        assertEquals(new Delivery(Delivery.State.DELIVERED, "100"), station.journal.stopDelivery("tx-1"));
        assertEquals(0, station.point.link().queuedMessages());
    }

    @Test
    void aTransactionMadeOfflineIsSentInOrderWithTheIdFilledIn() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.backOffice.reachable(false);
        station.start();
        begin();
        station.changed();
        station.advance(Duration.ofSeconds(60));
        end();
        station.changed();
        assertEquals(3, station.point.link().queuedMessages());
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(2));
        assertEquals(WHOLE, transactionMessages().stream().map(Request::action).toList());
        assertEquals(List.of(100, 100), transactionMessages().stream().skip(1)
                .map(request -> request.payload().get("transactionId").intValue()).toList());
        assertEquals("2026-01-01T00:00:00.000Z", transactionMessages().get(0).payload().get("timestamp").textValue());
        assertEquals("2026-01-01T00:01:00.000Z", transactionMessages().get(2).payload().get("timestamp").textValue());
    }

    @Test
    void aKillBetweenSendAndAnswerSendsTheSamePayloadUnderAnotherId() {
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        station.start();
        begin();
        station.changed();
        station.kill();
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":7}");
        station.advance(Duration.ofMinutes(1));
        station.start();
        List<Request> starts = station.backOffice.requests("StartTransaction");
        assertEquals(2, starts.size());
        assertEquals(starts.get(0).payload(), starts.get(1).payload());
        assertEquals(starts.get(0).text().substring(starts.get(0).text().indexOf("Start")),
                starts.get(1).text().substring(starts.get(1).text().indexOf("Start")));
        assertNotEquals(starts.get(0).id(), starts.get(1).id());
        assertEquals("7", station.journal.startDelivery("tx-1").detail());
    }

    @Test
    void aKillAfterTheAnswerDoublesNothing() {
        station.start();
        begin();
        station.changed();
        station.kill();
        station.start();
        end();
        station.changed();
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
        assertEquals(1, station.backOffice.requests("StopTransaction").size());
        assertEquals(100, station.backOffice.requests("StopTransaction").get(0).payload().get("transactionId").intValue());
    }

    @Test
    void whatWasAnsweredWhileTheJournalWasAwayIsMarkedLater() {
        station.start();
        begin();
        station.changed();
        end();
        station.changed();
        station.backOffice.forget();
        station.journal.started("tx-2", 2, "TAG2", 0);
        station.backOffice.answer("StartTransaction", payload -> {
            station.journal.breakDown(true);
            return "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":8}";
        });
        station.changed();
        station.journal.breakDown(false);
        assertEquals(Delivery.State.PENDING, station.journal.startDelivery("tx-2").state());
        station.kill();
        station.start();
        assertEquals(new Delivery(Delivery.State.DELIVERED, "8"), station.journal.startDelivery("tx-2"));
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
    }

    @Test
    void aReplacedBundleGoesOnInTheMiddleOfATransaction() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.start();
        begin();
        station.changed();
        station.advance(Duration.ofSeconds(61));
        station.stop();
        assertTrue(station.backOffice.closedWith().startsWith("1001"), station.backOffice.closedWith());
        station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, 1_100_000);
        station.advance(Duration.ofSeconds(60));
        station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, 1_200_000);
        station.start();
        end();
        station.changed();
        assertEquals(List.of("StartTransaction", "MeterValues", "MeterValues", "StopTransaction"),
                transactionMessages().stream().map(Request::action).toList());
        assertEquals("1200", transactionMessages().get(2).payload().at("/meterValue/0/sampledValue/0/value").textValue());
        assertEquals(100, transactionMessages().get(3).payload().get("transactionId").intValue());
    }

    @Test
    void anEmptyStoreBeginsAtTheOldestEventThatNobodyDelivered() throws Exception {
        station.start();
        begin();
        station.changed();
        station.kill();
        try (var files = Files.list(folder.resolve("db"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        end();
        station.start();
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
        Request stop = station.backOffice.requests("StopTransaction").get(0);
        assertEquals(100, stop.payload().get("transactionId").intValue());
        assertEquals(Delivery.State.DELIVERED, station.journal.stopDelivery("tx-1").state());
    }

    @Test
    void anEmptyStoreTakesOverATransactionThatStillRuns() throws Exception {
        station.start();
        begin();
        station.changed();
        station.kill();
        Files.delete(folder.resolve("db").resolve("ocpp.db"));
        station.start();
        station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, 1_100_000);
        station.changed();
        end();
        station.changed();
        assertEquals(100, station.backOffice.requests("StopTransaction").get(0).payload().get("transactionId").intValue());
    }

    @Test
    void aDamagedStoreIsPutAsideAndNothingIsLost() throws Exception {
        station.backOffice.reachable(false);
        station.start();
        begin();
        end();
        station.changed();
        station.kill();
        Files.writeString(folder.resolve("db").resolve("ocpp.db"), "this is no database".repeat(100));
        station.backOffice.reachable(true);
        station.start();
        assertEquals(List.of("StartTransaction", "StopTransaction"), transactionMessages().stream().map(Request::action).toList());
        assertTrue(Files.exists(folder.resolve("db").resolve("ocpp.db.unusable")));
    }

    @Test
    void aRefusedMessageIsRetriedAfterGrowingPausesAndThenGivenUp() {
        station.backOffice.answer("StartTransaction", payload -> "!InternalError");
        station.start();
        begin();
        end();
        station.changed();
        assertEquals(1, transactionMessages().size());
        station.advance(Duration.ofSeconds(10));
        assertEquals(2, transactionMessages().size());
        station.advance(Duration.ofSeconds(19));
        assertEquals(2, transactionMessages().size());
        station.advance(Duration.ofSeconds(1));
        assertEquals(List.of("StartTransaction", "StartTransaction", "StartTransaction", "StopTransaction"),
                transactionMessages().stream().map(Request::action).toList());
        assertEquals(-1, transactionMessages().get(3).payload().get("transactionId").intValue());
        Delivery start = station.journal.startDelivery("tx-1");
        assertEquals(Delivery.State.UNDELIVERABLE, start.state());
        assertTrue(start.detail().startsWith("InternalError"), start.detail());
    }

    @Test
    void attemptsAreCountedOverARestart() {
        station.backOffice.answer("StartTransaction", payload -> "!InternalError");
        station.start();
        begin();
        station.changed();
        station.advance(Duration.ofSeconds(10));
        station.kill();
        station.start();
        assertEquals(3, transactionMessages().size());
        assertEquals(Delivery.State.UNDELIVERABLE, station.journal.startDelivery("tx-1").state());
    }

    @Test
    void anAnswerThatBreaksTheSchemaAndATimeOutAreAttemptsToo() {
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"}}");
        station.start();
        begin();
        station.changed();
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        station.advance(Duration.ofSeconds(10));
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":9}");
        station.advance(Duration.ofSeconds(49));
        assertEquals(2, transactionMessages().size());
        station.advance(Duration.ofSeconds(1));
        assertEquals(3, transactionMessages().size());
        assertEquals(new Delivery(Delivery.State.DELIVERED, "9"), station.journal.startDelivery("tx-1"));
    }

    @Test
    void beingOfflineCostsNoAttempt() {
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        station.start();
        begin();
        station.changed();
        for (int i = 0; i < 5; i++) {
            station.backOffice.hangUp();
            station.advance(Duration.ofSeconds(15));
        }
        assertTrue(transactionMessages().size() > 3, "each connection sends it again");
        assertEquals(Delivery.State.PENDING, station.journal.startDelivery("tx-1").state());
    }

    @Test
    void aMessageThatWaitsForItsRetryHoldsBackOnlyTransactionMessages() {
        station.backOffice.answer("StartTransaction", payload -> "!InternalError");
        station.start();
        begin();
        station.changed();
        station.backOffice.forget();
        station.post(() -> station.point.authorize(Requests.authorization("TAG9")));
        assertEquals(List.of("Authorize"), station.backOffice.actions());
    }

    @Test
    void theVerdictOfTheBackOfficeOnAStartReachesTheController() {
        station.backOffice.answer("StartTransaction",
                payload -> "{\"idTagInfo\":{\"status\":\"Blocked\",\"parentIdTag\":\"GROUP\"},\"transactionId\":5}");
        station.start();
        begin();
        station.changed();
        assertEquals(Verdict.BLOCKED, station.charger.verdicts.get(0).verdict());
        assertEquals("GROUP", station.charger.verdicts.get(0).parentIdTag());
        assertTrue(station.charger.verdicts.get(0).stop());
    }

    @Test
    void withoutStopTransactionOnInvalidIdTheTransactionGoesOn() {
        station.keys.put("Core.StopTransactionOnInvalidId", false);
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Invalid\"},\"transactionId\":5}");
        station.start();
        begin();
        station.changed();
        assertFalse(station.charger.verdicts.get(0).stop());
    }

    @Test
    void transactionsOfTwoConnectorsKeepTheOrderOfTheJournal() {
        station.backOffice.reachable(false);
        station.start();
        station.journal.started("tx-1", 1, "A", 0);
        station.journal.started("tx-2", 2, "B", 0);
        station.journal.stopped("tx-1", 1, 10_000, StopReason.EV_DISCONNECTED, "");
        station.journal.stopped("tx-2", 2, 20_000, StopReason.DEAUTHORIZED, "");
        station.changed();
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        assertEquals(List.of("1", "2", "100", "101"), transactionMessages().stream().map(request -> request.payload()
                .path(request.action().equals("StartTransaction") ? "connectorId" : "transactionId").asText()).toList());
        assertEquals(List.of("EVDisconnected", "DeAuthorized"), station.backOffice.requests("StopTransaction").stream()
                .map(request -> request.payload().get("reason").textValue()).toList());
    }

    @Test
    void aJournalThatCannotBeReadIsReadLater() {
        station.journal.breakDown(true);
        station.start();
        begin();
        station.changed();
        station.journal.breakDown(false);
        station.advance(Duration.ofSeconds(5));
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
    }

    /** The disk takes nothing more: a trigger of the database refuses each change of this table. */
    private void storeRefuses(String table, String operation, boolean refuses) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("db").resolve("ocpp.db"));
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.executeUpdate(refuses
                    ? "CREATE TRIGGER broken BEFORE " + operation + " ON " + table + " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
                    : "DROP TRIGGER broken");
        }
    }

    @Test
    void anAnswerThatCannotBeKeptAtOnceIsKeptLaterAndNothingIsSentMeanwhile() throws Exception {
        station.start();
        storeRefuses("queue", "UPDATE", true);
        begin();
        end();
        station.changed();
        station.advance(Duration.ofMinutes(1));
        station.backOffice.hangUp();
        station.advance(Duration.ofMinutes(1));
        assertEquals(1, transactionMessages().size());
        storeRefuses("queue", "UPDATE", false);
        station.advance(Duration.ofSeconds(5));
        assertEquals(List.of("StartTransaction", "StopTransaction"), transactionMessages().stream().map(Request::action).toList());
        assertEquals(new Delivery(Delivery.State.DELIVERED, "100"), station.journal.startDelivery("tx-1"));
    }

    @Test
    void anEventThatCannotBeQueuedIsQueuedLater() throws Exception {
        station.start();
        storeRefuses("queue", "INSERT", true);
        begin();
        station.changed();
        storeRefuses("queue", "INSERT", false);
        station.advance(Duration.ofSeconds(5));
        assertEquals(1, transactionMessages().size());
    }

    @Test
    void aVerdictCountsThoughItCannotBeKept() throws Exception {
        station.start();
        storeRefuses("cached_tag", "INSERT", true);
        station.post(() -> station.point.authorize(Requests.authorization("TAG9")));
        assertEquals(Verdict.ACCEPTED, station.charger.answers.get(0).verdict());
    }
}
