package dcocpp.ocpp.internal.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.sqlite.SQLiteConfig;

import dcocpp.ocpp.internal.store.QueuedMessage.Kind;
import dcocpp.ocpp.internal.store.QueuedMessage.State;

/**
 * What this bundle must remember: the queue of transaction messages with the place in the journal up to which it was
 * filled, the transactions, small facts, and the tables of features. Used on the owner thread only. Not final, so that a test can make a
 * store that is wrong in one point and see that it is found out.
 */
public class OcppStore implements AutoCloseable {
    /** Name of the file in the database folder. */
    public static final String FILE = "ocpp.db";

    private static final int VERSION = 1;
    private static final String CURSOR = "journal.cursor";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            """
            CREATE TABLE IF NOT EXISTS queue(sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
            transaction_id TEXT NOT NULL, event INTEGER NOT NULL, created INTEGER NOT NULL, body TEXT NOT NULL,
            attempts INTEGER NOT NULL, state TEXT NOT NULL, detail TEXT NOT NULL)""",
            // The same event is never queued twice, whatever happens to the cursor.
            "CREATE UNIQUE INDEX IF NOT EXISTS queue_event ON queue(event) WHERE event > 0",
            "CREATE INDEX IF NOT EXISTS queue_state ON queue(state)",
            """
            CREATE TABLE IF NOT EXISTS transactions(id TEXT PRIMARY KEY, connector INTEGER NOT NULL, remote_id INTEGER,
            boot_id TEXT NOT NULL, started_nanos INTEGER NOT NULL, started_at INTEGER NOT NULL, sample_slot INTEGER NOT NULL,
            clock_slot INTEGER NOT NULL, begin_sample TEXT NOT NULL, end_sample TEXT NOT NULL,
            ended INTEGER NOT NULL) WITHOUT ROWID""");

    private static final String QUEUE_COLUMNS = "sequence, kind, transaction_id, event, created, body, attempts, state, detail";

    private final Database database;
    private int waiting;

    /** Reads one row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Several changes that are made as one. */
    public interface Changes {
        void make(Writer writer) throws SQLException;
    }

    public OcppStore(Path folder) {
        this(folder, SQLiteConfig.SynchronousMode.FULL);
    }

    private OcppStore(Path folder, SQLiteConfig.SynchronousMode sync) {
        database = Database.open(folder.resolve(FILE), VERSION, TABLES, sync);
        waiting = database.query(row -> row.getInt(1), "SELECT count(*) FROM queue WHERE state = 'WAITING'").get(0);
    }

    /** For a simulation, whose power cuts do not reach the disk: a commit returns before it is there. */
    public static OcppStore unsynced(Path folder) {
        return new OcppStore(folder, SQLiteConfig.SynchronousMode.OFF);
    }

    /** Makes the tables of a feature unless they are there; a column that is added later needs a table of another name. */
    public void require(List<String> tables) {
        write(writer -> {
            for (String table : tables) {
                writer.update(table);
            }
        });
    }

    /** Reads rows of a feature's own tables. */
    public <T> List<T> query(RowReader<T> reader, String sql, Object... values) {
        return database.query(reader, sql, values);
    }

    /** Makes all of the changes or none; they are on disk when this returns. */
    public void write(Changes changes) {
        Writer writer = new Writer();
        database.write(() -> changes.make(writer));
        waiting += writer.added;
    }

    /** The changes that can be made. */
    public final class Writer {
        /** How many messages more wait to be sent. */
        private int added;

        private Writer() {
        }

        /** Changes a feature's own tables; returns how many rows. */
        public int update(String sql, Object... values) throws SQLException {
            return database.update(sql, values);
        }

        public void cursor(long journalNumber) throws SQLException {
            fact(CURSOR, Long.toString(journalNumber));
        }

        public void fact(String name, String value) throws SQLException {
            database.update("INSERT OR REPLACE INTO fact(name, value) VALUES(?, ?)", name, value);
        }

        /** Appends a message; false if there is one of this event already. */
        public boolean enqueue(QueuedMessage message) throws SQLException {
            int rows = database.update("INSERT OR IGNORE INTO queue(kind, transaction_id, event, created, body, attempts, state, detail)"
                    + " VALUES(?, ?, ?, ?, ?, ?, ?, ?)", message.kind().name(), message.transactionId(), message.event(),
                    message.created().toEpochMilli(), message.body(), message.attempts(), State.WAITING.name(), message.detail());
            added += rows;
            return rows > 0;
        }

        /** A message that was never sent gets another text. */
        public void rewrite(long sequence, Instant created, String body) throws SQLException {
            database.update("UPDATE queue SET created = ?, body = ? WHERE sequence = ?", created.toEpochMilli(), body, sequence);
        }

        /** Every second of the meter values that wait of each transaction goes; this one does not. */
        public void thinMeterValues(long except) throws SQLException {
            added -= database.update("DELETE FROM queue WHERE sequence IN (SELECT sequence FROM (SELECT sequence, row_number()"
                    + " OVER (PARTITION BY transaction_id ORDER BY sequence) AS place FROM queue WHERE kind = 'MeterValues'"
                    + " AND state = 'WAITING' AND sequence <> ?) WHERE place % 2 = 0)", except);
        }

        public void attempts(long sequence, int attempts) throws SQLException {
            database.update("UPDATE queue SET attempts = ? WHERE sequence = ?", attempts, sequence);
        }

        /** The journal was replaced: its numbers mean something else now. */
        public void forgetEvents() throws SQLException {
            database.update("DELETE FROM queue WHERE state = 'UNDELIVERABLE'");
            database.update("UPDATE queue SET event = 0");
        }

        /** A message that waited was answered or given up. */
        public void over(long sequence, State state, String detail) throws SQLException {
            added -= database.update("UPDATE queue SET state = ?, detail = ? WHERE sequence = ? AND state = 'WAITING'", state.name(),
                    detail, sequence);
        }

        /** The journal knows that this message was given up. */
        public void undeliverable(long sequence) throws SQLException {
            database.update("UPDATE queue SET state = 'UNDELIVERABLE' WHERE sequence = ?", sequence);
        }

        /** The message of this event, given up before, waits again as it was; false if there is none. */
        public boolean revive(long event) throws SQLException {
            int rows = database.update("UPDATE queue SET state = 'WAITING', attempts = 0, detail = '' WHERE event = ?"
                    + " AND state = 'UNDELIVERABLE'", event);
            added += rows;
            return rows > 0;
        }

        public void remove(long sequence) throws SQLException {
            added -= database.update("DELETE FROM queue WHERE sequence = ? AND state = 'WAITING'", sequence);
            database.update("DELETE FROM queue WHERE sequence = ?", sequence);
        }

        /** Takes back what waits to be sent for a transaction. */
        public void removeWaiting(String transactionId) throws SQLException {
            added -= database.update("DELETE FROM queue WHERE transaction_id = ? AND state = 'WAITING'", transactionId);
        }

        public void transaction(StoredTransaction transaction) throws SQLException {
            database.update("INSERT OR REPLACE INTO transactions VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", transaction.transactionId(),
                    transaction.connectorId(), transaction.remoteId(), transaction.bootId(), transaction.startedNanos(),
                    transaction.startedAt().toEpochMilli(), transaction.sampleSlot(), transaction.clockSlot(), transaction.begin(),
                    transaction.end(), transaction.ended());
        }

        public void removeTransaction(String transactionId) throws SQLException {
            database.update("DELETE FROM transactions WHERE id = ?", transactionId);
        }
    }

    /** The journal event up to which the queue was filled; empty in a new store. */
    public OptionalLong cursor() {
        return fact(CURSOR).map(value -> OptionalLong.of(Long.parseLong(value))).orElse(OptionalLong.empty());
    }

    public Optional<String> fact(String name) {
        return database.query(row -> row.getString(1), "SELECT value FROM fact WHERE name = ?", name).stream().findFirst();
    }

    /** The oldest message that waits to be sent. */
    public Optional<QueuedMessage> head() {
        return database.query(OcppStore::message, "SELECT " + QUEUE_COLUMNS
                + " FROM queue WHERE state = 'WAITING' ORDER BY sequence LIMIT 1").stream().findFirst();
    }

    /** Starts and stops of the journal that wait to be sent. */
    public List<QueuedMessage> waitingEvents() {
        return database.query(OcppStore::message, "SELECT " + QUEUE_COLUMNS
                + " FROM queue WHERE state = 'WAITING' AND event > 0 AND kind <> 'MeterValues' ORDER BY sequence");
    }

    /** Whether there is a message of this event that is not given up for good. */
    public boolean queued(long event) {
        return !database.query(row -> row.getLong(1), "SELECT sequence FROM queue WHERE event = ? AND state <> 'UNDELIVERABLE'", event)
                .isEmpty();
    }

    /** Messages of which the journal has yet to be told. */
    public List<QueuedMessage> unmarked() {
        return database.query(OcppStore::message, "SELECT " + QUEUE_COLUMNS + " FROM queue"
                + " WHERE state IN ('ANSWERED', 'GIVEN_UP') ORDER BY sequence");
    }

    /** How many messages wait to be sent. */
    public int waiting() {
        return waiting;
    }

    public List<StoredTransaction> transactions() {
        return database.query(OcppStore::transaction, "SELECT id, connector, remote_id, boot_id, started_nanos, started_at,"
                + " sample_slot, clock_slot, begin_sample, end_sample, ended FROM transactions ORDER BY started_at");
    }

    private static QueuedMessage message(ResultSet row) throws SQLException {
        return new QueuedMessage(row.getLong(1), Kind.valueOf(row.getString(2)), row.getString(3), row.getLong(4),
                Instant.ofEpochMilli(row.getLong(5)), row.getString(6), row.getInt(7), State.valueOf(row.getString(8)),
                row.getString(9));
    }

    private static StoredTransaction transaction(ResultSet row) throws SQLException {
        int remoteId = row.getInt(3);
        return new StoredTransaction(row.getString(1), row.getInt(2), row.wasNull() ? null : remoteId, row.getString(4),
                row.getLong(5), Instant.ofEpochMilli(row.getLong(6)), row.getLong(7), row.getLong(8), row.getString(9),
                row.getString(10), row.getBoolean(11));
    }

    @Override
    public void close() {
        database.close();
    }
}
