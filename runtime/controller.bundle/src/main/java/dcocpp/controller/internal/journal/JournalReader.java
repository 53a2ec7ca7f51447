package dcocpp.controller.internal.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;

/**
 * Reads the journal of a charger that may be running, in this process or another, and changes nothing: first the last entries, then
 * whatever is added. Each read is short, so that it never keeps the write-ahead log from being taken over. Not thread-safe.
 */
public final class JournalReader implements AutoCloseable {

    private final JournalDatabase database;
    private long lastEvent;
    private long lastHappening;

    /** An entry and where it stands: behind which event, and as which happening. */
    private record Placed(long event, long happening, JournalEntry entry) {
    }

    /**
     * What is wanted.
     *
     * @param since nothing before this second; null = no such limit
     * @param connectorId only what concerns this connector, which what concerns all of them does; 0 = no such limit
     * @param transactionId only this transaction, by our id of it, and what happened at its connector meanwhile; null = no such limit
     */
    public record Filter(Instant since, int connectorId, String transactionId) {

        /** Everything. */
        public static final Filter NONE = new Filter(null, 0, null);
    }

    /**
     * Opens a journal.
     *
     * @param file an existing file
     * @throws JournalException when it cannot be read or is no journal
     */
    public JournalReader(Path file) {
        database = JournalDatabase.readOnly(file);
        try {
            if (!has("event")) {
                throw new JournalException("The file " + file + " is no journal", null);
            }
        } catch (JournalException e) {
            database.close();
            throw e;
        }
    }

    private boolean has(String table) {
        return database.read(connection -> JournalDatabase.longOf(connection, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?",
                table) > 0);
    }

    /** The last entries, oldest first; what {@link #more} gives follows them. */
    public List<JournalEntry> last(Filter filter, int max) {
        return read(filter, 0, 0, max);
    }

    /** What was added since, oldest first. */
    public List<JournalEntry> more(Filter filter) {
        return read(filter, lastEvent, lastHappening, Integer.MAX_VALUE);
    }

    /** How much modules and contactors have been used, as it was kept within the last minute. */
    public List<Wear> wear() {
        return has("wear") ? database.read(ControllerMemory::wear) : List.of();
    }

    private List<JournalEntry> read(Filter filter, long afterEvent, long afterHappening, int max) {
        // A charger of an older version has no happenings.
        boolean happenings = has("happening");
        return database.readAtOnce(connection -> {
            List<Placed> placed = new ArrayList<>(events(connection, filter, afterEvent, max));
            if (happenings) {
                placed.addAll(happenings(connection, filter, afterHappening, max));
                lastHappening = Math.max(lastHappening, JournalDatabase.longOf(connection, "SELECT MAX(number) FROM happening"));
            }
            lastEvent = Math.max(lastEvent, JournalDatabase.longOf(connection, "SELECT MAX(number) FROM event"));
            placed.sort(Comparator.comparingLong(Placed::event).thenComparingLong(Placed::happening));
            return placed.subList(Math.max(0, placed.size() - max), placed.size()).stream().map(Placed::entry).toList();
        });
    }

    private static List<Placed> events(Connection connection, Filter filter, long after, int max) throws SQLException {
        Condition where = new Condition("kind <> 'SAMPLED' AND number > ?", after);
        where.and(filter.since() != null, "at >= ?", bound(filter));
        where.and(filter.connectorId() != 0, "connector_id = ?", filter.connectorId());
        where.and(filter.transactionId() != null, "transaction_id = ?", filter.transactionId());
        List<Placed> placed = new ArrayList<>();
        for (JournalEvent event : JournalStore.events(connection, where.text + " ORDER BY number DESC LIMIT ?", where.with(max))) {
            placed.add(new Placed(event.stamp().number(), 0, entry(connection, event)));
        }
        return placed;
    }

    private static JournalEntry entry(Connection connection, JournalEvent event) throws SQLException {
        if (event instanceof TransactionStarted started) {
            return new JournalEntry.Started(started, JournalStore.delivery(connection, started));
        }
        TransactionStopped stopped = (TransactionStopped) event;
        long startMilliWh = JournalDatabase.longOf(connection, "SELECT meter_mwh FROM event WHERE transaction_id = ? AND kind = 'STARTED'",
                stopped.transactionId());
        return new JournalEntry.Stopped(stopped, stopped.meterMilliWh() - startMilliWh, JournalStore.delivery(connection, stopped));
    }

    private static List<Placed> happenings(Connection connection, Filter filter, long after, int max) throws SQLException {
        Condition where = new Condition("number > ?", after);
        where.and(filter.since() != null, "last_at >= ?", bound(filter));
        where.and(filter.connectorId() != 0, "connector_id IN (0, ?)", filter.connectorId());
        if (filter.transactionId() != null) {
            String bounds = " FROM event WHERE transaction_id = ? AND kind = ";
            where.and(true, "event_number >= (SELECT number" + bounds + "'STARTED')", filter.transactionId());
            where.and(true, "event_number < COALESCE((SELECT number" + bounds + "'STOPPED'), ?)", filter.transactionId(), Long.MAX_VALUE);
            where.and(true, "connector_id IN (0, (SELECT connector_id" + bounds + "'STARTED'))", filter.transactionId());
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM happening WHERE " + where.text
                + " ORDER BY number DESC LIMIT ?")) {
            JournalDatabase.bind(statement, where.with(max));
            List<Placed> placed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    placed.add(new Placed(row.getLong("event_number"), row.getLong("number"),
                            new JournalEntry.Happened(HappeningTable.of(row))));
                }
            }
            return placed;
        }
    }

    /** Times in the database have as many digits as they need: compared as texts they are right to the second. */
    private static String bound(Filter filter) {
        return filter.since() == null ? null : filter.since().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
    }

    @Override
    public void close() {
        database.close();
    }

    /** A condition and its parameters. */
    private static final class Condition {
        private String text;
        private final List<Object> parameters = new ArrayList<>();

        private Condition(String text, Object... parameters) {
            this.text = text;
            Collections.addAll(this.parameters, parameters);
        }

        private void and(boolean wanted, String more, Object... its) {
            if (wanted) {
                text += " AND " + more;
                Collections.addAll(parameters, its);
            }
        }

        private Object[] with(Object last) {
            return Stream.concat(parameters.stream(), Stream.of(last)).toArray();
        }
    }
}
