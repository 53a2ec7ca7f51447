package dcocpp.controller.internal.journal;

import java.sql.ResultSet;
import java.sql.Statement;

/** Reads and spoils the setting on which "a commit is on the disk" rests: SQLite's PRAGMA synchronous of the journal's connection. */
public final class JournalSync {
    /** SQLite: each commit in the write-ahead log is followed by an fsync. */
    public static final int FULL = 2;

    private JournalSync() {
    }

    public static int level(JournalStore store) {
        return store.database().read(connection -> {
            try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
                return row.getInt(1);
            }
        });
    }

    /** From now on a commit is acknowledged before it is on the disk. */
    public static void off(JournalStore store) {
        store.database().read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA synchronous = OFF");
            }
        });
    }
}
