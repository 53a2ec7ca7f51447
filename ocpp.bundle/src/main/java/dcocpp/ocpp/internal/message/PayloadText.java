package dcocpp.ocpp.internal.message;

import java.util.Arrays;
import java.util.Map;

import com.fasterxml.jackson.core.io.CharTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Text of JSON while it grows, payloads checked while they are written, which spares a second walk through them. It is meant to be used
 * again for one frame after the other. Not thread-safe.
 */
public final class PayloadText {
    /** Characters; nearly every frame has fewer. */
    private static final int USUAL_LENGTH = 1024;

    private char[] text = new char[USUAL_LENGTH];
    private int length;

    /** Begins anew. What a long text took is not kept. */
    public PayloadText clear() {
        length = 0;
        if (text.length > 16 * USUAL_LENGTH) {
            text = new char[USUAL_LENGTH];
        }
        return this;
    }

    public PayloadText raw(char c) {
        makeRoom(1);
        text[length++] = c;
        return this;
    }

    public PayloadText raw(String json) {
        makeRoom(json.length());
        json.getChars(0, json.length(), text, length);
        length += json.length();
        return this;
    }

    /** A JSON string that may need escapes. */
    public PayloadText string(String value) {
        int start = length;
        quoted(value);
        for (int i = start + 1; i < length - 1; i++) {
            char c = text[i];
            if (c < ' ' || c == '"' || c == '\\') {
                StringBuilder escaped = new StringBuilder(value.length() + 16);
                CharTypes.appendQuoted(escaped, value);
                length = start;
                return raw('"').raw(escaped.toString()).raw('"');
            }
        }
        return this;
    }

    /** A JSON string in which nothing is to be escaped. */
    private void quoted(String value) {
        makeRoom(value.length() + 2);
        text[length] = '"';
        value.getChars(0, value.length(), text, length + 1);
        length += value.length() + 2;
        text[length - 1] = '"';
    }

    /**
     * A payload. By hand: the mapper sets up a whole serialization, which costs more than a frame.
     *
     * @return whether the schema knows all of its fields and finds no fault in it; otherwise the text is of no use, and
     *         {@link Schema#check} says what is wrong
     */
    public boolean object(ObjectNode object, Schema schema) {
        int required = 0;
        int expected = 0;
        char before = '{';
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            int index = schema.indexOf(entry.getKey(), expected);
            if (index < 0) {
                return false;
            }
            Schema.Field field = schema.field(index);
            expected = index + 1;
            name(before, field.nameInText());
            before = ',';
            JsonNode value = entry.getValue();
            if (value instanceof NullNode) {
                raw("null");
            } else if (field.list() ? list(value, field) : value(value, field.type())) {
                required += field.required() ? 1 : 0;
            } else {
                return false;
            }
        }
        raw(before == '{' ? "{}" : "}");
        return required == schema.requiredFields();
    }

    /** @param before what takes the place of the comma */
    private void name(char before, char[] nameInText) {
        makeRoom(nameInText.length);
        System.arraycopy(nameInText, 0, text, length, nameInText.length);
        text[length] = before;
        length += nameInText.length;
    }

    private boolean list(JsonNode value, Schema.Field field) {
        if (!(value instanceof ArrayNode list) || list.size() < field.minItems()) {
            return false;
        }
        char before = '[';
        for (int i = 0; i < list.size(); i++) {
            raw(before);
            before = ',';
            if (!value(list.get(i), field.type())) {
                return false;
            }
        }
        raw(before == '[' ? "[]" : "]");
        return true;
    }

    private boolean value(JsonNode value, FieldType type) {
        if (type instanceof FieldType.Nested nested) {
            return value instanceof ObjectNode object && object(object, nested.schema());
        }
        if (type.fault(value) != null) {
            return false;
        }
        if (!(value instanceof TextNode string)) {
            // A number, true or false.
            raw(value.asText());
        } else if (type instanceof FieldType.OneOf || type instanceof FieldType.Time) {
            quoted(string.textValue());
        } else {
            string(string.textValue());
        }
        return true;
    }

    private void makeRoom(int more) {
        if (text.length - length < more) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
        }
    }

    @Override
    public String toString() {
        return new String(text, 0, length);
    }
}
