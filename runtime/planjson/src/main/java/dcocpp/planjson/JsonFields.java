package dcocpp.planjson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, each read once and checked. What is missing or wrong is told with its JSON pointer; {@link #unknown} tells
 * what is there and nobody has read. A number may be the word {@code "unlimited"} (infinite), and {@code null} (NaN) where it may be
 * unknown. Not thread-safe.
 */
public final class JsonFields {

    static final String UNLIMITED = "unlimited";
    static final String MINUS_UNLIMITED = "-unlimited";
    private static final int MOST_SHOWN = 60;

    private final JsonNode object;
    private final String pointer;
    private final Set<String> read = new LinkedHashSet<>();

    private JsonFields(JsonNode object, String pointer) {
        this.object = object;
        this.pointer = pointer;
    }

    /**
     * Of this object.
     *
     * @param pointer where it is
     * @throws PlanFormatException when it is no object
     */
    public static JsonFields of(JsonNode node, String pointer) throws PlanFormatException {
        if (!node.isObject()) {
            throw wrong(pointer, node, "an object {...}");
        }
        return new JsonFields(node, pointer);
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface Element<T> {

        /** @param pointer where the element is */
        T read(JsonNode node, String pointer) throws PlanFormatException;
    }

    /** Whether the object has this field. */
    public boolean has(String name) {
        read.add(name);
        return object.has(name);
    }

    /** The field as it is; a missing one is an error. */
    public JsonNode node(String name) throws PlanFormatException {
        read.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            throw new PlanFormatException(pointer, "\"" + name + "\" is missing", "the field " + name + " is there");
        }
        return node;
    }

    /** The pointer of a field. */
    public String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** A number of at least so much; infinite as {@code "unlimited"}. */
    public double atLeast(double least, String name) throws PlanFormatException {
        return number(node(name), at(name), least);
    }

    /** A number that may be anything: NaN as {@code null}, infinite as {@code "unlimited"} or {@code "-unlimited"}. */
    public double any(String name) throws PlanFormatException {
        return number(node(name), at(name), Double.NaN);
    }

    static double number(JsonNode node, String pointer, double least) throws PlanFormatException {
        boolean anything = Double.isNaN(least);
        if (anything && node.isNull()) {
            return Double.NaN;
        }
        if (node.isTextual() && node.textValue().equals(UNLIMITED)) {
            return Double.POSITIVE_INFINITY;
        }
        if (anything && node.isTextual() && node.textValue().equals(MINUS_UNLIMITED)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue()) || node.doubleValue() < least) {
            throw wrong(pointer, node, anything ? "a number, \"unlimited\", \"-unlimited\" or null" : "a number of at least "
                    + (least == Math.rint(least) ? String.valueOf((long) least) : String.valueOf(least)) + ", or \"unlimited\"");
        }
        return node.doubleValue();
    }

    /** A whole number within these bounds. */
    public int whole(String name, int least, int most) throws PlanFormatException {
        return whole(node(name), at(name), least, most);
    }

    /** A list's element that is a whole number within these bounds. */
    public static int whole(JsonNode node, String pointer, int least, int most) throws PlanFormatException {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong(pointer, node, least == Integer.MIN_VALUE && most == Integer.MAX_VALUE ? "a whole number"
                    : most == Integer.MAX_VALUE ? "a whole number of at least " + least : "a whole number from " + least + " to " + most);
        }
        return node.intValue();
    }

    long nanos(String name) throws PlanFormatException {
        JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong(at(name), node, "a whole number of nanoseconds");
        }
        return node.longValue();
    }

    long count(String name) throws PlanFormatException {
        JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw wrong(at(name), node, "a whole number of at least 0");
        }
        return node.longValue();
    }

    boolean flag(String name) throws PlanFormatException {
        JsonNode node = node(name);
        if (!node.isBoolean()) {
            throw wrong(at(name), node, "true or false");
        }
        return node.booleanValue();
    }

    String text(String name) throws PlanFormatException {
        return text(node(name), at(name));
    }

    static String text(JsonNode node, String pointer) throws PlanFormatException {
        if (!node.isTextual()) {
            throw wrong(pointer, node, "a text");
        }
        return node.textValue();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) throws PlanFormatException {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw wrong(at(name), node(name), "one of " + Arrays.stream(type.getEnumConstants()).map(Enum::name)
                .collect(Collectors.joining(", ")));
    }

    /** A list, element by element. */
    public <T> List<T> list(String name, Element<T> reader) throws PlanFormatException {
        JsonNode node = node(name);
        if (!node.isArray()) {
            throw wrong(at(name), node, "a list [...]");
        }
        List<T> list = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            list.add(reader.read(node.get(i), at(name) + "/" + i));
        }
        return list;
    }

    /** What the object holds and nobody has read or asked for, one message each. */
    public List<PlanFormatException> unknown() {
        List<PlanFormatException> unknown = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                unknown.add(new PlanFormatException(at(name), "is no field here", "one of " + String.join(", ", read)));
            }
        });
        return unknown;
    }

    /** Ends the reading: every field must be known. */
    void end() throws PlanFormatException {
        List<PlanFormatException> unknown = unknown();
        if (!unknown.isEmpty()) {
            throw unknown.get(0);
        }
    }

    /** The message about a value that is wrong; a long one is cut. */
    public static PlanFormatException wrong(String pointer, JsonNode node, String right) {
        String text = node.toString();
        return new PlanFormatException(pointer, "is " + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "..."), right);
    }
}
