package dcocpp.ocpp.internal.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields of one payload or of an object inside it. Immutable; thread-safe. */
public final class Schema {
    /** Of what OCPP does not have: it knows no field. */
    public static final Schema UNKNOWN = new Schema(List.of());

    private final Field[] all;
    private final String[] names;
    private final int requiredFields;

    /**
     * One field.
     *
     * @param list whether the value is a JSON array of the type
     * @param minItems how many items such an array has at least
     * @param nameInText the name as it stands in a text, with the comma before and the colon behind
     */
    record Field(String name, boolean required, FieldType type, boolean list, int minItems, char[] nameInText) {
        Field(String name, boolean required, FieldType type, boolean list, int minItems) {
            this(name, required, type, list, minItems, (",\"" + name + "\":").toCharArray());
        }
    }

    /**
     * What a check found.
     *
     * @param faults what is wrong, each with its JSON pointer and what would be right
     * @param unknown JSON pointers of fields that the schema does not know
     */
    public record Findings(List<String> faults, List<String> unknown) {
        static final Findings NONE = new Findings(List.of(), List.of());

        /** All faults as one text, or null if there are none. */
        public String faultText() {
            return faults.isEmpty() ? null : String.join("; ", faults);
        }
    }

    Schema(List<Field> fields) {
        all = fields.toArray(Field[]::new);
        names = fields.stream().map(field -> field.name().intern()).toArray(String[]::new);
        requiredFields = (int) fields.stream().filter(Field::required).count();
    }

    /** All fields, in the order of the catalogue. */
    List<Field> fields() {
        return List.of(all);
    }

    Field field(int index) {
        return all[index];
    }

    int requiredFields() {
        return requiredFields;
    }

    /**
     * Checks a payload: what is required, types, lengths, enums. A null value counts as an absent field. {@link PayloadReader} and
     * {@link PayloadText} find whether there is anything to say; this says what it is.
     */
    public Findings check(ObjectNode payload) {
        Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
        check(payload, null, findings);
        return findings;
    }

    /**
     * A copy of a payload without the fields that are wrong. An object inside it stays with what is right in it, unless that lacks what it
     * must have; a list stays or goes as a whole; what the schema does not know stays. What must be there may be missing then.
     */
    public ObjectNode withoutFaults(ObjectNode payload) {
        ObjectNode right = payload.deepCopy();
        for (Field field : all) {
            if (!field.list() && field.type() instanceof FieldType.Nested nested && right.get(field.name()) instanceof ObjectNode object) {
                right.set(field.name(), nested.schema().withoutFaults(object));
            }
            if (right.hasNonNull(field.name())) {
                Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
                checkField(field, right.get(field.name()), null, findings);
                if (!findings.faults().isEmpty()) {
                    right.remove(field.name());
                }
            }
        }
        return right;
    }

    /** A place in a payload. */
    private record Place(Place parent, String name, int index) {
        private static String pointer(Place place, String name) {
            return place == null ? "/" + name : place + "/" + name;
        }

        @Override
        public String toString() {
            return pointer(parent, name) + (index < 0 ? "" : "/" + index);
        }
    }

    private void check(ObjectNode object, Place place, Findings findings) {
        int required = 0;
        int expected = 0;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            int found = indexOf(entry.getKey(), expected);
            if (found < 0) {
                findings.unknown().add(Place.pointer(place, entry.getKey()));
                continue;
            }
            expected = found + 1;
            Field field = all[found];
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                continue;
            }
            required += field.required() ? 1 : 0;
            checkField(field, value, place, findings);
        }
        if (required < requiredFields) {
            for (Field field : all) {
                if (field.required() && !object.hasNonNull(field.name())) {
                    findings.faults().add(Place.pointer(place, field.name()) + " is required");
                }
            }
        }
    }

    /**
     * Which field this is; negative if there is none. Fields mostly come in the order of the catalogue, and their names, ours as well as
     * those that were read, are mostly interned as the catalogue's are.
     *
     * @param expected the index of the field that would come next in the order of the catalogue
     */
    int indexOf(String name, int expected) {
        for (int i = expected; i < names.length; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static void checkField(Field field, JsonNode value, Place place, Findings findings) {
        if (field.list()) {
            checkList(field, value, place, findings);
        } else {
            checkValue(field, -1, value, place, findings);
        }
    }

    private static void checkList(Field field, JsonNode value, Place place, Findings findings) {
        if (!value.isArray()) {
            findings.faults().add(Place.pointer(place, field.name()) + " must be a list");
            return;
        }
        if (value.size() < field.minItems()) {
            findings.faults().add(Place.pointer(place, field.name()) + " must have at least " + field.minItems() + " item");
        }
        for (int i = 0; i < value.size(); i++) {
            checkValue(field, i, value.get(i), place, findings);
        }
    }

    /** @param index of the item in a list; negative for a single value */
    private static void checkValue(Field field, int index, JsonNode value, Place place, Findings findings) {
        String fault = field.type().fault(value);
        if (fault != null) {
            findings.faults().add(new Place(place, field.name(), index) + " " + fault);
        } else if (field.type() instanceof FieldType.Nested nested) {
            nested.schema().check((ObjectNode) value, new Place(place, field.name(), index), findings);
        }
    }
}
