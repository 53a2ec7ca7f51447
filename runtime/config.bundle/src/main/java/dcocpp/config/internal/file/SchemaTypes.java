package dcocpp.config.internal.file;

import java.util.EnumSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which types the schema permits at a place. */
final class SchemaTypes {

    private final ObjectNode schemaTree;

    SchemaTypes(ObjectNode schemaTree) {
        this.schemaTree = schemaTree;
    }

    /** The permitted types; empty where the schema does not know the place. */
    Set<ValueType> at(String place) {
        JsonNode schema = schemaTree;
        for (JsonPointer rest = JsonPointer.compile(place); !rest.matches(); rest = rest.tail()) {
            JsonNode next = schema.has("items") ? schema.get("items")
                    : schema.path("properties").path(rest.getMatchingProperty());
            schema = next.has("$ref") ? Json.at(schemaTree, next.get("$ref").asText().substring(1)) : next;
        }
        Set<ValueType> types = EnumSet.noneOf(ValueType.class);
        JsonNode type = schema.path("type");
        if (schema.has("enum") || has(type, "string")) {
            types.add(ValueType.TEXT);
        }
        if (has(type, "boolean")) {
            types.add(ValueType.FLAG);
        }
        if (has(type, "number")) {
            types.add(ValueType.NUMBER);
        }
        if (has(type, "integer")) {
            types.add(schema.path("maximum").canConvertToInt() || schema.path("maximum").isMissingNode() ? ValueType.WHOLE : ValueType.BIG);
        }
        return types;
    }

    private static boolean has(JsonNode type, String name) {
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (name.equals(each.asText())) {
                    return true;
                }
            }
        }
        return name.equals(type.asText());
    }
}
