package dcocpp.ocpp.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

import dcocpp.ocpp.internal.store.QueuedMessage.Kind;
import dcocpp.ocpp.internal.store.QueuedMessage.State;

/** When a store is kept and when it is begun anew, and what it counts. */
class OcppStoreTest {

    @TempDir
    private Path folder;

    private static QueuedMessage message(long event) {
        return QueuedMessage.fresh(Kind.StartTransaction, "tx", event, Instant.EPOCH, "{}");
    }

    private Connection outside() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve(OcppStore.FILE));
        return source.getConnection();
    }

    private Path aside() {
        return folder.resolve("ocpp.db.unusable");
    }

    @Test
    void aStoreThatSomebodyElseHoldsStaysAsItIs() throws Exception {
        try (OcppStore store = new OcppStore(folder)) {
            store.write(writer -> writer.fact("a", "1"));
        }
        try (Connection other = outside(); Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
            StoreException busy = assertThrows(StoreException.class, () -> new OcppStore(folder));
            assertTrue(busy.getMessage().contains("BUSY"), busy.getMessage());
        }
        assertTrue(Files.notExists(aside()));
        try (OcppStore store = new OcppStore(folder)) {
            assertEquals(Optional.of("1"), store.fact("a"));
        }
    }

    @Test
    void aStoreOfANewerBundleIsPutAsideAsAWhole() throws Exception {
        try (OcppStore store = new OcppStore(folder)) {
            store.write(writer -> writer.fact("a", "1"));
        }
        try (Connection other = outside(); Statement statement = other.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        try (OcppStore store = new OcppStore(folder)) {
            assertEquals(Optional.empty(), store.fact("a"));
        }
        assertTrue(Files.exists(aside()));
    }

    @Test
    void whatWaitsIsCountedThroughAllItsChanges() {
        try (OcppStore store = new OcppStore(folder)) {
            store.write(writer -> {
                writer.enqueue(message(1));
                writer.enqueue(message(2));
                writer.enqueue(message(2));
                writer.enqueue(message(3));
            });
            assertEquals(3, store.waiting());
            assertThrows(StoreException.class, () -> store.write(writer -> {
                writer.remove(1);
                throw new SQLException("full");
            }));
            assertEquals(3, store.waiting());
            store.write(writer -> writer.over(1, State.ANSWERED, "7"));
            store.write(writer -> writer.over(1, State.ANSWERED, "7"));
            assertEquals(2, store.waiting());
            store.write(writer -> writer.remove(1));
            assertEquals(2, store.waiting());
            store.write(writer -> writer.remove(store.head().orElseThrow().sequence()));
            assertEquals(1, store.waiting());
        }
        try (OcppStore store = new OcppStore(folder)) {
            assertEquals(1, store.waiting());
        }
    }
}
