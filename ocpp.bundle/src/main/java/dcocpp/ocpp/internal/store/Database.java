package dcocpp.ocpp.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One SQLite file and the one connection to it: WAL, every commit forced to disk. Used on the owner thread only. */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final int BUSY_TIMEOUT_MILLIS = 2000;

    private final Connection connection;

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done as one. */
    interface Work {
        void run() throws SQLException;
    }

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file and makes its tables. A file that is damaged, or that a newer bundle has changed, is put aside and
     * begun anew: what must not be lost is in the journal.
     *
     * @param version the version of the tables, kept in the file
     */
    static Database open(Path file, int version, List<String> tables) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return tryOpen(file, version, tables);
            } catch (SQLException e) {
                Path aside = file.resolveSibling(file.getFileName() + ".unusable");
                LOG.error("{} cannot be used ({}); it is kept as {} and begun anew from the journal", file, e.getMessage(), aside);
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
                return tryOpen(file, version, tables);
            }
        } catch (IOException | SQLException e) {
            throw new StoreException("cannot open " + file, e);
        }
    }

    private static Database tryOpen(Path file, int version, List<String> tables) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            int found;
            try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
                found = row.getInt(1);
            }
            if (found > version) {
                throw new SQLException("its tables are of version " + found + ", this bundle knows " + version);
            }
            for (String table : tables) {
                statement.executeUpdate(table);
            }
            statement.executeUpdate("PRAGMA user_version = " + version);
            return new Database(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Does all of it or nothing of it; on disk when this returns. */
    void write(Work work) {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException("cannot write: " + e.getMessage(), e);
        }
    }

    /** One statement, inside or outside of {@link #write}. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    <T> List<T> query(RowReader<T> reader, String sql, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new StoreException("cannot read: " + e.getMessage(), e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("Closing the store failed: {}", e.getMessage());
        }
    }
}
