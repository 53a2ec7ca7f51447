package dcocpp.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The lines of the message log as people read them: each answer with the name of its call and how long it took. Not thread-safe. */
final class MessageLogText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int CALL = 2;
    private static final int RESULT = 3;
    private static final int MAX_PAYLOAD = 200;
    private static final int MAX_OPEN_CALLS = 1000;

    private final ObjectMapper json = new ObjectMapper();
    /** Calls that wait for their answer, by who called and their id. */
    private final Map<String, Call> calls = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Call> eldest) {
            return size() > MAX_OPEN_CALLS;
        }
    };

    /** A call and when it was made. */
    private record Call(String action, Instant at) {
    }

    /** One line of the log for a person; a line that is none of ours comes back as it is. */
    String line(String line) {
        try {
            JsonNode entry = json.readTree(line);
            Instant at = Instant.parse(entry.path("at").asText());
            boolean out = entry.path("direction").asText().equals("out");
            JsonNode frame = entry.path("frame");
            String text = frame.isArray() ? frame(frame, at, out) : what("(no OCPP)") + entry.path("garbled").asText();
            return (TIME.format(at) + (out ? "  charger -> CSMS  " : "  charger <- CSMS  ") + text).stripTrailing();
        } catch (JsonProcessingException | DateTimeException e) {
            return line;
        }
    }

    private String frame(JsonNode frame, Instant at, boolean out) {
        int type = frame.path(0).asInt();
        String id = frame.path(1).asText();
        if (type == CALL) {
            String action = frame.path(2).asText();
            calls.put(key(out, id), new Call(action, at));
            return what(action) + payload(PayloadText.of(frame.path(3)));
        }
        Call call = calls.remove(key(!out, id));
        String action = call == null ? "(call " + id + ")" : call.action();
        String took = call == null ? "" : "  (" + Duration.between(call.at(), at).toMillis() + " ms)";
        return type == RESULT ? what(action + " answer") + payload(PayloadText.of(frame.path(2))) + took
                : what(action + " REFUSED") + payload(frame.path(2).asText() + " " + frame.path(3).asText()) + took;
    }

    private static String key(boolean ours, String id) {
        return (ours ? "out " : "in ") + id;
    }

    private static String what(String text) {
        return String.format(Locale.ROOT, "%-32s ", text);
    }

    private static String payload(String text) {
        return text.length() <= MAX_PAYLOAD ? text : text.substring(0, MAX_PAYLOAD) + " ...";
    }
}
