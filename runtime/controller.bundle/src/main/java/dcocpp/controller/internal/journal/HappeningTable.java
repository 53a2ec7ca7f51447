package dcocpp.controller.internal.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dcocpp.api.journal.JournalStamp;
import dcocpp.controller.internal.journal.Happening.Kind;

/** Happenings in SQLite. They are only added and, when they are old or too many, removed. Stateless. */
final class HappeningTable {

    /** So many are kept, the newest. */
    static final int MOST = 100_000;
    private static final Duration KEEP = Duration.ofDays(400);
    /** A plan is of interest for a shorter time and there are many. */
    private static final Duration KEEP_PLANS = Duration.ofDays(60);

    /** {@code event_number} is the newest event at that time: it gives both tables one order, whatever the wall clock did. */
    static final String[] SCHEMA = {
            "CREATE TABLE IF NOT EXISTS happening (number INTEGER PRIMARY KEY AUTOINCREMENT, event_number INTEGER NOT NULL,"
                    + " boot_id TEXT NOT NULL, nanos INTEGER NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,"
                    + " connector_id INTEGER NOT NULL, last_at TEXT NOT NULL, times INTEGER NOT NULL, what TEXT NOT NULL,"
                    + " detail TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS happening_run ON happening (number) WHERE kind IN ('STARTED', 'ENDED')",
    };

    private HappeningTable() {
    }

    /** Adds them in their order, and removes the oldest beyond the limit. */
    static void insert(Connection connection, List<Happening> happenings, int most) throws SQLException {
        JournalDatabase.updateEach(connection, "INSERT INTO happening (event_number, boot_id, nanos, at, kind, connector_id, last_at, times,"
                + " what, detail) VALUES ((SELECT COALESCE(MAX(number), 0) FROM event), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                happenings.stream().map(happening -> new Object[] {happening.stamp().bootId(), happening.stamp().nanos(),
                    happening.stamp().at().toString(), happening.kind().name(), happening.connectorId(), happening.lastAt().toString(),
                    happening.times(), happening.what(), happening.detail()}).toList());
        JournalDatabase.update(connection, "DELETE FROM happening WHERE number <= (SELECT MAX(number) FROM happening) - ?", most);
    }

    /** The happening in a row of its table. */
    static Happening of(ResultSet row) throws SQLException {
        return new Happening(new JournalStamp(row.getLong("number"), row.getString("boot_id"), row.getLong("nanos"),
                Instant.parse(row.getString("at"))), Kind.valueOf(row.getString("kind")), row.getInt("connector_id"),
                Instant.parse(row.getString("last_at")), row.getInt("times"), row.getString("what"), row.getString("detail"));
    }

    /** The last run of the process has not said that it ends. */
    static boolean cutOff(Connection connection) throws SQLException {
        return JournalDatabase.longOf(connection, "SELECT kind = 'STARTED' FROM happening WHERE kind IN ('STARTED', 'ENDED')"
                + " ORDER BY number DESC LIMIT 1") == 1;
    }

    /** Removes what is too old. */
    static void prune(Connection connection, Instant now) throws SQLException {
        JournalDatabase.update(connection, "DELETE FROM happening WHERE last_at < ?", now.minus(KEEP).toString());
        JournalDatabase.update(connection, "DELETE FROM happening WHERE kind = 'PLAN' AND last_at < ?",
                now.minus(KEEP_PLANS).toString());
    }
}
