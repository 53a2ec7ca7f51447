package dcocpp.controller.internal.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

import org.sqlite.SQLiteConfig;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;

/** The journal's events and meters in SQLite. From any thread; returns when the disk has it. */
public final class JournalStore implements Journal, AutoCloseable {

    private static final String STARTED = "STARTED";
    private static final String STOPPED = "STOPPED";
    private static final String SAMPLED = "SAMPLED";
    private static final String INSERT = "INSERT INTO event (boot_id, nanos, at, kind, transaction_id, connector_id, meter_mwh, id_tag,"
            + " token_source, reservation_id, reason, context, power_w, voltage_v, current_a, soc_percent, temperature_c, offered_w,"
            + " offered_a, delivery, delivery_detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final Duration KEEP_SAMPLES = Duration.ofDays(90);
    private static final Duration KEEP_TRANSACTIONS = Duration.ofDays(3 * 365);

    private final JournalDatabase database;
    /** Number of the newest event that is certainly in the file: readers that have it need not ask for more. */
    private final AtomicLong written;

    public JournalStore(Path file) {
        this(file, SQLiteConfig.SynchronousMode.FULL);
    }

    private JournalStore(Path file, SQLiteConfig.SynchronousMode sync) {
        database = new JournalDatabase(file, sync);
        written = new AtomicLong(newest());
    }

    /** For a simulation, whose power cuts do not reach the disk: a commit returns before it is there. */
    public static JournalStore unsynced(Path file) {
        return new JournalStore(file, SQLiteConfig.SynchronousMode.OFF);
    }

    /** The database for what else the controller keeps. */
    JournalDatabase database() {
        return database;
    }

    /**
     * What a connector's accumulator needs to go on after a restart.
     *
     * @param connectorId connector id
     * @param lifetimeMilliWh lifetime energy, mWh
     * @param registerMilliWh the meter's register as it was last read, mWh; -1 = there is none
     * @param aheadMilliWh what of the lifetime energy was integrated and the register has not shown yet, mWh
     */
    public record Meter(int connectorId, long lifetimeMilliWh, long registerMilliWh, long aheadMilliWh) {
    }

    /**
     * Writes events and meters in one commit. The events' stamps have no number yet: the journal gives it.
     *
     * @return the number of the last event
     */
    public long append(List<JournalEvent> events, List<Meter> meters) {
        long last = database.write(connection -> {
            JournalDatabase.updateEach(connection, INSERT, events.stream().map(JournalStore::row).toList());
            JournalDatabase.updateEach(connection, "INSERT INTO meter (connector_id, lifetime_mwh, register_mwh, ahead_mwh)"
                    + " VALUES (?, ?, ?, ?) ON CONFLICT (connector_id) DO UPDATE SET lifetime_mwh = excluded.lifetime_mwh,"
                    + " register_mwh = excluded.register_mwh, ahead_mwh = excluded.ahead_mwh",
                    meters.stream().map(meter -> new Object[] {meter.connectorId(), meter.lifetimeMilliWh(), meter.registerMilliWh(),
                        meter.aheadMilliWh()}).toList());
            return newest(connection);
        });
        written.accumulateAndGet(last, Math::max);
        return last;
    }

    /** The row of an event, in the order of {@link #INSERT}. */
    private static Object[] row(JournalEvent event) {
        JournalStamp stamp = event.stamp();
        String at = stamp.at().toString();
        String pending = Delivery.State.PENDING.name();
        if (event instanceof TransactionStarted started) {
            return new Object[] {stamp.bootId(), stamp.nanos(), at, STARTED, event.transactionId(), event.connectorId(),
                started.meterMilliWh(), started.token().idTag(), started.token().source().name(), started.reservationId(), null, null, null,
                null, null, null, null, null, null, pending, ""};
        }
        if (event instanceof TransactionStopped stopped) {
            return new Object[] {stamp.bootId(), stamp.nanos(), at, STOPPED, event.transactionId(), event.connectorId(),
                stopped.meterMilliWh(), stopped.stopIdTag(), null, null, stopped.reason().name(), null, null, null, null, null, null, null,
                null, pending, ""};
        }
        MeterSampled sampled = (MeterSampled) event;
        MeterSample sample = sampled.sample();
        return new Object[] {stamp.bootId(), stamp.nanos(), at, SAMPLED, event.transactionId(), event.connectorId(),
            sample.registerMilliWh(), null, null, null, null, sampled.context().name(), sample.powerW(), sample.voltageV(),
            sample.currentA(), sample.socPercent(), sample.temperatureC(), sample.offeredPowerW(), sample.offeredCurrentA(), null, null};
    }

