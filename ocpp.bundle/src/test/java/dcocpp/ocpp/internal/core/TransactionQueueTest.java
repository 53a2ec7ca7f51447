package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.testing.FakeBackOffice;
import dcocpp.ocpp.internal.testing.FakeBackOffice.Request;

/** The queue of transaction messages: its bound, what was given up, and times that were wrong at first. */
class TransactionQueueTest extends TransactionBench {

    private List<String> times() {
        List<String> ours = List.of("StartTransaction", "MeterValues", "StopTransaction");
        return station.backOffice.requests().stream().filter(request -> ours.contains(request.action()))
                .map(request -> request.payload().findValue("timestamp").textValue()).toList();
    }

    // ---- the bound

    @Test
    void aQueueThatIsTooLongLosesEverySecondMeterValueButNoStartAndNoStop() {
        station.keys.put("Core.MeterValueSampleInterval", 10);
        station.keys.put("Internal.MessageQueueSizeThreshold", 20);
        station.backOffice.reachable(false);
        station.start();
        begin();
        station.advance(Duration.ofMinutes(30));
        end();
        assertTrue(station.point.link().queuedMessages() <= 21, Integer.toString(station.point.link().queuedMessages()));
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(11));
        assertEquals(1, sent("StartTransaction").size());
        assertEquals(1, sent("StopTransaction").size());
        assertTrue(sent("MeterValues").size() >= 9, "not more goes than must");
        List<String> times = times();
        assertEquals(times.stream().sorted().toList(), times, "the order stays");
    }

    // ---- what the back office does not do

    @Test
    void meterValuesThatTheBackOfficeDoesNotDoAreNotSentAgainUntilTheNextConnection() {
        station.keys.put("Core.MeterValueSampleInterval", 10);
        station.keys.put("Core.TransactionMessageAttempts", 0);
        station.backOffice.answer("MeterValues", payload -> "!NotImplemented");
        station.start();
        begin();
        station.advance(Duration.ofMinutes(2));
        end();
        assertEquals(1, sent("MeterValues").size());
        assertEquals(1, sent("StopTransaction").size(), "it does not wait behind what is refused");
        assertEquals(0, station.point.link().queuedMessages());
        station.journal.started("tx-2", 1, "TAG", 3_000_000);
        station.charger.charging(1, "tx-2", "TAG");
        station.changed();
        station.backOffice.hangUp();
        station.advance(Duration.ofMinutes(1));
        assertEquals(2, sent("MeterValues").size());
    }

    // ---- what can never be sent

    @Test
    void aMessageThatBreaksItsSchemaIsGivenUpAtOnceAndTheOthersGo() throws Exception {
        station.keys.put("Core.TransactionMessageAttempts", 0);
        station.keys.put("Core.TransactionMessageRetryInterval", 0);
        station.backOffice.reachable(false);
        station.start();
        station.journal.started("tx-bad", 2, "TAG", 0);
        station.changed();
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + folder.resolve("db").resolve(OcppStore.FILE));
        try (var connection = file.getConnection(); var statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("UPDATE queue SET body = '{\"connectorId\":2}'"));
        }
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        begin();
        end();
        assertEquals(Delivery.State.UNDELIVERABLE, station.journal.startDelivery("tx-bad").state());
        assertEquals(Delivery.State.DELIVERED, station.journal.startDelivery("tx-1").state());
        assertEquals(1, sent("StopTransaction").size());
        assertEquals(0, station.point.link().queuedMessages());
    }

    // ---- a journal that takes no marks

    @Test
    void aJournalThatIsAwayIsAskedByOneTimerHoweverManyMessagesWereAnswered() {
        station.backOffice.reachable(false);
        station.start();
        for (int i = 0; i < 10; i++) {
            station.journal.started("tx-" + i, 1, "TAG", 0);
        }
        station.changed();
        station.journal.breakDown(true);
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(5));
        assertEquals(10, sent("StartTransaction").size());
        int before = station.journal.refusedMarks();
        station.advance(Duration.ofMinutes(1));
        assertEquals(12, station.journal.refusedMarks() - before);
        station.journal.breakDown(false);
        station.advance(Duration.ofSeconds(6));
        assertEquals(Delivery.State.DELIVERED, station.journal.startDelivery("tx-9").state());
    }

    // ---- what was given up

    private long number(String transactionId, Class<? extends JournalEvent> type) {
        return station.journal.read(0, 100).stream().filter(event -> event.transactionId().equals(transactionId) && type.isInstance(event))
                .findFirst().orElseThrow().stamp().number();
    }

    private void refuseAll() {
        station.backOffice.answer("StartTransaction", payload -> "!InternalError");
        station.backOffice.answer("StopTransaction", payload -> "!InternalError");
        station.start();
        begin();
        end();
        station.advance(Duration.ofMinutes(5));
        assertEquals(Delivery.State.UNDELIVERABLE, station.journal.startDelivery("tx-1").state());
        assertEquals(Delivery.State.UNDELIVERABLE, station.journal.stopDelivery("tx-1").state());
        assertEquals(0, station.point.link().queuedMessages());
    }

    private void acceptAll() {
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":55}");
        station.backOffice.answer("StopTransaction", payload -> "{}");
        station.journal.markPending(number("tx-1", TransactionStarted.class));
        station.journal.markPending(number("tx-1", TransactionStopped.class));
    }

    @Test
    void whatWasGivenUpIsSentAgainWithTheSameTextWhenTheJournalWantsIt() {
        refuseAll();
        String start = sent("StartTransaction").get(0);
        String stop = sent("StopTransaction").get(0);
        station.backOffice.forget();
        acceptAll();
        station.advance(Duration.ofSeconds(11));
        assertEquals(List.of(start), sent("StartTransaction"));
        assertEquals(List.of(stop.replace("\"transactionId\":-1", "\"transactionId\":55")), sent("StopTransaction"));
        assertEquals(new Delivery(Delivery.State.DELIVERED, "55"), station.journal.startDelivery("tx-1"));
        assertEquals(new Delivery(Delivery.State.DELIVERED, "55"), station.journal.stopDelivery("tx-1"));
        station.advance(Duration.ofMinutes(5));
        assertEquals(1, sent("StopTransaction").size());
    }

    @Test
    void whatWasGivenUpIsSentAgainAlsoWhenTheStoreWasLost() throws Exception {
        refuseAll();
        station.stop();
        try (var files = Files.list(folder.resolve("db"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        station.start();
        station.backOffice.forget();
        acceptAll();
        station.advance(Duration.ofSeconds(11));
        assertEquals(1, sent("StartTransaction").size());
        assertEquals(55, station.backOffice.requests("StopTransaction").get(0).payload().get("transactionId").intValue());
        assertEquals(Delivery.State.DELIVERED, station.journal.stopDelivery("tx-1").state());
    }

    @Test
    void whatIsGivenUpAgainIsMarkedAgain() {
        refuseAll();
        station.backOffice.forget();
        station.journal.markPending(number("tx-1", TransactionStopped.class));
        station.advance(Duration.ofMinutes(5));
        assertEquals(3, sent("StopTransaction").size());
        assertEquals(Delivery.State.UNDELIVERABLE, station.journal.stopDelivery("tx-1").state());
    }

    // ---- a clock that was wrong at first

    @Test
    void timesTakenBeforeTheFirstContactAreCorrectedByTheMonotonicClock() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.backOffice.reachable(false);
        station.time.adjust(Instant.parse("1970-01-01T00:00:00Z"));
        station.start();
        begin();
        station.advance(Duration.ofSeconds(90));
        end();
        station.advance(Duration.ofSeconds(30));
        station.journal.started("tx-2", 2, "TAG", 0);
        station.charger.charging(2, "tx-2", "TAG");
        station.changed();
        station.advance(Duration.ofSeconds(20));
        theBackOfficeSays("2026-05-05T12:00:00.250Z");
        long late = station.time.nanoTime() - Duration.ofSeconds(140).toNanos();
        Instant begun = Instant.parse("2026-05-05T12:00:00.250Z").minusNanos(late);
        List<Request> starts = station.backOffice.requests("StartTransaction");
        assertEquals(begun.minusSeconds(140), time(starts.get(0), "/timestamp"));
        assertEquals(begun.minusSeconds(20), time(starts.get(1), "/timestamp"));
        assertEquals(begun.minusSeconds(80), time(station.backOffice.requests("MeterValues").get(0), "/meterValue/0/timestamp"));
        Request stop = station.backOffice.requests("StopTransaction").get(0);
        assertEquals(begun.minusSeconds(50), time(stop, "/timestamp"));
        assertEquals(begun.minusSeconds(140), time(stop, "/transactionData/0/timestamp"));
        assertEquals(begun.minusSeconds(50), time(stop, "/transactionData/2/timestamp"));
    }

    private static Instant time(Request request, String pointer) {
        return Instant.parse(request.payload().at(pointer).textValue());
    }

    /** Lets the charger connect, at an unknown moment of the next minute; the back office's clock shows this at that moment. */
    private void theBackOfficeSays(String time) {
        station.backOffice.answer("BootNotification", payload ->
                "{\"status\":\"Accepted\",\"currentTime\":\"" + time + "\",\"interval\":300}");
        station.backOffice.reachable(true);
        while (station.backOffice.connections() == 0) {
            station.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatATransactionTellsAfterTheFirstContactFitsItsCorrectedBegin() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.backOffice.reachable(false);
        station.time.adjust(Instant.parse("1970-01-01T00:00:00Z"));
        station.start();
        begin();
        station.advance(Duration.ofSeconds(90));
        theBackOfficeSays("2026-05-05T12:00:00Z");
        station.advance(Duration.ofMinutes(5));
        end();
        List<String> times = station.backOffice.requests("StopTransaction").get(0).payload().get("transactionData")
                .findValuesAsText("timestamp");
        assertTrue(times.stream().allMatch(text -> text.startsWith("2026-05-05T1")), times.toString());
        assertEquals(times.stream().sorted().toList(), times);
        List<Instant> values = station.backOffice.requests("MeterValues").stream()
                .map(request -> time(request, "/meterValue/0/timestamp")).toList();
        for (int i = 1; i < values.size(); i++) {
            assertEquals(Duration.ofSeconds(60), Duration.between(values.get(i - 1), values.get(i)));
        }
    }

    @Test
    void whatMayHaveBeenSentIsNeverChanged() {
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        station.start();
        begin();
        station.kill();
        station.backOffice.answer("BootNotification", payload ->
                "{\"status\":\"Accepted\",\"currentTime\":\"2026-05-05T12:00:00Z\",\"interval\":300}");
        station.time.reboot();
        station.start();
        assertEquals(2, sent("StartTransaction").size());
        assertEquals(sent("StartTransaction").get(0), sent("StartTransaction").get(1));
        station.advance(Duration.ofSeconds(5));
        station.kill();
        station.backOffice.answer("BootNotification", payload ->
                "{\"status\":\"Accepted\",\"currentTime\":\"2027-05-05T12:00:00Z\",\"interval\":300}");
        station.start();
        assertEquals(sent("StartTransaction").get(0), sent("StartTransaction").get(2), "a replaced bundle in the same run");
    }

    @Test
    void aReplacedBundleCorrectsNothingASecondTime() {
        station.start();
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        begin();
        station.kill();
        station.backOffice.answer("BootNotification", payload ->
                "{\"status\":\"Accepted\",\"currentTime\":\"2030-01-01T00:00:00Z\",\"interval\":300}");
        station.start();
        assertEquals(sent("StartTransaction").get(0), sent("StartTransaction").get(1));
    }
}
