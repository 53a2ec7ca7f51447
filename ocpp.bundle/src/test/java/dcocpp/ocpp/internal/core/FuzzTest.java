package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.session.CommandResult;
import dcocpp.ocpp.internal.testing.ValidPayloads;
import dcocpp.ocppcheck.OcppSchemas;
import dcocpp.ocppcheck.OcppSchemas.Half;

/**
 * Mutations of right calls of every action: no exception escapes, the connection lives, and the answer is the one that the kind of mistake
 * deserves. What is a mistake in a payload is decided by the schemas of others. {@code -Dfuzz.seed} and {@code -Dfuzz.rounds}.
 */
class FuzzTest {
    private static final String ID = "id-1";
    private static final List<String> ACTIONS = List.copyOf(OcppSchemas.all().actions());
    private static final List<String> PIECES = List.of("{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1e400", "99999999999999",
            "0.15", "\"\"", "[]", "{}", "\\u0000", "é", "2", "3", "4", "5");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @TempDir
    private Path folder;
    private Station station;
    private final int rounds = Integer.getInteger("fuzz.rounds", 2000);
    private final long seed = seed();
    private final Random random = new Random(seed);
    private final ValidPayloads payloads = new ValidPayloads(random);
    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> notOffered = new HashSet<>();

    /** What must come back: a code, {@code result}, or {@code nothing}; and the id that it must carry. */
    private record Expected(String answer, String id) {
        private static Expected of(String answer) {
            return new Expected(answer, ID);
        }

        private static Expected withoutId(String answer) {
            return new Expected(answer, "-1");
        }
    }

