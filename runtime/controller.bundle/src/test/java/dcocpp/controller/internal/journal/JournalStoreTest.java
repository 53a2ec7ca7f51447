package dcocpp.controller.internal.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.testkit.FakeTimeSource;

public class JournalStoreTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");

    @TempDir
    Path folder;

    private static JournalStamp stamp(long number) {
        return new JournalStamp(number, "boot", 42, AT);
    }

    private static TransactionStarted started(long number, String id) {
        return new TransactionStarted(stamp(number), id, 3, new Token("CARD", Token.Source.RFID), 1_000, -1);
    }

    private static MeterSampled sampled(long number, String id) {
        return new MeterSampled(stamp(number), id, 3, MeterSampled.Context.PERIODIC,
                new MeterSample(1_500, 1.5, 400, Double.NaN, 55, Double.NaN, 2, 3));
    }

    private static TransactionStopped stopped(long number, String id) {
        return new TransactionStopped(stamp(number), id, 3, 2_000, StopReason.REMOTE, "");
    }

    private JournalStore open() {
        return new JournalStore(folder.resolve("db/journal.db"));
    }

    @Test
    void eventsComeBackAsTheyWereAndInTheirOrderAlsoAfterReopening() {
        try (JournalStore store = open()) {
            assertEquals(2, store.append(List.of(started(0, "t"), sampled(0, "t")), List.of(new Meter(3, 1_500, 99, 7))));
            assertEquals(3, store.append(List.of(stopped(0, "t")), List.of()));
        }
        try (JournalStore store = open()) {
            assertEquals(List.of(started(1, "t"), sampled(2, "t"), stopped(3, "t")), store.read(0, 10));
            assertEquals(List.of(sampled(2, "t")), store.read(1, 1));
            assertEquals(3, store.newest());
            assertEquals(List.of(new Meter(3, 1_500, 99, 7)), store.meters());
        }
    }

    /** Who follows the journal has all of it again and again, and what is new each time at once. */
    @Test
    void whoeverHasAllOfItGetsNothingAndThenWhatIsNew() {
        try (JournalStore store = open()) {
            assertEquals(List.of(), store.read(0, 10));
            assertEquals(0, store.append(List.of(), List.of(new Meter(3, 1_500, 99, 7))));
            assertEquals(List.of(), store.read(0, 10));
            store.append(List.of(started(0, "t")), List.of());
            assertEquals(List.of(started(1, "t")), store.read(0, 10));
            assertEquals(List.of(), store.read(1, 10));
            store.append(List.of(sampled(0, "t"), stopped(0, "t")), List.of());
            assertEquals(List.of(sampled(2, "t"), stopped(3, "t")), store.read(1, 10));
        }
        try (JournalStore store = open()) {
            assertEquals(List.of(stopped(3, "t")), store.read(2, 10));
            assertEquals(List.of(), store.read(3, 10));
        }
    }

    @Test
    void aJournalOfBeforeKeepsItsMeters() throws SQLException {
        try (JournalStore store = open()) {
            store.append(List.of(), List.of(new Meter(3, 1_500, 99, 0)));
        }
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("db/journal.db"));
                Statement statement = old.createStatement()) {
            statement.execute("ALTER TABLE meter DROP COLUMN ahead_mwh");
        }
        try (JournalStore store = open()) {
            assertEquals(List.of(new Meter(3, 1_500, 99, 0)), store.meters());
            store.append(List.of(), List.of(new Meter(3, 1_600, 100, 50)));
        }
        try (JournalStore store = open()) {
            assertEquals(List.of(new Meter(3, 1_600, 100, 50)), store.meters());
        }
    }

    @Test
    void whatWasGivenUpIsListedUntilItShallBeDeliveredAfterAll() {
        try (JournalStore store = open()) {
            store.append(List.of(started(0, "t"), stopped(0, "t"), started(0, "u")), List.of());
            store.markDelivered(1, "77");
            store.markUndeliverable(2, "refused");
            assertEquals(List.of("t"), store.undeliverable(10).stream().map(record -> record.started().transactionId()).toList());
            assertEquals(List.of(started(3, "u")), store.undelivered(0, 10));
            store.markPending(1);
            store.markPending(2);
            assertEquals(List.of(), store.undeliverable(10));
            assertEquals(List.of(stopped(2, "t"), started(3, "u")), store.undelivered(0, 10), "what is delivered stays so");
            assertEquals(List.of(started(3, "u")), store.undelivered(2, 10));
        }
    }

    @Test
    void deliveryIsMarkedPerStartAndStop() {
        try (JournalStore store = open()) {
            assertEquals(OptionalLong.empty(), store.oldestUndelivered());
            store.append(List.of(started(0, "t"), sampled(0, "t"), stopped(0, "t")), List.of());
            assertEquals(OptionalLong.of(1), store.oldestUndelivered());
            store.markDelivered(1, "4711");
            store.markDelivered(1, "4711");
            assertEquals(OptionalLong.of(3), store.oldestUndelivered());
            store.markUndeliverable(3, "given up");
            assertEquals(OptionalLong.empty(), store.oldestUndelivered());
            var record = store.transactions(5).get(0);
            assertEquals(new Delivery(Delivery.State.DELIVERED, "4711"), record.startDelivery());
            assertEquals(new Delivery(Delivery.State.UNDELIVERABLE, "given up"), record.stopDelivery());
        }
    }

    @Test
    void openTransactionsAreThoseWithoutAnEnd() {
        try (JournalStore store = open()) {
            store.append(List.of(started(0, "a"), stopped(0, "a"), started(0, "b"), sampled(0, "b")), List.of());
            var open = store.openTransactions();
            assertEquals(List.of("b"), open.stream().map(one -> one.started().transactionId()).toList());
            assertEquals(sampled(4, "b"), open.get(0).lastSample().orElseThrow());
        }
    }

    @Test
    void wishesOfTheBackOfficeAreKeptAsTheyWere() {
        BackOfficeState state = new BackOfficeState(12, Set.of(0, 2), List.of(new Reservation(5, 1, "TAG", "GROUP", AT)),
                List.of(new LimitSchedule(0, "", List.of(new LimitSchedule.Period(AT, 5_000), new LimitSchedule.Period(AT.plusSeconds(60), 0)),
                        AT.plusSeconds(600)), new LimitSchedule(1, "tx", List.of(new LimitSchedule.Period(AT, 1),
                                new LimitSchedule.Period(AT.plusSeconds(1), Double.POSITIVE_INFINITY)), null)));
        try (JournalStore store = open()) {
            new ControllerMemory(store).keep(BackOfficeState.NONE, Set.of());
            new ControllerMemory(store).keep(state, Set.of(7));
        }
        try (JournalStore store = open()) {
            assertEquals(state, new ControllerMemory(store).backOfficeState());
            assertEquals(Set.of(7), new ControllerMemory(store).endedReservations());
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        JournalException error = assertThrows(JournalException.class, () -> new JournalStore(file.resolve("journal.db")));
        assertTrue(error.getMessage().contains("cannot be opened"), error.getMessage());
    }

    @Test
    void whatNoDiskWillEverTakeIsSaidToHaveFailedAndDelaysNothing() {
        FakeTimeSource time = new FakeTimeSource();
        List<String> done = new ArrayList<>();
        try (JournalStore store = open()) {
            JournalDesk desk = new JournalDesk(store, time, Runnable::run);
            refuse(store, "STARTED");
            desk.write(List.of(started(0, "t")), List.of(), () -> done.add("start"), () -> done.add("no start"));
            desk.write(List.of(stopped(0, "t")), List.of(), () -> done.add("stop"), () -> done.add("no stop"));
            time.runDue();
            assertEquals(List.of("no start", "stop"), done);
            assertEquals("", desk.trouble());
            assertEquals(List.of(stopped(1, "t")), store.read(0, 10));
        }
    }

    /** From now on no event of this kind can be written. */
    public static void refuse(JournalStore store, String kind) {
        store.database().write(connection -> {
            JournalDatabase.update(connection, "CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.kind = '" + kind
                    + "' BEGIN SELECT RAISE(ABORT, 'refused'); END");
            return null;
        });
    }

    @Test
    void whatTheDiskRefusesWaitsInOrderAndIsWrittenWhenItCan() {
        FakeTimeSource time = new FakeTimeSource();
        List<String> done = new ArrayList<>();
        List<JournalEvent> first = List.of(started(0, "t"));
        try (JournalStore store = open()) {
            JournalDesk desk = new JournalDesk(store, time, Runnable::run);
            full(store, true);
            desk.write(first, List.of(), () -> done.add("start"), () -> { });
            desk.write(List.of(stopped(0, "t")), List.of(), () -> done.add("stop"), () -> { });
            time.advance(Duration.ofSeconds(3));
            assertEquals(List.of(), done);
            assertTrue(desk.trouble().contains("cannot be written"), desk.trouble());
            full(store, false);
            time.advance(Duration.ofSeconds(2));
            assertEquals(List.of("start", "stop"), done);
            assertEquals("", desk.trouble());
            assertEquals(List.of(started(1, "t"), stopped(2, "t")), store.read(0, 10));
        }
    }

    @Test
    void whatDidNotFitOnTheDiskIsWrittenOnceAndWholeWhenItDoesAndTheReasonIsSaid() {
        FakeTimeSource time = new FakeTimeSource();
        List<JournalEvent> batch = new ArrayList<>(List.of(started(0, "t")));
        for (int i = 0; i < 300; i++) {
            batch.add(sampled(0, "t"));
        }
        try (JournalStore store = open()) {
            JournalDesk desk = new JournalDesk(store, time, Runnable::run);
            time.runDue();
            mostPages(store, "(SELECT page_count + 1 FROM pragma_page_count)");
            desk.write(batch, List.of(), () -> { }, () -> { });
            time.advance(Duration.ofSeconds(5));
            assertTrue(desk.trouble().contains("database or disk is full"), desk.trouble());
            assertEquals(List.of(), store.read(0, 1000), "all of a batch or nothing");
            mostPages(store, "100000");
            time.advance(Duration.ofSeconds(2));
            assertEquals("", desk.trouble());
            assertEquals(301, store.read(0, 1000).size());
        }
    }

    /** The file may not become longer than this: SQLite fails as on a full disk. */
    private static void mostPages(JournalStore store, String pages) {
        store.database().read(connection -> {
            long most = JournalDatabase.longOf(connection, "SELECT " + pages);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = " + most);
            }
            return null;
        });
    }

    /** The database takes no write, as on a full disk. */
    public static void full(JournalStore store, boolean full) {
        store.database().read(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(full ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF");
            }
            return null;
        });
    }

    @Test
    void onlyWhatIsSettledAndOldIsPruned() {
        try (JournalStore store = open()) {
            List<String> ids = List.of("accepted", "waiting", "given up", "start waits", "running");
            for (String id : ids) {
                store.append(List.of(started(0, id), sampled(0, id)), List.of());
                if (!id.equals("running")) {
                    store.append(List.of(stopped(0, id)), List.of());
                }
            }
            for (JournalEvent event : store.read(0, 100)) {
                long number = event.stamp().number();
                if (event.transactionId().equals("accepted") || event.transactionId().equals("start waits") && event instanceof TransactionStopped) {
                    store.markDelivered(number, "7");
                } else if (event.transactionId().equals("given up")) {
                    store.markUndeliverable(number, "refused");
                }
            }
            store.prune(AT.plus(Duration.ofDays(80)));
            assertEquals(14, store.read(0, 100).size());
            store.prune(AT.plus(Duration.ofDays(100)));
            assertEquals(List.of("waiting", "running"), store.read(0, 100).stream().filter(MeterSampled.class::isInstance)
                    .map(JournalEvent::transactionId).toList());
            assertEquals(11, store.read(0, 100).size());
            store.prune(AT.plus(Duration.ofDays(1200)));
            assertEquals(Set.of("waiting", "given up", "start waits", "running"),
                    store.read(0, 100).stream().map(JournalEvent::transactionId).collect(Collectors.toSet()));
            assertEquals(9, store.read(0, 100).size());
        }
    }
}
