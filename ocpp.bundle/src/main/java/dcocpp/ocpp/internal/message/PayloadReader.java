package dcocpp.ocpp.internal.message;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads one payload token by token and checks each value when it comes, which spares a second walk through all of them. On the way it only
 * finds whether all is right; what is wrong, and where, is for {@link Schema#check}. Not thread-safe.
 */
public final class PayloadReader {
    private final JsonParser parser;
    private final PayloadNodes nodes = PayloadNodes.INSTANCE;
    private boolean right = true;

    /** A payload and what its schema says of it. */
    public record Payload(ObjectNode object, Schema.Findings findings) {
    }

    private PayloadReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The object at whose beginning the parser stands, to its end. By hand: the mapper sets up a whole deserialization, which costs more than a
     * frame. The parser bounds the depth.
     */
    public static Payload read(JsonParser parser, Schema schema) throws IOException {
        PayloadReader reader = new PayloadReader(parser);
        ObjectNode object = reader.object(schema);
        return new Payload(object, reader.right ? Schema.Findings.NONE : schema.check(object));
    }

    private ObjectNode object(Schema schema) throws IOException {
        ObjectNode object = nodes.objectNode();
        int required = 0;
        int expected = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            int index = schema.indexOf(name, expected);
            JsonNode value;
            if (index < 0) {
                right = false;
                value = any(token);
            } else {
                Schema.Field field = schema.field(index);
                expected = index + 1;
                if (token == JsonToken.VALUE_NULL) {
                    value = nodes.nullNode();
                } else {
                    required += field.required() ? 1 : 0;
                    value = field.list() ? list(token, field) : value(token, field.type());
                }
            }
            // Of a field that comes twice the last value counts.
            right &= object.replace(name, value) == null;
        }
        right &= required == schema.requiredFields();
        return object;
    }

    private JsonNode list(JsonToken token, Schema.Field field) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            right = false;
            return any(token);
        }
        ArrayNode list = nodes.arrayNode();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            list.add(value(item, field.type()));
        }
        right &= list.size() >= field.minItems();
        return list;
    }

    private JsonNode value(JsonToken token, FieldType type) throws IOException {
        if (token == JsonToken.START_OBJECT && type instanceof FieldType.Nested nested) {
            return object(nested.schema());
        }
        if (token == JsonToken.VALUE_STRING && type instanceof FieldType.OneOf oneOf) {
            JsonNode word = oneOf.words().find(parser);
            if (word != null) {
                return word;
            }
        }
        JsonNode value = any(token);
        right &= type.fault(value) == null;
        return value;
    }

    /** A value of which no schema knows, or a simple one. */
    private JsonNode any(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(Schema.UNKNOWN);
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                    array.add(any(item));
                }
                yield array;
            }
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> switch (parser.getNumberType()) {
                case INT -> nodes.numberNode(parser.getIntValue());
                case LONG -> nodes.numberNode(parser.getLongValue());
                default -> nodes.numberNode(parser.getBigIntegerValue());
            };
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            default -> nodes.nullNode();
        };
    }
}
