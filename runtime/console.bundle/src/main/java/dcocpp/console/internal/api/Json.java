package dcocpp.console.internal.api;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import jakarta.servlet.http.HttpServletResponse;

/** How values look in the API's JSON. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /** OCPP writes these in capitals: SuspendedEVSE, EVDisconnected. */
    private static final Set<String> CAPITALS = Set.of("EV", "EVSE");

    private Json() {
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode parse(byte[] content) throws IOException {
        return MAPPER.readTree(content);
    }

    /** A measured value: to the third decimal; what is not measured (NaN) or not limited (infinite) is left out. */
    static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros().doubleValue());
        }
    }

    /** Optional text: left out when there is none. */
    static void put(ObjectNode node, String name, Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    static void putTexts(ObjectNode node, String name, Iterable<String> texts) {
        ArrayNode array = node.putArray(name);
        texts.forEach(array::add);
    }

    static void putNumbers(ObjectNode node, String name, Iterable<Integer> numbers) {
        ArrayNode array = node.putArray(name);
        numbers.forEach(array::add);
    }

    /** {@code WAITING_FOR_TOKEN} as {@code waitingForToken}. */
    static String camel(Enum<?> constant) {
        String capitalized = words(constant, Set.of());
        return Character.toLowerCase(capitalized.charAt(0)) + capitalized.substring(1);
    }

    /** {@code SUSPENDED_EVSE} as {@code SuspendedEVSE}, the way OCPP writes it. */
    static String ocpp(Enum<?> constant) {
        return constant.name().equals("DEAUTHORIZED") ? "DeAuthorized" : words(constant, CAPITALS);
    }

    private static String words(Enum<?> constant, Set<String> capitals) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_")) {
            name.append(word.charAt(0)).append(capitals.contains(word) ? word.substring(1) : word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static void send(HttpServletResponse response, int status, JsonNode body) throws IOException {
        byte[] bytes = (text(body) + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    static void send(HttpServletResponse response, ApiError error) throws IOException {
        send(response, error.status(), object().put("error", error.error()).put("remedy", error.remedy()));
    }
}