    /** The event in a row of its table. */
    static JournalEvent event(ResultSet row) throws SQLException {
        JournalStamp stamp = new JournalStamp(row.getLong("number"), row.getString("boot_id"), row.getLong("nanos"),
                Instant.parse(row.getString("at")));
        String transactionId = row.getString("transaction_id");
        int connectorId = row.getInt("connector_id");
        long meterMilliWh = row.getLong("meter_mwh");
        String kind = row.getString("kind");
        return switch (kind) {
            case STARTED -> new TransactionStarted(stamp, transactionId, connectorId,
                    new Token(row.getString("id_tag"), Token.Source.valueOf(row.getString("token_source"))), meterMilliWh,
                    row.getInt("reservation_id"));
            case STOPPED -> new TransactionStopped(stamp, transactionId, connectorId, meterMilliWh,
                    StopReason.valueOf(row.getString("reason")), row.getString("id_tag"));
            case SAMPLED -> new MeterSampled(stamp, transactionId, connectorId, MeterSampled.Context.valueOf(row.getString("context")),
                    new MeterSample(meterMilliWh, JournalDatabase.number(row, "power_w"), JournalDatabase.number(row, "voltage_v"),
                            JournalDatabase.number(row, "current_a"), JournalDatabase.number(row, "soc_percent"),
                            JournalDatabase.number(row, "temperature_c"), JournalDatabase.number(row, "offered_w"),
                            JournalDatabase.number(row, "offered_a")));
            default -> throw new SQLException("an event of kind " + kind);
        };
    }

    @Override
    public List<JournalEvent> read(long afterNumber, int max) {
        if (afterNumber >= written.get()) {
            // Whoever follows the journal asks far more often than there is something new.
            return List.of();
        }
        return database.read(connection -> events(connection, "number > ? ORDER BY number LIMIT ?", afterNumber, max));
    }

