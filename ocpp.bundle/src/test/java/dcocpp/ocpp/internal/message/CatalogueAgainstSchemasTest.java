package dcocpp.ocpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import dcocpp.ocppcheck.OcppSchemas;
import dcocpp.ocppcheck.OcppSchemas.Half;

/** Our catalogue beside the schemas that others have written down: each field's presence, type, length and values. */
class CatalogueAgainstSchemasTest {

    /** Where we differ on purpose: we ask for more, as the text of the specification does. */
    private static final Set<String> ON_PURPOSE = Set.of(
            // "stackLevel: integer >= 0" (class ChargingProfile)
            "ClearChargingProfile.req/stackLevel: integer from 0, they say integer",
            "RemoteStartTransaction.req/chargingProfile/stackLevel: integer from 0, they say integer",
            "SetChargingProfile.req/csChargingProfiles/stackLevel: integer from 0, they say integer",
            // "1..*" (MeterValues.req and class MeterValue)
            "MeterValues.req/meterValue minItems: 1, they say 0",
            "MeterValues.req/meterValue/sampledValue minItems: 1, they say 0",
            "StopTransaction.req/transactionData/sampledValue minItems: 1, they say 0");

    private final Catalogue catalogue = Catalogue.load();
    private final List<String> differences = new ArrayList<>();
    private JsonNode document;

    @Test
    void theSameMessagesAreKnown() {
        Set<String> ours = new TreeSet<>();
        catalogue.all().forEach(type -> ours.add(type.action()));
        assertEquals(OcppSchemas.all().actions(), ours);
    }

    @Test
    void everyFieldIsTheSameButForWhatDiffersOnPurpose() {
        for (MessageType type : catalogue.all()) {
            compare(type.action() + ".req", type.request(), OcppSchemas.all().tree(type.action(), Half.REQUEST));
            compare(type.action() + ".conf", type.confirmation(), OcppSchemas.all().tree(type.action(), Half.CONFIRMATION));
        }
        assertEquals(String.join("\n", new TreeSet<>(ON_PURPOSE)), String.join("\n", new TreeSet<>(differences)));
    }

    private void compare(String at, Schema ours, JsonNode theirs) {
        document = theirs;
        compareObject(at, ours, theirs);
    }

    private void compareObject(String at, Schema ours, JsonNode theirs) {
        Set<String> known = new TreeSet<>();
        theirs.path("properties").fieldNames().forEachRemaining(known::add);
        Set<String> required = new TreeSet<>();
        theirs.path("required").forEach(name -> required.add(name.textValue()));
        Set<String> names = new TreeSet<>();
        for (Schema.Field field : ours.fields()) {
            names.add(field.name());
            String place = at + "/" + field.name();
            expect(place + " required", field.required(), required.contains(field.name()));
            if (known.contains(field.name())) {
                compareField(place, field, resolved(theirs.get("properties").get(field.name())));
            }
        }
        expect(at + " fields", names, known);
    }

    private void compareField(String place, Schema.Field field, JsonNode theirs) {
        expect(place + " list", field.list(), theirs.path("type").asText().equals("array"));
        if (field.list()) {
            expect(place + " minItems", field.minItems(), theirs.path("minItems").asInt(0));
            compareValue(place, field.type(), resolved(theirs.path("items")));
        } else {
            compareValue(place, field.type(), theirs);
        }
    }

    private void compareValue(String place, FieldType ours, JsonNode theirs) {
        if (ours instanceof FieldType.Nested nested) {
            expect(place + " type", "object", theirs.path("type").asText());
            compareObject(place, nested.schema(), theirs);
        } else {
            expect(place, describe(ours), describe(theirs));
        }
    }

    private static String describe(FieldType type) {
        if (type instanceof FieldType.Text text) {
            return "string" + (text.maxLength() == Integer.MAX_VALUE ? "" : " of at most " + text.maxLength());
        } else if (type instanceof FieldType.Whole whole) {
            return "integer" + (whole.min() == Integer.MIN_VALUE ? "" : " from " + whole.min());
        } else if (type instanceof FieldType.OneOf oneOf) {
            return "string of " + new TreeSet<>(oneOf.words().all());
        } else if (type instanceof FieldType.Decimal) {
            return "number, a multiple of 0.1";
        } else if (type instanceof FieldType.Bool) {
            return "boolean";
        } else {
            return type instanceof FieldType.Time ? "string as date-time" : "string as uri";
        }
    }

    private static String describe(JsonNode theirs) {
        StringBuilder text = new StringBuilder(theirs.path("type").asText());
        if (theirs.has("enum")) {
            Set<String> values = new TreeSet<>();
            theirs.get("enum").forEach(value -> values.add(value.textValue()));
            text.append(" of ").append(values);
        }
        text.append(theirs.has("maxLength") ? " of at most " + theirs.get("maxLength") : "");
        text.append(theirs.has("minimum") ? " from " + theirs.get("minimum") : "");
        text.append(theirs.has("multipleOf") ? ", a multiple of " + theirs.get("multipleOf") : "");
        text.append(theirs.has("format") ? " as " + theirs.get("format").textValue() : "");
        return text.toString();
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").textValue().substring(1)) : schema;
    }

    private void expect(String place, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            differences.add(place + ": " + ours + ", they say " + theirs);
        }
    }
}
