package dcocpp.config.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Changes one value in a JSON text and leaves every other character as it is. */
public final class JsonEdit {

    private JsonEdit() {}

    /**
     * Sets a value. Objects on the way that are missing are made.
     *
     * @param text well-formed JSON
     * @param pointer place of the value; elements of lists must exist
     * @param value the new value
     */
    public static String set(String text, String pointer, JsonNode value) {
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            Span span = Span.read(parser);
            JsonPointer rest = JsonPointer.compile(pointer);
            while (!rest.matches()) {
                Span next = span.child(rest);
                if (next == null) {
                    return insert(text, span, rest, value);
                }
                span = next;
                rest = rest.tail();
            }
            return text.substring(0, span.start) + value + text.substring(span.end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String insert(String text, Span object, JsonPointer rest, JsonNode value) {
        if (!object.isObject) {
            throw new IllegalArgumentException("no such element: " + rest);
        }
        String member = TextNode.valueOf(rest.getMatchingProperty()) + ": " + nested(rest.tail(), value);
        if (object.members.isEmpty()) {
            return text.substring(0, object.start) + "{ " + member + " }" + text.substring(object.end);
        }
        int lineStart = text.lastIndexOf('\n', object.lastName) + 1;
        String indent = text.substring(lineStart, object.lastName);
        String gap = lineStart > 0 && indent.isBlank() ? ",\n" + indent : ", ";
        int end = object.lastMember().end;
        return text.substring(0, end) + gap + member + text.substring(end);
    }

    private static String nested(JsonPointer rest, JsonNode value) {
        return rest.matches() ? value.toString()
                : "{ " + TextNode.valueOf(rest.getMatchingProperty()) + ": " + nested(rest.tail(), value) + " }";
    }

    /** Where a value stands in the text. */
    private static final class Span {
        private final boolean isObject;
        private final int start;
        private int end;
        private int lastName;
        private final Map<String, Span> members = new LinkedHashMap<>();
        private final List<Span> elements = new ArrayList<>();

        private Span(int start, boolean isObject) {
            this.start = start;
            this.isObject = isObject;
        }

        static Span read(JsonParser parser) throws IOException {
            Span span = new Span((int) parser.currentTokenLocation().getCharOffset(), parser.hasToken(JsonToken.START_OBJECT));
            if (span.isObject) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    span.lastName = (int) parser.currentTokenLocation().getCharOffset();
                    String name = parser.currentName();
                    parser.nextToken();
                    span.members.put(name, read(parser));
                }
            } else if (parser.hasToken(JsonToken.START_ARRAY)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    span.elements.add(read(parser));
                }
            } else {
                parser.finishToken();
            }
            span.end = (int) parser.currentLocation().getCharOffset();
            return span;
        }

        Span child(JsonPointer step) {
            if (isObject) {
                return members.get(step.getMatchingProperty());
            }
            int index = step.getMatchingIndex();
            return index >= 0 && index < elements.size() ? elements.get(index) : null;
        }

        Span lastMember() {
            Span last = null;
            for (Span each : members.values()) {
                last = each;
            }
            return last;
        }
    }
}
