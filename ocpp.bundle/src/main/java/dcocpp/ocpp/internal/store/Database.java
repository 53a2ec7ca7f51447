package dcocpp.ocpp.internal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.sqlite.SQLiteErrorCode;

/** One SQLite file and the one connection to it: WAL, every commit forced to disk unless its owner wants it otherwise. Used on the owner thread only. */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final int BUSY_TIMEOUT_MILLIS = 2000;

    /** What belongs to a database: itself, and what was committed and is not yet in it. */
    private static final List<String> PARTS = List.of("", "-wal", "-shm");
    private static final int PRIMARY_CODE = 0xff;

    private final Connection connection;

    /** What is done as one. */
    interface Work {
        void run() throws SQLException;
    }

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file and makes its tables. A file that is damaged, or that a newer bundle has changed, is put aside and
     * begun anew: what must not be lost is in the journal. A file that is busy, or a disk that is full or away, says
     * nothing about the file: it stays as it is.
     *
     * @param version the version of the tables, kept in the file
     * @param sync whether a commit waits until it is on the disk
     */
    static Database open(Path file, int version, List<String> tables, SQLiteConfig.SynchronousMode sync) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return tryOpen(file, version, tables, sync);
            } catch (SQLException e) {
                if (!unusable(e)) {
                    throw e;
                }
                Path aside = file.resolveSibling(file.getFileName() + ".unusable");
                LOG.error("{} cannot be used ({}); it is kept as {} and begun anew from the journal", file, e.getMessage(), aside);
                for (String part : PARTS) {
                    Files.deleteIfExists(aside.resolveSibling(aside.getFileName() + part));
                    Path source = file.resolveSibling(file.getFileName() + part);
                    if (Files.exists(source)) {
                        Files.move(source, aside.resolveSibling(aside.getFileName() + part));
                    }
                }
                return tryOpen(file, version, tables, sync);
            }
        } catch (IOException | SQLException e) {
            throw new StoreException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean unusable(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        return e instanceof NewerTables || code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** A newer bundle has changed the tables. */
    private static final class NewerTables extends SQLException {
        private static final long serialVersionUID = 1L;

        private NewerTables(int found, int known) {
            super("its tables are of version " + found + ", this bundle knows " + known);
        }
    }

    private static Database tryOpen(Path file, int version, List<String> tables, SQLiteConfig.SynchronousMode sync) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(sync);
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
                throw new NewerTables(found, version);
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

    <T> List<T> query(OcppStore.RowReader<T> reader, String sql, Object... values) {
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
