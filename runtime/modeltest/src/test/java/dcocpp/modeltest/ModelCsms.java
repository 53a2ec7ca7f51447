package dcocpp.modeltest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocppcheck.FrameCheck;
import dcocpp.testkit.FakeTimeSource;

/**
 * A CSMS that keeps what it is told and knows a repetition: a StartTransaction of the same connector, tag, time and meter is the same
 * transaction, a StopTransaction with the same payload the same end. Whatever else comes twice, out of order or for nobody is a fault.
 */
final class ModelCsms {
    /** A tag that may not charge. */
    static final String STRANGER = "MALLORY";

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<String> OF_TRANSACTIONS = Set.of("StartTransaction", "StopTransaction", "MeterValues");

    /** How the CSMS treats a message of a transaction. */
    enum Mood {
        ERROR_AND_FORGET, ERROR_AND_KEEP, SILENT_AND_FORGET, SILENT_AND_KEEP
    }

    /** What it knows of a transaction. */
    static final class Transaction {
        final int number;
        final JsonNode start;
        final List<JsonNode> meterValues = new ArrayList<>();
        JsonNode stop;
        private OptionalLong refusedNanos = OptionalLong.empty();

        private Transaction(int number, JsonNode start) {
            this.number = number;
            this.start = start;
        }

        /** When the charge point was first answered that its tag may not charge, process time. */
        OptionalLong refusedNanos() {
            return refusedNanos;
        }
    }

    /** A start or stop that was heard of for the first time. */
    record Heard(Transaction transaction, boolean start) {
    }

    private final ObjectMapper json = new ObjectMapper();
    private final FakeTimeSource time;
    private final FrameCheck check = FrameCheck.ofTest();
    private final List<Transaction> transactions = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Deque<Mood> moods = new ArrayDeque<>();
    private Transport.Events connection;
    private long unreachableUntilNanos;
    private boolean dead;
    private boolean accepted;
    private int calls;

    ModelCsms(FakeTimeSource time) {
        this.time = time;
    }

    List<Transaction> transactions() {
        return transactions;
    }

    /** Starts and stops in the order of their first coming. */
    List<Heard> heard() {
        return heard;
    }

    List<String> faults() {
        return faults;
    }

    /** The next messages of transactions are treated like this. */
    void mood(Mood mood, int times) {
        for (int i = 0; i < times; i++) {
            moods.add(mood);
        }
    }

    /** From now on everything works. */
    void behave() {
        moods.clear();
        dead = false;
        unreachableUntilNanos = time.nanoTime();
    }

    /** The connection breaks, and no other succeeds for a while. */
    void breakLink(Duration away) {
        unreachableUntilNanos = time.nanoTime() + away.toNanos();
        Transport.Events old = connection;
        drop();
        if (old != null) {
            old.closed("the network is gone");
        }
    }

    /** Nothing gets through any more, and nobody says so: only a ping can tell. */
    void dieSilently() {
        dead = connection != null;
    }

    /** The other side is gone. */
    void drop() {
        connection = null;
        dead = false;
        accepted = false;
    }

    boolean connect(LinkSettings settings, Transport.Events events) {
        if (time.nanoTime() < unreachableUntilNanos) {
            return false;
        }
        drop();
        connection = events;
        return true;
    }

    boolean isConnection(Transport.Events events) {
        return connection == events && !dead;
    }

    private Instant now() {
        return at(time.nanoTime());
    }

    /** What its clock shows at a moment of the process. */
    static Instant at(long nanos) {
        return EPOCH.plusNanos(nanos);
    }

    /** Calls the charge point, if it is there and registered. */
    void call(String action, String payload) {
        if (connection != null && !dead && accepted) {
            String text = "[2,\"cs-" + calls++ + "\",\"" + action + "\"," + payload + "]";
            check.received(text);
            connection.text(text);
        }
    }