    /** The events that this condition selects. */
    static List<JournalEvent> events(Connection connection, String where, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM event WHERE " + where)) {
            JournalDatabase.bind(statement, parameters);
            List<JournalEvent> events = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(event(row));
                }
            }
            return events;
        }
    }

    @Override
    public OptionalLong oldestUndelivered() {
        return database.read(connection -> {
            long number = JournalDatabase.longOf(connection, "SELECT MIN(number) FROM event WHERE delivery = 'PENDING'");
            return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
        });
    }

    @Override
    public List<JournalEvent> undelivered(long afterNumber, int max) {
        return database.read(connection -> events(connection, "delivery = 'PENDING' AND number > ? ORDER BY number LIMIT ?",
                afterNumber, max));
    }

    @Override
    public long newest() {
        return database.read(JournalStore::newest);
    }

    private static long newest(Connection connection) throws SQLException {
        return JournalDatabase.longOf(connection, "SELECT MAX(number) FROM event");
    }

    @Override
    public void markDelivered(long number, String remoteId) {
        mark(number, Delivery.State.DELIVERED, remoteId);
    }

    @Override
    public void markUndeliverable(long number, String reason) {
        mark(number, Delivery.State.UNDELIVERABLE, reason);
    }

    @Override
    public void markPending(long number) {
        database.write(connection -> {
            JournalDatabase.update(connection, "UPDATE event SET delivery = 'PENDING', delivery_detail = '' WHERE number = ?"
                    + " AND delivery = 'UNDELIVERABLE'", number);
            return null;
        });
    }

    @Override
    public List<TransactionRecord> undeliverable(int max) {
        return database.read(connection -> {
            List<TransactionRecord> records = new ArrayList<>();
            for (JournalEvent event : events(connection, "kind = 'STARTED' AND transaction_id IN (SELECT transaction_id FROM event"
                    + " WHERE delivery = 'UNDELIVERABLE') ORDER BY number LIMIT ?", max)) {
                records.add(record(connection, (TransactionStarted) event));
            }
            return records;
        });
    }

    private void mark(long number, Delivery.State state, String detail) {
        database.write(connection -> {
            JournalDatabase.update(connection, "UPDATE event SET delivery = ?, delivery_detail = ? WHERE number = ?"
                    + " AND delivery IS NOT NULL", state.name(), detail, number);
            return null;
        });
    }

    @Override
    public List<TransactionRecord> transactions(int max) {
        return database.read(connection -> {
            List<TransactionRecord> records = new ArrayList<>();
            for (JournalEvent event : events(connection, "kind = 'STARTED' ORDER BY number DESC LIMIT ?", max)) {
                records.add(record(connection, (TransactionStarted) event));
            }
            return records;
        });
    }

    @Override
    public Optional<TransactionRecord> transaction(String transactionId) {
        return database.read(connection -> {
            var started = events(connection, "transaction_id = ? AND kind = 'STARTED'", transactionId).stream().findFirst();
            return started.isEmpty() ? Optional.empty() : Optional.of(record(connection, (TransactionStarted) started.get()));
        });
    }

    /** Adds happenings in one commit. The journal gives them their numbers. */
    public void record(List<Happening> happenings) {
        database.write(connection -> {
            HappeningTable.insert(connection, happenings, HappeningTable.MOST);
            return null;
        });
    }

    /** The run of the process before this one was killed, or power was cut. */
    public boolean cutOff() {
        return database.read(HappeningTable::cutOff);
    }

    /**
     * Removes what is old: the samples of transactions that the back office has accepted or that were given up, whole transactions that it
     * has accepted, happenings. What was given up stays with its start and stop, it can be sent again.
     */
    void prune(Instant now) {
        database.write(connection -> {
            JournalDatabase.update(connection, "DELETE FROM event WHERE kind = 'SAMPLED' AND transaction_id IN (SELECT transaction_id"
                    + " FROM event WHERE kind = 'STOPPED' AND delivery <> 'PENDING' AND at < ?)", now.minus(KEEP_SAMPLES).toString());
            JournalDatabase.update(connection, "DELETE FROM event WHERE transaction_id IN (SELECT transaction_id FROM event WHERE"
                    + " kind = 'STOPPED' AND delivery = 'DELIVERED' AND at < ?) AND transaction_id NOT IN (SELECT transaction_id FROM event"
                    + " WHERE kind = 'STARTED' AND delivery <> 'DELIVERED')", now.minus(KEEP_TRANSACTIONS).toString());
            HappeningTable.prune(connection, now);
            return null;
        });
    }

    private static TransactionRecord record(Connection connection, TransactionStarted started) throws SQLException {
        TransactionStopped stopped = (TransactionStopped) events(connection, "transaction_id = ? AND kind = 'STOPPED'",
                started.transactionId()).stream().findFirst().orElse(null);
        return new TransactionRecord(started, delivery(connection, started), stopped,
                stopped == null ? null : delivery(connection, stopped));
    }

    /** How far a start or stop has come. */
    static Delivery delivery(Connection connection, JournalEvent event) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("SELECT delivery, delivery_detail FROM event WHERE number = ?")) {
            JournalDatabase.bind(statement, event.stamp().number());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Delivery(Delivery.State.valueOf(row.getString(1)), row.getString(2));
            }
        }
    }

    /** Transactions that were started and never stopped, with their last sample. */
    public List<OpenTransaction> openTransactions() {
        return database.read(connection -> {
            List<OpenTransaction> open = new ArrayList<>();
            for (JournalEvent event : events(connection, "kind = 'STARTED' AND transaction_id NOT IN"
                    + " (SELECT transaction_id FROM event WHERE kind = 'STOPPED') ORDER BY number")) {
                Optional<JournalEvent> last = events(connection,
                        "transaction_id = ? AND kind = 'SAMPLED' ORDER BY number DESC LIMIT 1", event.transactionId()).stream()
                        .findFirst();
                open.add(new OpenTransaction((TransactionStarted) event, last.map(MeterSampled.class::cast)));
            }
            return open;
        });
    }

    /** A transaction that has no end yet. */
    public record OpenTransaction(TransactionStarted started, Optional<MeterSampled> lastSample) {
    }

    /** The accumulators as they were last written. */
    public List<Meter> meters() {
        return database.read(connection -> {
            List<Meter> meters = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM meter");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    meters.add(new Meter(row.getInt("connector_id"), row.getLong("lifetime_mwh"), row.getLong("register_mwh"),
                            row.getLong("ahead_mwh")));
                }
            }
            return meters;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
