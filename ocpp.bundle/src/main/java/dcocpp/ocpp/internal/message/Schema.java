package dcocpp.ocpp.internal.message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields of one payload or of an object inside it. Immutable; thread-safe. */
public final class Schema {
    private final Map<String, Field> fields;
    private final Field[] all;

    /**
     * One field.
     *
     * @param list whether the value is a JSON array of the type
     * @param minItems how many items such an array has at least
     */
    record Field(String name, boolean required, FieldType type, boolean list, int minItems) {
    }

    /**
     * What a check found.
     *
     * @param faults what is wrong, each with its JSON pointer and what would be right
     * @param unknown JSON pointers of fields that the schema does not know
     */
    public record Findings(List<String> faults, List<String> unknown) {
        /** All faults as one text, or null if there are none. */
        public String faultText() {
            return faults.isEmpty() ? null : String.join("; ", faults);
        }
    }

    Schema(List<Field> fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        this.fields = byName;
        this.all = byName.values().toArray(Field[]::new);
    }

    /** All fields, in the order of the catalogue. */
    Collection<Field> fields() {
        return fields.values();
    }

    /**
     * Checks a payload: what is required, types, lengths, enums. A null value counts as an absent field. A payload without a mistake, which
     * is nearly every one, costs no pointer.
     */
    public Findings check(ObjectNode payload) {
        Findings findings = new Findings(new ArrayList<>(0), new ArrayList<>(0));
        check(payload, null, findings);
        return findings;
    }

    /** A place in a payload, written out only when there is something to say about it. */
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
        int known = 0;
        for (Field field : all) {
            JsonNode value = object.get(field.name());
            if (value != null) {
                known++;
            }
            if (value == null || value.isNull()) {
                if (field.required()) {
                    findings.faults().add(Place.pointer(place, field.name()) + " is required");
                }
            } else if (field.list()) {
                checkList(field, value, place, findings);
            } else {
                checkValue(field, -1, value, place, findings);
            }
        }
        if (known < object.size()) {
            for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
                String name = names.next();
                if (!fields.containsKey(name)) {
                    findings.unknown().add(Place.pointer(place, name));
                }
            }
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