    private static long seed() {
        long seed = Long.getLong("fuzz.seed", 20_260_101L);
        return seed == 0 ? System.currentTimeMillis() : seed;
    }

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        for (String action : ACTIONS) {
            if (answerTo(frame(action, payloads.request(action))).answer().equals("NotSupported")) {
                notOffered.add(action);
            }
        }
    }

    @AfterEach
    void everythingStillWorksOnTheSameConnection() {
        assertEquals("Accepted", station.backOffice.call("ChangeAvailability", "{\"connectorId\":2,\"type\":\"Operative\"}").get("status")
                .textValue());
        assertEquals(1, station.backOffice.connections());
        station.stop();
    }

    private static String frame(String action, JsonNode payload) {
        return "[2,\"" + ID + "\",\"" + action + "\"," + payload + "]";
    }

    /** Sends a text and lets everything happen that follows from it; what came back. */
    private Expected answerTo(String text) {
        station.backOffice.replies().clear();
        station.backOffice.raw(text);
        station.charger.results.forEach(result -> result.complete(new CommandResult(CommandResult.Outcome.REJECTED, "fuzz")));
        station.charger.results.clear();
        station.time.runDue();
        List<String> replies = station.backOffice.replies();
        assertTrue(replies.size() <= 1, () -> text + " is answered with " + replies);
        if (replies.isEmpty()) {
            return new Expected("nothing", "");
        }
        try {
            JsonNode reply = json.readTree(replies.get(0));
            return new Expected(reply.get(0).intValue() == 3 ? "result" : reply.get(2).textValue(), reply.get(1).textValue());
        } catch (IOException e) {
            throw new AssertionError(replies.get(0), e);
        }
    }

    private String anyAction() {
        return ACTIONS.get(random.nextInt(ACTIONS.size()));
    }

    @Test
    void everyActionOfTheSpecificationIsAnsweredWhenItIsRight() {
        for (int round = 0; round < rounds / 4; round++) {
            String action = anyAction();
            String text = frame(action, payloads.request(action));
            assertEquals(Expected.of(notOffered.contains(action) ? "NotSupported" : "result"), answerTo(text), () -> seed + ": " + text);
        }
    }

    @Test
    void aPayloadWithAMistakeIsAFormationViolationAndOneWithMoreFieldsIsNone() {
        for (int round = 0; round < rounds; round++) {
            String action = anyAction();
            ObjectNode payload = payloads.request(action);
            payloads.mutate(payload);
            Set<String> broken = OcppSchemas.all().brokenKeywords(action, Half.REQUEST, withoutNulls(payload));
            // Fields that nobody knows are ignored, as the robustness of both sides wants it.
            broken.remove("additionalProperties");
            if (broken.equals(Set.of("format"))) {
                // Their idea of a URI is narrower than the specification's anyURI.
                continue;
            }
            String text = frame(action, payload);
            assertEquals(Expected.of(notOffered.contains(action) ? "NotSupported" : broken.isEmpty() ? "result" : "FormationViolation"),
                    answerTo(text), () -> seed + ": " + broken + " " + text);
        }
    }

    /** For us a field that is null is one that is not there; back offices send both. */
    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!field.getValue().isNull()) {
                    copy.set(field.getKey(), withoutNulls(field.getValue()));
                }
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(item -> copy.add(withoutNulls(item)));
            return copy;
        }
        return node;
    }

    @Test
    void aFrameThatIsBrokenGetsTheCodeOfItsBreak() {
        for (int round = 0; round < rounds / 2; round++) {
            String action = anyAction();
            String payload = payloads.request(action).toString();
            Map.Entry<String, Expected> broken = breakFrame(action, payload);
            assertEquals(broken.getValue(), answerTo(broken.getKey()), () -> seed + ": " + broken.getKey());
        }
    }

    private Map.Entry<String, Expected> breakFrame(String action, String payload) {
        String head = "[2,\"" + ID + "\"";
        String frame = head + ",\"" + action + "\"," + payload + "]";
        return switch (random.nextInt(14)) {
            case 0 -> Map.entry("[2,7,\"" + action + "\"," + payload + "]", Expected.withoutId("FormationViolation"));
            case 1 -> Map.entry("[2,\"\",\"" + action + "\"," + payload + "]", Expected.withoutId("FormationViolation"));
            case 2 -> Map.entry("[2,\"" + "i".repeat(37) + "\",\"" + action + "\"," + payload + "]", Expected.withoutId("FormationViolation"));
            case 3 -> Map.entry(head + ",\"" + action + "x\"," + payload + "]", Expected.of("NotImplemented"));
            case 4 -> Map.entry(head + "," + random.nextInt() + "," + payload + "]", Expected.of("FormationViolation"));
            case 5 -> Map.entry(head + ",\"" + action + "\"]", Expected.of("ProtocolError"));
            case 6 -> Map.entry(head + "]", Expected.of("ProtocolError"));
            case 7 -> Map.entry(head + ",\"" + action + "\"," + payload + ",{}]", Expected.of("ProtocolError"));
            case 8 -> Map.entry(head + ",\"" + action + "\",[" + payload + "]]", Expected.of("FormationViolation"));
            case 9 -> Map.entry(frame + "]", Expected.of("FormationViolation"));
            case 10 -> Map.entry(head + ",\"" + action + "\",{\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}]",
                    Expected.of("FormationViolation"));
            case 11 -> Map.entry("[\"2\",\"" + ID + "\",\"" + action + "\"," + payload + "]", Expected.withoutId("GenericError"));
            case 12 -> Map.entry("[" + (5 + random.nextInt(5)) + ",\"" + ID + "\",\"" + action + "\"," + payload + "]",
                    new Expected("nothing", ""));
            default -> {
                int cut = random.nextInt(frame.length());
                yield Map.entry(frame.substring(0, cut), cut < head.length() ? Expected.withoutId("GenericError")
                        : Expected.of("FormationViolation"));
            }
        };
    }

    @Test
    void rubbishOfAnyKindIsAnsweredAtMostOnceAndBreaksNothing() {
        for (int round = 0; round < rounds; round++) {
            String action = anyAction();
            String good = switch (random.nextInt(8)) {
                case 0 -> "[3,\"" + ID + "\",{\"status\":\"Accepted\"}]";
                case 1 -> "[4,\"" + ID + "\",\"GenericError\",\"\",{}]";
                default -> frame(action, payloads.request(action));
            };
            answerTo(spoil(good));
        }
    }

    private String spoil(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(8));
            switch (random.nextInt(3)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> mutated.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
            if (mutated.isEmpty()) {
                return "x";
            }
        }
        return mutated.toString();
    }
}
