package dcocpp.ocpp.internal.rpc;

import java.util.Arrays;
import java.util.Map;

import com.fasterxml.jackson.core.io.CharTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The text of one frame, while it grows. Not thread-safe. */
final class FrameText {
    private char[] text = new char[256];
    private int length;

    /** The beginning of a frame, as far as its id and the comma behind. */
    FrameText head(int type, String id) {
        return raw('[').raw((char) ('0' + type)).raw(',').string(id).raw(',');
    }

    FrameText raw(char c) {
        makeRoom(1);
        text[length++] = c;
        return this;
    }

    FrameText raw(String json) {
        makeRoom(json.length());
        json.getChars(0, json.length(), text, length);
        length += json.length();
        return this;
    }

    /** A JSON string. */
    FrameText string(String value) {
        makeRoom(value.length() + 2);
        quote(value);
        return this;
    }

    /** The name of a field with what stands before it and the colon behind. */
    private FrameText name(char before, String name) {
        makeRoom(name.length() + 4);
        text[length++] = before;
        quote(name);
        return raw(':');
    }

    /** There is room for a value that has nothing to be escaped, as nearly all. */
    private void quote(String value) {
        int start = length;
        int end = start + 1 + value.length();
        text[start] = '"';
        value.getChars(0, value.length(), text, start + 1);
        for (int i = start + 1; i < end; i++) {
            char c = text[i];
            if (c < ' ' || c == '"' || c == '\\') {
                StringBuilder escaped = new StringBuilder(value.length() + 16);
                CharTypes.appendQuoted(escaped, value);
                raw('"').raw(escaped.toString()).raw('"');
                return;
            }
        }
        text[end] = '"';
        length = end + 1;
    }

    /** Any JSON value. By hand: the mapper sets up a whole serialization for it, which costs more than a frame itself. */
    FrameText node(JsonNode node) {
        if (node instanceof TextNode string) {
            return string(string.textValue());
        }
        if (node.isObject()) {
            char before = '{';
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                name(before, field.getKey()).node(field.getValue());
                before = ',';
            }
            return before == '{' ? raw("{}") : raw('}');
        }
        if (node.isArray()) {
            char before = '[';
            for (JsonNode item : node) {
                raw(before).node(item);
                before = ',';
            }
            return before == '[' ? raw("[]") : raw(']');
        }
        // Numbers, true, false and null.
        return raw(node.asText());
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
