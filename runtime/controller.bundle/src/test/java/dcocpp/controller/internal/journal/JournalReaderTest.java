package dcocpp.controller.internal.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.controller.internal.journal.Happening.Kind;
import dcocpp.controller.internal.journal.JournalReader.Filter;

class JournalReaderTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.5Z");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("journal.db");
    }

    private static JournalStamp stamp(int second) {
        return new JournalStamp(0, "boot", 0, AT.plusSeconds(second));
    }

    private static void start(JournalStore store, int second, String id, int connector) {
        store.append(List.of(new TransactionStarted(stamp(second), id, connector, new Token("CARD", Token.Source.RFID), 1_000_000, -1),
                new MeterSampled(stamp(second), id, connector, MeterSampled.Context.BEGIN,
                        new MeterSample(1_000_000, 1, 400, 1, 55, 30, 2, 3))), List.of());
    }

    private static void stop(JournalStore store, int second, String id, int connector) {
        store.append(List.of(new TransactionStopped(stamp(second), id, connector, 24_456_000, StopReason.LOCAL, "")), List.of());
    }

    private static void fault(JournalStore store, int second, int connector, String cause) {
        store.record(List.of(new Happening(stamp(second), Kind.FAULT, connector, stamp(second).at(), 1, cause, "")));
    }

    /** What happened and at which connector, in short. */
    private static List<String> brief(List<JournalEntry> entries) {
        return entries.stream().map(entry -> entry instanceof JournalEntry.Started ? "start " + entry.connectorId()
                : entry instanceof JournalEntry.Stopped ? "stop " + entry.connectorId()
                : ((JournalEntry.Happened) entry).happening().what() + " " + entry.connectorId()).toList();
    }

    private static void fill(JournalStore store) {
        fault(store, 0, 0, "A");
        start(store, 1, "t1", 1);
        fault(store, 2, 1, "B");
        fault(store, 3, 2, "C");
        start(store, 4, "t2", 2);
        fault(store, 5, 0, "D");
        stop(store, 6, "t1", 1);
        fault(store, 7, 1, "E");
    }

    @Test
    void allOfItComesInItsOrderAlsoWhenTheClockWasSetBack() {
        try (JournalStore store = new JournalStore(file()); JournalReader reader = new JournalReader(file())) {
            fill(store);
            fault(store, -5000, 0, "F");
            assertEquals(List.of("A 0", "start 1", "B 1", "C 2", "start 2", "D 0", "stop 1", "E 1", "F 0"),
                    brief(reader.last(Filter.NONE, 100)));
            assertEquals(List.of("stop 1", "E 1", "F 0"), brief(reader.last(Filter.NONE, 3)));
            assertEquals(List.of(), brief(reader.last(Filter.NONE, 0)));
        }
    }

    @Test
    void whatIsAddedFollowsOnce() {
        try (JournalStore store = new JournalStore(file()); JournalReader reader = new JournalReader(file())) {
            fill(store);
            reader.last(Filter.NONE, 2);
            assertEquals(List.of(), reader.more(Filter.NONE));
            fault(store, 8, 3, "F");
            stop(store, 9, "t2", 2);
            assertEquals(List.of("F 3", "stop 2"), brief(reader.more(Filter.NONE)));
            assertEquals(List.of(), reader.more(Filter.NONE));
        }
    }

    @Test
    void aConnectorATimeAndATransactionCanBeAskedFor() {
        try (JournalStore store = new JournalStore(file()); JournalReader reader = new JournalReader(file())) {
            fill(store);
            assertEquals(List.of("A 0", "start 1", "B 1", "D 0", "stop 1", "E 1"), brief(reader.last(new Filter(null, 1, null), 100)));
            assertEquals(List.of("D 0", "stop 1", "E 1"), brief(reader.last(new Filter(AT.plusSeconds(5), 0, null), 100)));
            assertEquals(List.of("start 1", "B 1", "D 0", "stop 1"), brief(reader.last(new Filter(null, 0, "t1"), 100)));
            assertEquals(List.of("start 2", "D 0"), brief(reader.last(new Filter(null, 2, "t2"), 100)), "one that runs");
            assertEquals(List.of(), brief(reader.last(new Filter(null, 0, "t3"), 100)));
        }
    }

    @Test
    void aSessionHasItsEnergyAndSaysWhetherItWasDelivered() {
        try (JournalStore store = new JournalStore(file()); JournalReader reader = new JournalReader(file())) {
            fill(store);
            store.markDelivered(1, "4711");
            store.markUndeliverable(5, "refused");
            List<JournalEntry> session = reader.last(new Filter(null, 1, "t1"), 100);
            assertEquals(new Delivery(Delivery.State.DELIVERED, "4711"), ((JournalEntry.Started) session.get(0)).delivery());
            JournalEntry.Stopped stopped = (JournalEntry.Stopped) session.get(3);
            assertEquals(23_456_000, stopped.energyMilliWh());
            assertEquals(Delivery.State.UNDELIVERABLE, stopped.delivery().state());
        }
    }

    @Test
    void theJournalOfAChargerThatWasKilledIsReadWithWhatStandsInItsLogOnly() throws Exception {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        try (JournalStore store = new JournalStore(file())) {
            fill(store);
            assertTrue(Files.size(folder.resolve("journal.db-wal")) > 0);
            // What a kill leaves: nothing was taken over into the file, and the index of the log is not there after a power cut.
            Files.copy(file(), killed.resolve("journal.db"));
            Files.copy(folder.resolve("journal.db-wal"), killed.resolve("journal.db-wal"));
        }
        byte[] before = Files.readAllBytes(killed.resolve("journal.db"));
        try (JournalReader reader = new JournalReader(killed.resolve("journal.db"))) {
            assertEquals(8, reader.last(Filter.NONE, 100).size());
        }
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(killed.resolve("journal.db"))), "it is read only");
        try (JournalStore store = new JournalStore(killed.resolve("journal.db"))) {
            assertEquals(5, store.newest(), "and the charger starts on it as before");
        }
    }

    @Test
    void aStoppedChargersJournalIsReadAndOneOfAnOlderVersionToo() {
        try (JournalStore store = new JournalStore(file())) {
            fill(store);
            store.database().write(connection -> {
                JournalDatabase.update(connection, "DROP TABLE happening");
                return null;
            });
        }
        try (JournalReader reader = new JournalReader(file())) {
            assertEquals(List.of("start 1", "start 2", "stop 1"), brief(reader.last(Filter.NONE, 100)));
        }
    }

    @Test
    void whatIsNoJournalIsSaidToBeNone() throws Exception {
        Files.writeString(file(), "x".repeat(5000));
        assertThrows(JournalException.class, () -> new JournalReader(file()));
        Path empty = Files.createFile(folder.resolve("empty.db"));
        assertTrue(assertThrows(JournalException.class, () -> new JournalReader(empty)).getMessage().contains("is no journal"));
    }
}
