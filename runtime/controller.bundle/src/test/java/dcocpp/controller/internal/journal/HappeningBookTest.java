package dcocpp.controller.internal.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.controller.internal.journal.Happening.Kind;
import dcocpp.testkit.FakeTimeSource;

public class HappeningBookTest {

    private static final Duration TICK = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private final FakeTimeSource time = new FakeTimeSource();
    private JournalStore store;
    private JournalDesk desk;
    private HappeningBook book;

    @BeforeEach
    void open() {
        store = new JournalStore(folder.resolve("journal.db"));
        desk = new JournalDesk(store, time, Runnable::run);
        book = new HappeningBook(time, desk);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void run(Duration duration) {
        for (long tick = 0; tick < duration.dividedBy(TICK); tick++) {
            book.tick();
            time.advance(TICK);
        }
    }

    private List<Happening> written() {
        return written(folder);
    }

    /** The happenings in the journal of this folder. */
    public static List<Happening> written(Path folder) {
        try (JournalReader reader = new JournalReader(folder.resolve("journal.db"))) {
            return reader.last(JournalReader.Filter.NONE, Integer.MAX_VALUE).stream()
                    .filter(JournalEntry.Happened.class::isInstance).map(entry -> ((JournalEntry.Happened) entry).happening()).toList();
        }
    }

    @Test
    void whatHappensIsOnTheDiskAfterASecondWithItsTimeAndRun() {
        time.advance(Duration.ofSeconds(5));
        Instant at = time.now();
        book.note("a", Kind.HARDWARE, 0, "in use", "sim");
        book.note("b", Kind.FAULT, 2, "ISOLATION", "12 kOhm");
        run(Duration.ofSeconds(1));
        List<Happening> written = written();
        assertEquals(2, written.size());
        assertEquals(new Happening(new JournalStamp(2, "boot-1", 5_000_000_000L, at), Kind.FAULT, 2, at, 1, "ISOLATION", "12 kOhm"),
                written.get(1));
    }

    @Test
    void aFlappingFaultIsCountedAndToldOnceAMinute() {
        for (int i = 0; i < 600; i++) {
            book.note("fault", i % 2 == 0 ? Kind.FAULT : Kind.FAULT_GONE, 1, "LOCK", "");
            run(TICK);
        }
        book.note("other", Kind.FAULT, 2, "LOCK", "");
        run(Duration.ofMinutes(2));
        List<Happening> lock = written().stream().filter(happening -> happening.connectorId() == 1).toList();
        assertEquals(3, lock.size(), lock.toString());
        assertEquals(Kind.FAULT, lock.get(0).kind());
        assertEquals(Kind.FAULT_GONE, lock.get(1).kind());
        assertEquals(598, lock.get(2).times());
        assertEquals(Kind.FAULT_GONE, lock.get(2).kind(), "as it was left");
        assertEquals(Duration.ofMillis(59_700), Duration.between(lock.get(2).stamp().at(), lock.get(2).lastAt()));
        // A while later it is news again.
        book.note("fault", Kind.FAULT, 1, "LOCK", "");
        run(Duration.ofSeconds(2));
        assertEquals(5, written().size());
    }

    @Test
    void whatComesAllAtOnceIsCutAndCounted() {
        for (int i = 0; i < 100; i++) {
            book.note("fault " + i, Kind.FAULT, i, "LOCK", "");
        }
        run(Duration.ofSeconds(1));
        List<Happening> written = written();
        assertEquals(HappeningBook.MOST_AT_ONCE + 1, written.size());
        assertEquals("68 happenings were not recorded", written.get(HappeningBook.MOST_AT_ONCE).detail());
    }

    @Test
    void aFullDiskLosesHappeningsAndCountsThemAndNoTransaction() {
        JournalStoreTest.full(store, true);
        book.note("a", Kind.FAULT, 1, "LOCK", "");
        run(Duration.ofSeconds(2));
        assertEquals("", desk.trouble(), "only what must not be lost makes a fault");
        desk.write(List.of(new TransactionStarted(new JournalStamp(0, "boot-1", 0, time.now()), "t", 1,
                new Token("CARD", Token.Source.RFID), 0, -1)), List.of(), () -> { }, () -> { });
        run(Duration.ofSeconds(1));
        assertTrue(desk.trouble().contains("cannot be written"), desk.trouble());
        for (int i = 0; i < 20; i++) {
            book.note("b" + i, Kind.FAULT, 2, "LOCK", "");
            run(Duration.ofSeconds(1));
        }
        JournalStoreTest.full(store, false);
        run(Duration.ofSeconds(2));
        assertEquals(1, store.read(0, 10).size());
        assertEquals(List.of(), written());
        book.note("c", Kind.FAULT, 3, "LOCK", "");
        run(Duration.ofSeconds(2));
        List<Happening> written = written();
        assertEquals(List.of(3, 0), written.stream().map(Happening::connectorId).toList());
        assertEquals("21 happenings were not recorded", written.get(1).detail());
    }

    @Test
    void theEndWritesWhatIsStillCounted() {
        for (int i = 0; i < 5; i++) {
            book.note("fault", Kind.FAULT, 1, "LOCK", "");
        }
        book.close();
        time.runDue();
        assertEquals(List.of(1, 1, 3), written().stream().map(Happening::times).toList());
    }

    @Test
    void oldOnesGoByNumberAndByAge() {
        store.database().write(connection -> {
            for (int i = 0; i < 30; i++) {
                HappeningTable.insert(connection, List.of(new Happening(new JournalStamp(0, "boot", 0, time.now()),
                        i % 2 == 0 ? Kind.PLAN : Kind.FAULT, 0, time.now(), 1, "x" + i, "")), 20);
            }
            return null;
        });
        assertEquals(20, written().size());
        assertEquals("x10", written().get(0).what());
        store.prune(time.now().plus(Duration.ofDays(59)));
        assertEquals(20, written().size());
        store.prune(time.now().plus(Duration.ofDays(61)));
        assertEquals(10, written().size());
        store.prune(time.now().plus(Duration.ofDays(401)));
        assertEquals(0, written().size());
    }
}
