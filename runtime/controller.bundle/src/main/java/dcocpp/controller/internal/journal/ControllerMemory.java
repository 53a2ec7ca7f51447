package dcocpp.controller.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;

/** What the controller keeps over a restart beside the journal: the wishes of the back office and single values. */
public final class ControllerMemory {

    private static final String WISHES = "backoffice.number";
    private static final String HELD = "backoffice.held";
    private static final String ENDED_RESERVATIONS = "reservations.ended";

    private final JournalDatabase database;

    public ControllerMemory(JournalStore journal) {
        database = journal.database();
    }

    /** A single value. */
    public Optional<String> value(String name) {
        return database.read(connection -> value(connection, name));
    }

    /** Keeps a single value. */
    public void keep(String name, String content) {
        database.write(connection -> {
            keep(connection, name, content);
            return null;
        });
    }

    private static Optional<String> value(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT content FROM value WHERE name = ?")) {
            JournalDatabase.bind(statement, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void keep(Connection connection, String name, String content) throws SQLException {
        JournalDatabase.update(connection, "INSERT INTO value (name, content) VALUES (?, ?) ON CONFLICT (name)"
                + " DO UPDATE SET content = excluded.content", name, content);
    }

    /**
     * Keeps all wishes of the back office in one commit.
     *
     * @param endedReservations ids of those among them that are over already
     */
    public void keep(BackOfficeState state, Set<Integer> endedReservations) {
        database.write(connection -> {
            for (String table : List.of("inoperative", "reservation", "limit_period")) {
                JournalDatabase.update(connection, "DELETE FROM " + table);
            }
            for (int connectorId : state.inoperative()) {
                JournalDatabase.update(connection, "INSERT INTO inoperative VALUES (?)", connectorId);
            }
            for (Reservation reservation : state.reservations()) {
                JournalDatabase.update(connection, "INSERT OR REPLACE INTO reservation VALUES (?, ?, ?, ?, ?)",
                        reservation.reservationId(), reservation.connectorId(), reservation.idTag(), reservation.parentIdTag(),
                        reservation.expiry().toString());
            }
            int schedule = 0;
            for (LimitSchedule limit : state.limits()) {
                for (LimitSchedule.Period period : limit.periods()) {
                    JournalDatabase.update(connection, "INSERT INTO limit_period VALUES (?, ?, ?, ?, ?, ?)", schedule,
                            limit.connectorId(), limit.transactionId(), limit.end() == null ? null : limit.end().toString(),
                            period.start().toString(), period.limitW());
                }
                schedule++;
            }
            keep(connection, WISHES, Long.toString(state.number()));
            keep(connection, HELD, Boolean.toString(state.held()));
            keep(connection, ENDED_RESERVATIONS, endedReservations.stream().map(String::valueOf).collect(Collectors.joining(",")));
            return null;
        });
    }

    /** The wishes of the back office as they were last kept. */
    public BackOfficeState backOfficeState() {
        return database.read(connection -> {
            long number = value(connection, WISHES).map(Long::parseLong).orElse(0L);
            boolean held = value(connection, HELD).map(Boolean::parseBoolean).orElse(false);
            return new BackOfficeState(number, inoperative(connection), reservations(connection), limits(connection), held);
        });
    }

    /** Ids of the reservations among the last wishes that are over already. */
    public Set<Integer> endedReservations() {
        return value(ENDED_RESERVATIONS).filter(ids -> !ids.isEmpty()).stream().flatMap(ids -> Arrays.stream(ids.split(",")))
                .map(Integer::valueOf).collect(Collectors.toSet());
    }

    /**
     * Keeps all latched faults in one commit.
     *
     * @param latched by connector, newest first
     */
    public void keepLatched(Map<Integer, List<Fault>> latched) {
        database.write(connection -> {
            JournalDatabase.update(connection, "DELETE FROM latched_fault");
            for (Map.Entry<Integer, List<Fault>> connector : latched.entrySet()) {
                int age = 0;
                for (Fault fault : connector.getValue()) {
                    JournalDatabase.update(connection, "INSERT INTO latched_fault VALUES (?, ?, ?, ?)", connector.getKey(), age++,
                            fault.cause().name(), fault.detail());
                }
            }
            return null;
        });
    }

    /** The latched faults as they were last kept: by connector, newest first. */
    public Map<Integer, List<Fault>> latched() {
        return database.read(connection -> {
            Map<Integer, List<Fault>> latched = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM latched_fault ORDER BY age");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<Fault> faults = latched.computeIfAbsent(row.getInt("connector_id"), id -> new ArrayList<>());
                    String name = row.getString("cause");
                    String detail = row.getString("detail");
                    // One that only a later version knows would not be latched by this one either.
                    Arrays.stream(FaultCause.values()).filter(cause -> cause.name().equals(name))
                            .forEach(cause -> faults.add(new Fault(cause, detail)));
                }
            }
            return latched;
        });
    }

    /** Keeps what parts have been used, in one commit. What is kept never falls. */
    public void keepWear(List<Wear> parts) {
        database.write(connection -> {
            JournalDatabase.updateEach(connection, "INSERT INTO wear VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, part) DO UPDATE SET"
                    + " on_ms = MAX(on_ms, excluded.on_ms), operations = MAX(operations, excluded.operations),"
                    + " loaded_operations = MAX(loaded_operations, excluded.loaded_operations)",
                    parts.stream().map(wear -> new Object[] {wear.kind().name(), wear.part(), wear.onMillis(), wear.operations(),
                        wear.loadedOperations()}).toList());
            return null;
        });
    }

    /** What parts have been used, as it was last kept. */
    public List<Wear> wear() {
        return database.read(ControllerMemory::wear);
    }

    /** The same from any connection. */
    static List<Wear> wear(Connection connection) throws SQLException {
        List<Wear> parts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM wear ORDER BY kind DESC, part");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                parts.add(new Wear(Wear.Kind.valueOf(row.getString("kind")), row.getString("part"), row.getLong("on_ms"),
                        row.getLong("operations"), row.getLong("loaded_operations")));
            }
        }
        return parts;
    }

    private static Set<Integer> inoperative(Connection connection) throws SQLException {
        Set<Integer> connectors = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT connector_id FROM inoperative");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                connectors.add(row.getInt(1));
            }
        }
        return connectors;
    }

    private static List<Reservation> reservations(Connection connection) throws SQLException {
        List<Reservation> reservations = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM reservation ORDER BY reservation_id");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                reservations.add(new Reservation(row.getInt("reservation_id"), row.getInt("connector_id"), row.getString("id_tag"),
                        row.getString("parent_id_tag"), Instant.parse(row.getString("expiry"))));
            }
        }
        return reservations;
    }

    private static List<LimitSchedule> limits(Connection connection) throws SQLException {
        Map<Integer, LimitSchedule> schedules = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM limit_period ORDER BY schedule, start");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String end = row.getString("schedule_end");
                LimitSchedule one = new LimitSchedule(row.getInt("connector_id"), row.getString("transaction_id"),
                        List.of(new LimitSchedule.Period(Instant.parse(row.getString("start")), row.getDouble("limit_w"))),
                        end == null ? null : Instant.parse(end));
                schedules.merge(row.getInt("schedule"), one, ControllerMemory::joined);
            }
        }
        return List.copyOf(schedules.values());
    }

    private static LimitSchedule joined(LimitSchedule first, LimitSchedule next) {
        List<LimitSchedule.Period> periods = new ArrayList<>(first.periods());
        periods.addAll(next.periods());
        return new LimitSchedule(first.connectorId(), first.transactionId(), periods, first.end());
    }
}
