package dcocpp.config.internal.file;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;

/** Says in words which values a schema permits. */
final class Expectation {

    private Expectation() {}

    static String of(JsonNode schema) {
        StringJoiner text = new StringJoiner(" or ");
        if (schema.has("enum")) {
            List<String> values = new ArrayList<>();
            schema.get("enum").forEach(value -> values.add(value.toString()));
            text.add("one of " + String.join(", ", values));
        } else {
            for (String type : types(schema)) {
                text.add(ofType(type, schema));
            }
        }
        String description = schema.path("description").asText();
        return description.isEmpty() ? text.toString() : text + " (" + firstSentence(description) + ")";
    }

    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText("another value"));
        }
        return types;
    }

    private static String ofType(String type, JsonNode schema) {
        return switch (type) {
            case "integer" -> "a whole number" + range(schema);
            case "number" -> "a number" + range(schema);
            case "boolean" -> "true or false";
            case "string" -> text(schema);
            case "array" -> "a list" + (schema.has("maxItems") ? " of at most " + schema.get("maxItems") : "");
            case "object" -> "an object { ... }";
            default -> type;
        };
    }

    private static String range(JsonNode schema) {
        StringJoiner range = new StringJoiner(",", " ", "").setEmptyValue("");
        if (schema.has("minimum") && schema.has("maximum")) {
            range.add("from " + schema.get("minimum") + " to " + schema.get("maximum"));
        } else if (schema.has("exclusiveMinimum")) {
            range.add("above " + schema.get("exclusiveMinimum") + " and at most " + schema.get("maximum"));
        } else if (schema.has("minimum")) {
            range.add("of at least " + schema.get("minimum"));
        }
        return range.toString();
    }

    private static String text(JsonNode schema) {
        String pattern = schema.path("pattern").asText();
        if (pattern.matches("\\^\\w+\\$")) {
            return '"' + pattern.substring(1, pattern.length() - 1) + '"';
        }
        StringBuilder text = new StringBuilder("a text");
        if (schema.has("maxLength")) {
            text.append(" of ").append(schema.path("minLength").asInt(0)).append(" to ")
                    .append(schema.get("maxLength")).append(" characters");
        } else if (schema.path("minLength").asInt(0) > 0) {
            text.append(" that is not empty");
        }
        if (!pattern.isEmpty()) {
            text.append(" matching ").append(pattern);
        }
        return text.toString();
    }

    private static String firstSentence(String description) {
        int end = description.indexOf(". ");
        String sentence = end < 0 ? description : description.substring(0, end);
        int unit = description.indexOf("Unit: ");
        String stripped = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return unit < 0 || unit < end ? stripped : stripped + "; " + description.substring(unit).replaceFirst("\\.$", "");
    }
}
