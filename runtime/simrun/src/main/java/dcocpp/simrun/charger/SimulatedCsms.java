package dcocpp.simrun.charger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dcocpp.ocpp.internal.link.Transport;
import dcocpp.testkit.FakeTimeSource;

/**
 * A CSMS that keeps what it is told and knows a repetition: a StartTransaction of the same connector, tag, time and meter is the same
 * transaction, a StopTransaction with the same payload the same end. Whatever else comes twice, out of order or for nobody is a fault.
 * Belongs to the thread of the simulation.
 */
public final class SimulatedCsms {

    /** A tag that may not charge. */
    public static final String STRANGER = "MALLORY";

    private static final Set<String> OF_TRANSACTIONS = Set.of("StartTransaction", "StopTransaction", "MeterValues");
    private static final int HEARTBEAT_SECONDS = 60;

    /** How the CSMS treats a message of a transaction. */
    public enum Mood {
        ERROR_AND_FORGET, ERROR_AND_KEEP, SILENT_AND_FORGET, SILENT_AND_KEEP
    }

    /** Sees every frame. */
    public interface Witness {

        /** The charge point has sent this. */
        void sent(String text);

        /** The CSMS has sent this. */
        void received(String text);
    }

    /** What it knows of a transaction. */
    public static final class Transaction {

        private final int number;
        private final JsonNode start;
        private final Set<JsonNode> meterValues = new LinkedHashSet<>();
        private JsonNode stop;
        private OptionalLong refusedNanos = OptionalLong.empty();

        private Transaction(int number, JsonNode start) {
            this.number = number;
            this.start = start;
        }

        /** The CSMS's number of it. */
        public int number() {
            return number;
        }

        /** The payload of its StartTransaction. */
        public JsonNode start() {
            return start;
        }

        /** The payload of its StopTransaction; null while there was none. */
        public JsonNode stop() {
            return stop;
        }

        /** The payloads of its MeterValues, in the order of their coming. */
        public Set<JsonNode> meterValues() {
            return meterValues;
        }

        /** When the charge point was first answered that its tag may not charge, process time. */
        public OptionalLong refusedNanos() {
            return refusedNanos;
        }
    }

    /** A start or stop that was heard of for the first time. */
    public record Heard(Transaction transaction, boolean start) {
    }

    /**
     * A status that it was told.
     *
     * @param nanos when it came, process time
     * @param payload the StatusNotification
     */
    public record Status(long nanos, JsonNode payload) {
    }

    private final ObjectMapper json = new ObjectMapper();
    private final FakeTimeSource time;
    private final Instant start;
    private final Witness witness;
    private final Map<JsonNode, Transaction> transactions = new LinkedHashMap<>();
    private final Map<Integer, Transaction> byNumber = new HashMap<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<Status> statuses = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> asked = new HashMap<>();
    private final Deque<Mood> moods = new ArrayDeque<>();
    private Transport.Events connection;
    private long unreachableUntilNanos;
    private boolean dead;
    private boolean accepted;
    private int calls;

    /**
     * A CSMS that is reachable.
     *
     * @param start what its clock shows at process time 0
     * @param witness sees every frame
     */
    public SimulatedCsms(FakeTimeSource time, Instant start, Witness witness) {
        this.time = time;
        this.start = start;
        this.witness = witness;
    }

    /** All transactions, in the order of their coming. */
    public List<Transaction> transactions() {
        return List.copyOf(transactions.values());
    }

    /** Starts and stops in the order of their first coming. */
    public List<Heard> heard() {
        return heard;
    }

    /** Every StatusNotification. */
    public List<Status> statuses() {
        return statuses;
    }

    /** What should not have come. */
    public List<String> faults() {
        return faults;
    }

    /** The next messages of transactions are treated like this. */
    public void mood(Mood mood, int times) {
        for (int i = 0; i < times; i++) {
            moods.add(mood);
        }
    }

    /** From now on everything works. */
    public void behave() {
        moods.clear();
        dead = false;
        unreachableUntilNanos = time.nanoTime();
    }

    /** The connection breaks, and no other succeeds for a while. */
    public void breakLink(Duration away) {
        unreachableUntilNanos = time.nanoTime() + away.toNanos();
        Transport.Events old = connection;
        drop();
        if (old != null) {
            old.closed("the network is gone");
        }
    }

    /** Nothing gets through any more, and nobody says so: only a ping can tell. */
    public void dieSilently() {
        dead = connection != null;
    }

    /** The other side is gone. */
    public void drop() {
        connection = null;
        dead = false;
        accepted = false;
    }

    boolean connect(Transport.Events events) {
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

    /** What its clock shows at a moment of the process. */
    public Instant at(long nanos) {
        return start.plusNanos(nanos);
    }

    private Instant now() {
        return at(time.nanoTime());
    }

    /**
     * Calls the charge point.
     *
     * @return false where nobody is there, or not registered
     */
    public boolean call(String action, String payload) {
        if (connection == null || dead || !accepted) {
            return false;
        }
        String id = "cs-" + calls++;
        asked.put(id, action + " " + payload);
        String text = "[2,\"" + id + "\",\"" + action + "\"," + payload + "]";
        witness.received(text);
        connection.text(text);
        return true;
    }

    /** A transaction that has not ended, the same for the same choice. */
    public Optional<Transaction> open(int choice) {
        List<Transaction> open = transactions.values().stream().filter(transaction -> transaction.stop == null).toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(Math.floorMod(choice, open.size())));
    }

    /** The transaction at a gun that has not ended. */
    public Optional<Transaction> openAt(int connectorId) {
        return transactions.values().stream().filter(transaction -> transaction.stop == null
                && transaction.start.path("connectorId").intValue() == connectorId).findFirst();
    }

    /** Takes a frame; returns the answer, empty if there is none. */
    Optional<String> take(String text) {
        witness.sent(text);
        JsonNode frame = read(text);
        String id = frame.get(1).textValue();
        if (frame.get(0).intValue() != 2) {
            answered(asked.remove(id), frame);
            return Optional.empty();
        }
        String action = frame.get(2).textValue();
        Mood mood = OF_TRANSACTIONS.contains(action) ? moods.poll() : null;
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

    /** An answer to a call of ours: an error is worth knowing. */
    private void answered(String call, JsonNode frame) {
        if (frame.get(0).intValue() == 4) {
            faults.add(call + " was answered with " + frame);
        }
    }

    private String answer(String action, JsonNode payload) {
        return switch (action) {
            case "BootNotification" -> {
                accepted = true;
                yield "{\"status\":\"Accepted\",\"currentTime\":\"" + now() + "\",\"interval\":" + HEARTBEAT_SECONDS + "}";
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
            case "StatusNotification" -> {
                statuses.add(new Status(time.nanoTime(), payload));
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
        return transactions.computeIfAbsent(payload, first -> {
            Transaction transaction = new Transaction(1000 + transactions.size(), first);
            byNumber.put(transaction.number, transaction);
            heard.add(new Heard(transaction, true));
            return transaction;
        });
    }

    private Optional<Transaction> find(JsonNode payload) {
        return Optional.ofNullable(byNumber.get(payload.path("transactionId").asInt(-1)));
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
        if (!payload.has("transactionId")) {
            // Of a connector as such, at a quarter of an hour.
            return;
        }
        Optional<Transaction> found = find(payload);
        if (found.isEmpty()) {
            faults.add("meter values for no transaction: " + payload);
            return;
        }
        Transaction transaction = found.get();
        if (transaction.meterValues.add(payload) && transaction.stop != null) {
            faults.add("meter values after the stop: " + payload);
        }
    }
}
