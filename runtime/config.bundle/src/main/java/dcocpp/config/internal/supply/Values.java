package dcocpp.config.internal.supply;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dcocpp.config.internal.file.ValueType;

/**
 * Compares and converts property values. Forms and tools hand back the same value in another type ("720", 720, 720.0); that
 * is no edit.
 */
final class Values {

    private Values() {}

    /** Whether both mean the same, whatever their types. */
    static boolean sameMeaning(Object left, Object right) {
        List<Object> lefts = elements(left);
        List<Object> rights = elements(right);
        if (lefts.size() != rights.size()) {
            return false;
        }
        for (int i = 0; i < lefts.size(); i++) {
            if (!sameScalar(lefts.get(i), rights.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameScalar(Object left, Object right) {
        BigDecimal leftNumber = number(left);
        BigDecimal rightNumber = number(right);
        return leftNumber != null && rightNumber != null
                ? leftNumber.compareTo(rightNumber) == 0
                : left.toString().equals(right.toString());
    }

    /** Whether both are equal, type included; a primitive array equals one of objects. */
    static boolean identical(Object left, Object right) {
        boolean sameShape = isList(left) == isList(right);
        return sameShape && elements(left).equals(elements(right));
    }

    private static boolean isList(Object value) {
        return value instanceof Collection || value != null && value.getClass().isArray();
    }

    private static List<Object> elements(Object value) {
        List<Object> elements = new ArrayList<>();
        if (value instanceof Collection<?> collection) {
            elements.addAll(collection);
        } else if (isList(value)) {
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
        } else if (value != null) {
            elements.add(value);
        }
        return elements;
    }

    /** A value as a log may show it: secrets are not shown. */
    static String shown(String property, Object value) {
        return property.endsWith("AuthorizationKey") ? "(secret)" : isList(value) ? elements(value).toString() : String.valueOf(value);
    }

    private static BigDecimal number(Object value) {
        try {
            return value instanceof Number || value instanceof String ? new BigDecimal(value.toString().trim()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The type of a value where the schema names none. */
    static ValueType typeOf(Object value) {
        if (value instanceof Boolean) {
            return ValueType.FLAG;
        }
        return value instanceof Double ? ValueType.NUMBER : value instanceof Number ? ValueType.BIG : ValueType.TEXT;
    }

    /**
     * An edited value as JSON of a type that belongs at its place. What cannot be converted stays text, so that the check
     * of the file says what is wrong with it.
     */
    static JsonNode json(Object edited, Set<ValueType> types) {
        String text = edited.toString().trim();
        BigDecimal number = number(edited);
        boolean numeric = types.contains(ValueType.NUMBER) || types.contains(ValueType.WHOLE) || types.contains(ValueType.BIG);
        if (number != null && numeric) {
            BigDecimal plain = number.stripTrailingZeros();
            return plain.scale() <= 0 && plain.precision() - plain.scale() <= 18
                    ? LongNode.valueOf(plain.longValueExact()) : DecimalNode.valueOf(plain);
        }
        if (edited instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (types.contains(ValueType.FLAG) && ("true".equals(text) || "false".equals(text))) {
            return BooleanNode.valueOf("true".equals(text));
        }
        return TextNode.valueOf(edited.toString());
    }
}
