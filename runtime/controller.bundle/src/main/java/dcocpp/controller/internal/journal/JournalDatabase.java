package dcocpp.controller.internal.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

import dcocpp.api.journal.JournalException;

/**
 * The SQLite file of the controller: write-ahead log, every commit synced to the disk unless its owner wants it otherwise. One connection, used under the lock of this
 * object, which is never held while anything else is called.
 */
final class JournalDatabase implements AutoCloseable {

    private static final String[] SCHEMA = {
            "CREATE TABLE IF NOT EXISTS event (number INTEGER PRIMARY KEY AUTOINCREMENT, boot_id TEXT NOT NULL, nanos INTEGER NOT NULL,"
                    + " at TEXT NOT NULL, kind TEXT NOT NULL, transaction_id TEXT NOT NULL, connector_id INTEGER NOT NULL,"
                    + " meter_mwh INTEGER NOT NULL, id_tag TEXT, token_source TEXT, reservation_id INTEGER, reason TEXT, context TEXT,"
                    + " power_w REAL, voltage_v REAL, current_a REAL, soc_percent REAL, temperature_c REAL, offered_w REAL,"
                    + " offered_a REAL, delivery TEXT, delivery_detail TEXT)",
            "CREATE INDEX IF NOT EXISTS event_transaction ON event (transaction_id)",
            "CREATE INDEX IF NOT EXISTS event_started ON event (number) WHERE kind = 'STARTED'",
            "CREATE INDEX IF NOT EXISTS event_stopped ON event (transaction_id) WHERE kind = 'STOPPED'",
            "CREATE INDEX IF NOT EXISTS event_bounds ON event (number) WHERE kind <> 'SAMPLED'",
            "CREATE INDEX IF NOT EXISTS event_delivery ON event (delivery) WHERE delivery = 'PENDING'",
            "CREATE INDEX IF NOT EXISTS event_undeliverable ON event (transaction_id) WHERE delivery = 'UNDELIVERABLE'",
            "CREATE TABLE IF NOT EXISTS meter (connector_id INTEGER PRIMARY KEY, lifetime_mwh INTEGER NOT NULL,"
                    + " register_mwh INTEGER NOT NULL, ahead_mwh INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE IF NOT EXISTS value (name TEXT PRIMARY KEY, content TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS inoperative (connector_id INTEGER PRIMARY KEY)",
            "CREATE TABLE IF NOT EXISTS reservation (reservation_id INTEGER PRIMARY KEY, connector_id INTEGER NOT NULL,"
                    + " id_tag TEXT NOT NULL, parent_id_tag TEXT NOT NULL, expiry TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS limit_period (schedule INTEGER NOT NULL, connector_id INTEGER NOT NULL,"
                    + " transaction_id TEXT NOT NULL, schedule_end TEXT, start TEXT NOT NULL, limit_w REAL NOT NULL)",
            "CREATE TABLE IF NOT EXISTS latched_fault (connector_id INTEGER NOT NULL, age INTEGER NOT NULL, cause TEXT NOT NULL,"
                    + " detail TEXT NOT NULL, PRIMARY KEY (connector_id, cause))",
            "CREATE TABLE IF NOT EXISTS wear (kind TEXT NOT NULL, part TEXT NOT NULL, on_ms INTEGER NOT NULL, operations INTEGER NOT NULL,"
                    + " loaded_operations INTEGER NOT NULL, PRIMARY KEY (kind, part))",
    };

    /** The kind of an SQLite error, without its details. */
    private static final int PRIMARY_CODE = 0xff;

    private final Connection connection;

    /**
     * Opens the file, or begins it.
     *
     * @param sync whether a commit waits until it is on the disk
     */
    JournalDatabase(Path file, SQLiteConfig.SynchronousMode sync) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(sync);
            config.setBusyTimeout(2000);
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
            connection = source.getConnection();
            try (Statement statement = connection.createStatement()) {
                for (String[] tables : List.of(SCHEMA, HappeningTable.SCHEMA)) {
                    for (String sql : tables) {
                        statement.execute(sql);
                    }
                }
                // A journal of before has none.
                if (longOf(connection, "SELECT COUNT(*) FROM pragma_table_info('meter') WHERE name = 'ahead_mwh'") == 0) {
                    statement.execute("ALTER TABLE meter ADD COLUMN ahead_mwh INTEGER NOT NULL DEFAULT 0");
                }
            }
        } catch (IOException | SQLException e) {
            throw new JournalException("The journal " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private JournalDatabase(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens a journal that is there already, to be read only. Another process may be writing it: a reader in a write-ahead log sees the last
     * commit and holds nobody up, as long as each of its reads is short.
     */
    static JournalDatabase readOnly(Path file) {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setReadOnly(true);
            config.setBusyTimeout(2000);
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
            return new JournalDatabase(source.getConnection());
        } catch (SQLException e) {
            throw new JournalException("The journal " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Work on the connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads. */
    synchronized <T> T read(Work<T> work) {
        try {
            return work.with(connection);
        } catch (SQLException e) {
            throw new JournalException("The journal cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads several things as they were at one moment. */
    synchronized <T> T readAtOnce(Work<T> work) {
        return read(same -> {
            same.setAutoCommit(false);
            try {
                return work.with(same);
            } finally {
                same.setAutoCommit(true);
            }
        });
    }

    /**
     * Writes in one transaction: all of it is on the disk when this returns, or none of it.
     *
     * @throws JournalException when the disk does not take it now
     * @throws IllegalArgumentException when it never will: what is written breaks a rule of its table
     */
    synchronized <T> T write(Work<T> work) {
        try {
            connection.setAutoCommit(false);
            T result = work.with(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            undo(e);
            if ((e.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
                throw new IllegalArgumentException("The journal cannot take this: " + e.getMessage(), e);
            }
            throw new JournalException("The journal cannot be written: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /** On a full disk SQLite takes a transaction back by itself: that there is none any more is not what went wrong. */
    private void undo(Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        updateEach(connection, sql, List.<Object[]>of(parameters));
    }

    /** The same statement once for each of these rows. What it means is found out once: that takes longer than to do it. */
    static void updateEach(Connection connection, String sql, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.executeUpdate();
            }
        }
    }

    static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            // NaN is "not measured": SQLite would store it as NULL anyway.
            Object parameter = parameters[i] instanceof Double number && number.isNaN() ? null : parameters[i];
            statement.setObject(i + 1, parameter);
        }
    }

    /** The number that a query gives; 0 when it gives none. */
    static long longOf(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new JournalException("The journal cannot be closed: " + e.getMessage(), e);
        }
    }
}
