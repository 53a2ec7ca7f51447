package dcocpp.config.internal.file;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Fills in what a file leaves out: the schema's defaults, those that depend on other keys, and the ring where it is not
 * given.
 */
final class Defaults {

    private static final int MODULES_PER_SLOT = 2;

    private final ObjectNode schemaTree;
    private final Aliases aliases;

    Defaults(ObjectNode schemaTree, Aliases aliases) {
        this.schemaTree = schemaTree;
        this.aliases = aliases;
    }

    /**
     * The complete tree. Values at the bad places are replaced by their defaults, so that the checks that follow see
     * only values of the right type and report no mistake twice.
     */
    ObjectNode complete(ObjectNode raw, Collection<String> badPlaces) {
        ObjectNode tree = raw.deepCopy();
        badPlaces.forEach(place -> drop(tree, place));
        tree.remove("$schema");
        aliases.apply(tree);
        fill(tree, schemaTree);
        connectors(tree);
        slots(tree);
        return tree;
    }

    /** Removes a value; an element of a list takes the list with it, since the places of the others must not move. */
    private static void drop(ObjectNode tree, String place) {
        int last = place.lastIndexOf('/');
        if (last < 0) {
            return;
        }
        String parentPlace = place.substring(0, last);
        JsonNode parent = Json.at(tree, parentPlace);
        if (parent.isArray()) {
            drop(tree, parentPlace);
        } else if (parent instanceof ObjectNode object) {
            object.remove(place.substring(last + 1).replace("~1", "/").replace("~0", "~"));
        }
    }

    private void fill(ObjectNode tree, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            JsonNode value = resolve(property.getValue());
            if (property.getValue().path("deprecated").asBoolean()) {
                return;
            }
            if ("object".equals(value.path("type").asText()) && value.has("properties")) {
                fill(tree.withObjectProperty(name), value);
            } else if (value.has("items") && tree.has(name)) {
                tree.get(name).forEach(item -> fill((ObjectNode) item, value.get("items")));
            } else if (value.has("default") && !tree.has(name)) {
                tree.set(name, value.get("default"));
            }
        });
    }

    private JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? Json.at(schemaTree, schema.get("$ref").asText().substring(1)) : schema;
    }

    private void connectors(ObjectNode tree) {
        ArrayNode connectors = tree.withArrayProperty("connectors");
        if (connectors.isEmpty()) {
            fill(connectors.addObject(), Json.at(schemaTree, "/properties/connectors/items"));
        }
        Set<Integer> ids = new HashSet<>();
        connectors.forEach(connector -> ids.add(connector.path("id").asInt()));
        for (JsonNode each : connectors) {
            ObjectNode connector = (ObjectNode) each;
            put(connector, "id", IntStream.iterate(1, id -> id + 1).filter(id -> !ids.contains(id)).findFirst()
                    .orElseThrow());
            ids.add(connector.get("id").asInt());
            put(connector, "plcId", connector.get("id").asInt() - 1);
            put(connector, "canInterface", tree.at("/chargePoint/canInterface"));
            put(connector, "meterSampleIntervalSeconds", tree.get("meterSampleIntervalSeconds"));
            connector.put("meterSource", connector.get("meterSource").asText().toLowerCase(Locale.ROOT));
        }
    }

    private void slots(ObjectNode tree) {
        ArrayNode slots = tree.withArrayProperty("slots");
        boolean generated = slots.isEmpty();
        if (generated) {
            tree.get("connectors").forEach(connector -> slots.addObject().put("id", connector.get("id").asInt()));
        }
        for (int i = 0; i < slots.size(); i++) {
            put((ObjectNode) slots.get(i), "id", i + 1);
        }
        List<Integer> order = StreamSupport.stream(slots.spliterator(), false)
                .map(slot -> slot.get("id").asInt())
                .toList();
        List<Integer> ring = generated ? order : order.stream().sorted().distinct().toList();
        for (JsonNode each : slots) {
            ObjectNode slot = (ObjectNode) each;
            int id = slot.get("id").asInt();
            int place = ring.indexOf(id);
            put(slot, "gunId", id);
            put(slot, "gc", "GC_" + id);
            put(slot, "mc", "MC_" + id);
            put(slot, "cw", ring.get((place + 1) % ring.size()));
            put(slot, "ccw", ring.get((place + ring.size() - 1) % ring.size()));
            put(slot, "open", slot.booleanNode(false));
            modules(tree, slot, id);
        }
    }

    private void modules(ObjectNode tree, ObjectNode slot, int slotId) {
        ArrayNode modules = slot.withArrayProperty("modules");
        if (modules.isEmpty()) {
            JsonNode schema = Json.at(schemaTree, "/properties/slots/items/properties/modules/items");
            for (int k = 0; k < MODULES_PER_SLOT; k++) {
                fill(modules.addObject(), schema);
            }
        }
        for (int k = 0; k < modules.size(); k++) {
            ObjectNode module = (ObjectNode) modules.get(k);
            put(module, "id", "M" + slotId + "_" + k);
            put(module, "mn", "MN_" + slotId + "_" + k);
            put(module, "canInterface", tree.at("/chargePoint/canInterface"));
            put(module, "ratedPowerKW", tree.get("modulePowerKW"));
        }
    }

    private static void put(ObjectNode object, String name, JsonNode value) {
        if (!object.has(name)) {
            object.set(name, value);
        }
    }

    private static void put(ObjectNode object, String name, int value) {
        put(object, name, object.numberNode(value));
    }

    private static void put(ObjectNode object, String name, String value) {
        put(object, name, object.textNode(value));
    }
}
