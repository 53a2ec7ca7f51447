package dcocpp.ocpp.internal.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocppcheck.FrameCheck;
import dcocpp.testkit.FakeTimeSource;

/**
 * A back office at the other end of a connection that is none: frames are handed over on the test's thread, answers
 * come when the clock is told to run what is due. Outlives the charge points of a test.
 */
public final class FakeBackOffice implements Transport {

    /** An answer that is none: the frame gets lost. */
    public static final String SILENCE = "";

    private final ObjectMapper json = new ObjectMapper();
    private final FakeTimeSource time;
    private final FrameCheck check = FrameCheck.ofTest();
    private final List<Request> requests = new ArrayList<>();
    private final List<String> replies = new ArrayList<>();
    private final Map<String, Function<JsonNode, String>> answers = new HashMap<>();
    private Events connection;
    private Predicate<LinkSettings> reachable = settings -> true;
    private Refusal refusal;
    private int connections;
    private int nextTransaction = 100;
    private String closedWith = "";
    private LinkSettings lastSettings;

    /** A CALL of the charge point. */
    public record Request(String id, String action, JsonNode payload, String text) {
    }

    public FakeBackOffice(FakeTimeSource time) {
        this.time = time;
        answer("BootNotification", payload -> boot("Accepted", 300));
        answer("Heartbeat", payload -> "{\"currentTime\":\"" + time.now() + "\"}");
        answer("Authorize", payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"}}");
        answer("StartTransaction",
                payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":" + nextTransaction++ + "}");
    }

    public String boot(String status, int interval) {
        return "{\"status\":\"" + status + "\",\"currentTime\":\"" + time.now() + "\",\"interval\":" + interval + "}";
    }

    /** How requests of this action are answered: a payload, an error that begins with {@code !}, or nothing. */
    public void answer(String action, Function<JsonNode, String> answer) {
        answers.put(action, answer);
    }

    /** Whether connections succeed; the one that is there stays. */
    public void reachable(boolean isReachable) {
        reachable = settings -> isReachable;
    }

    /** Which connections succeed. */
    public void reachable(Predicate<LinkSettings> which) {
        reachable = which;
    }

    /** Connections fail because one side does not trust the other; null = they do not. */
    public void refuse(Refusal why) {
        refusal = why;
    }

    /** The connection breaks. */
    public void hangUp() {
        Events old = connection;
        connection = null;
        if (old != null) {
            old.closed("the back office hung up");
        }
        time.runDue();
    }

    /** Calls the charge point and returns its answer: the payload, or the error's code. */
    public JsonNode call(String action, String payload) {
        raw("[2,\"cs-" + replies.size() + "\",\"" + action + "\"," + payload + "]");
        return lastReply();
    }

    /** Sends a text as it is. */
    public void raw(String text) {
        check.received(text);
        connection.text(text);
        time.runDue();
    }

    /** The payload of the last CALLRESULT, or the code of the last CALLERROR. */
    public JsonNode lastReply() {
        if (replies.isEmpty()) {
            throw new AssertionError("no reply");
        }
        JsonNode frame = parse(replies.get(replies.size() - 1));
        return frame.get(2);
    }

    public List<String> replies() {
        return replies;
    }

    public List<Request> requests() {
        return requests;
    }

    public List<Request> requests(String action) {
        return requests.stream().filter(request -> request.action().equals(action)).toList();
    }

    /** The actions of all requests in their order. */
    public List<String> actions() {
        return requests.stream().map(Request::action).toList();
    }

    /** Forgets what came so far. */
    public void forget() {
        requests.clear();
        replies.clear();
    }

    public int connections() {
        return connections;
    }

    /** How the last connection was asked for, whether it came or not. */
    public LinkSettings lastSettings() {
        return lastSettings;
    }

    public String closedWith() {
        return closedWith;
    }

    @Override
    public void connect(LinkSettings settings, Events events) {
        lastSettings = settings;
        if (refusal != null) {
            events.refused(refusal, "scripted");
            return;
        }
        if (!reachable.test(settings)) {
            events.closed("nobody listens");
            return;
        }
        connections++;
        connection = events;
        events.opened(new Peer(events));
    }

    @Override
    public void close(Duration timeout) {
        connection = null;
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("the charge point sent no JSON: " + text, e);
        }
    }

    private void take(Events from, String text) {
        check.sent(text);
        JsonNode frame = parse(text);
        if (frame.get(0).intValue() != 2) {
            replies.add(text);
            return;
        }
        String id = frame.get(1).textValue();
        String action = frame.get(2).textValue();
        requests.add(new Request(id, action, frame.get(3), text));
        String answer = answers.getOrDefault(action, payload -> "{}").apply(frame.get(3));
        if (answer.startsWith("!")) {
            from.text("[4,\"" + id + "\",\"" + answer.substring(1) + "\",\"scripted\",{}]");
        } else if (!answer.equals(SILENCE)) {
            from.text("[3,\"" + id + "\"," + answer + "]");
        }
    }

    /** The charge point's side of the connection. */
    private final class Peer implements Connection {
        private final Events events;

        private Peer(Events events) {
            this.events = events;
        }

        @Override
        public void send(String text) {
            if (connection == events) {
                take(events, text);
            }
        }

        @Override
        public void ping() {
            if (connection == events) {
                events.pong();
            }
        }

        @Override
        public void close(int code, String reason) {
            closedWith = code + " " + reason;
            if (connection == events) {
                connection = null;
                events.closed("closed with " + code);
            }
        }

        @Override
        public void abort() {
            connection = null;
        }
    }
}
