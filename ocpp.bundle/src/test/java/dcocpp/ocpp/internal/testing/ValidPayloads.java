package dcocpp.ocpp.internal.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocppcheck.OcppSchemas;
import dcocpp.ocppcheck.OcppSchemas.Half;

/** Makes random requests that are right, from the schemas of others: what is required, and some of what is not. And spoils them. */
public final class ValidPayloads {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** No integer beyond 32 bits and no negative one among them: those the schemas of others let pass, and we do not. */
    private static final List<JsonNode> VALUES = List.of(JSON.nullNode(), JSON.numberNode(7), JSON.numberNode(1.5), JSON.textNode(""),
            JSON.textNode("no such value"), JSON.textNode("x".repeat(11_000)), JSON.booleanNode(true), JSON.objectNode(),
            JSON.arrayNode().add(JSON.arrayNode()), JSON.arrayNode().add(1));

    private final Random random;
    private JsonNode document;

    public ValidPayloads(Random random) {
        this.random = random;
    }

    public ObjectNode request(String action) {
        document = OcppSchemas.all().tree(action, Half.REQUEST);
        return object(document);
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (required(schema, field.getKey()) || random.nextBoolean()) {
                object.set(field.getKey(), value(field.getValue()));
            }
        }
        return object;
    }

    private static boolean required(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (required.textValue().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode value(JsonNode schema) {
        if (schema.has("$ref")) {
            return value(document.at(schema.get("$ref").textValue().substring(1)));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer" -> JSON.numberNode(random.nextInt(4));
            case "number" -> JSON.numberNode(new BigDecimal(random.nextInt(1000)).movePointLeft(1));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(text(schema));
        };
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = JSON.arrayNode();
        for (int left = 1 + random.nextInt(2); left > 0; left--) {
            array.add(value(schema.get("items")));
        }
        return array;
    }

    private String text(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size())).textValue();
        }
        return switch (schema.path("format").asText()) {
            case "date-time" -> "2026-01-0" + (1 + random.nextInt(9)) + "T12:00:00Z";
            // Where nobody listens: a charge point that goes there finds out at once.
            case "uri" -> "http://127.0.0.1:1/file";
            default -> "x1".repeat(1 + random.nextInt(Math.min(10, schema.path("maxLength").asInt(20) / 2)));
        };
    }

    /** Changes one place of a payload, however deep it is; the result may be right, too. */
    public void mutate(ObjectNode payload) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(payload, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(6) == 0) {
            object.put("vendorExtra", random.nextInt());
        } else if (random.nextInt(4) == 0) {
            object.remove(names.get(random.nextInt(names.size())));
        } else {
            object.set(names.get(random.nextInt(names.size())), VALUES.get(random.nextInt(VALUES.size())));
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }
}
