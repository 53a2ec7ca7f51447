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
    }

    /** All fields, in the order of the catalogue. */
    Collection<Field> fields() {
        return fields.values();
    }

    /** Checks a payload: what is required, types, lengths, enums. A null value counts as an absent field. */
    public Findings check(ObjectNode payload) {
        Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
        check(payload, "", findings);
        return findings;
    }

    private void check(JsonNode object, String pointer, Findings findings) {
        for (Field field : fields.values()) {
            JsonNode value = object.get(field.name());
            String at = pointer + "/" + field.name();
            if (value == null || value.isNull()) {
                if (field.required()) {
                    findings.faults().add(at + " is required");
                }
            } else if (field.list()) {
                checkList(field, value, at, findings);
            } else {
                checkValue(field.type(), value, at, findings);
            }
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!fields.containsKey(name)) {
                findings.unknown().add(pointer + "/" + name);
            }
        }
    }

    private static void checkList(Field field, JsonNode value, String at, Findings findings) {
        if (!value.isArray()) {
            findings.faults().add(at + " must be a list");
            return;
        }
        if (value.size() < field.minItems()) {
            findings.faults().add(at + " must have at least " + field.minItems() + " item");
        }
        for (int i = 0; i < value.size(); i++) {
            checkValue(field.type(), value.get(i), at + "/" + i, findings);
        }
    }

    private static void checkValue(FieldType type, JsonNode value, String at, Findings findings) {
        String fault = type.fault(value);
        if (fault != null) {
            findings.faults().add(at + " " + fault);
        } else if (type instanceof FieldType.Nested nested) {
            nested.schema().check(value, at, findings);
        }
    }
}