    Optional<Transaction> open(int choice) {
        List<Transaction> open = transactions.stream().filter(transaction -> transaction.stop == null).toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(Math.floorMod(choice, open.size())));
    }

    /** Takes a frame; returns the answer, empty if there is none. */
    Optional<String> take(String text) {
        check.sent(text);
        JsonNode frame = read(text);
        if (frame.get(0).intValue() != 2) {
            return Optional.empty();
        }
        String action = frame.get(2).textValue();
        Mood mood = OF_TRANSACTIONS.contains(action) ? moods.poll() : null;
        String id = frame.get(1).textValue();
        if (mood == null) {
            refuse(action, frame.get(3));
            return Optional.of("[3,\"" + id + "\"," + answer(action, frame.get(3)) + "]");
        }
        if (mood == Mood.ERROR_AND_KEEP || mood == Mood.SILENT_AND_KEEP) {
            answer(action, frame.get(3));
        }
        return mood == Mood.ERROR_AND_KEEP || mood == Mood.ERROR_AND_FORGET
                ? Optional.of("[4,\"" + id + "\",\"InternalError\",\"scripted\",{}]") : Optional.empty();
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String action, JsonNode payload) {
        return switch (action) {
            case "BootNotification" -> {
                accepted = true;
                yield "{\"status\":\"Accepted\",\"currentTime\":\"" + now() + "\",\"interval\":60}";
            }
            case "Heartbeat" -> "{\"currentTime\":\"" + now() + "\"}";
            case "Authorize" -> "{\"idTagInfo\":" + info(payload) + "}";
            case "StartTransaction" -> "{\"idTagInfo\":" + info(payload) + ",\"transactionId\":" + started(payload).number + "}";
            case "StopTransaction" -> {
                stopped(payload);
                yield "{}";
            }
            case "MeterValues" -> {
                metered(payload);
                yield "{}";
            }
            default -> "{}";
        };
    }

    private static String info(JsonNode payload) {
        return "{\"status\":\"" + (strange(payload) ? "Invalid" : "Accepted") + "\"}";
    }

    private static boolean strange(JsonNode payload) {
        return payload.path("idTag").asText().equals(STRANGER);
    }

    /** Remembers that a start is about to be answered with a no. */
    private void refuse(String action, JsonNode payload) {
        if (action.equals("StartTransaction") && strange(payload)) {
            Transaction transaction = started(payload);
            if (transaction.refusedNanos.isEmpty()) {
                transaction.refusedNanos = OptionalLong.of(time.nanoTime());
            }
        }
    }

    private Transaction started(JsonNode payload) {
        return transactions.stream().filter(known -> known.start.equals(payload)).findFirst().orElseGet(() -> {
            Transaction transaction = new Transaction(1000 + transactions.size(), payload);
            transactions.add(transaction);
            heard.add(new Heard(transaction, true));
            return transaction;
        });
    }

    private Optional<Transaction> find(JsonNode payload) {
        return transactions.stream().filter(known -> payload.path("transactionId").asInt(-1) == known.number).findFirst();
    }

    private void stopped(JsonNode payload) {
        Optional<Transaction> found = find(payload);
        if (found.isEmpty()) {
            faults.add("a stop of a transaction that was never started: " + payload);
            return;
        }
        Transaction transaction = found.get();
        if (transaction.stop == null) {
            transaction.stop = payload;
            heard.add(new Heard(transaction, false));
        } else if (!transaction.stop.equals(payload)) {
            faults.add("two different stops of one transaction: " + transaction.stop + " and " + payload);
        }
    }

    private void metered(JsonNode payload) {
        Optional<Transaction> found = find(payload);
        if (found.isEmpty()) {
            faults.add("meter values for no transaction: " + payload);
            return;
        }
        Transaction transaction = found.get();
        if (!transaction.meterValues.contains(payload)) {
            if (transaction.stop != null) {
                faults.add("meter values after the stop: " + payload);
            }
            transaction.meterValues.add(payload);
        }
    }
}
