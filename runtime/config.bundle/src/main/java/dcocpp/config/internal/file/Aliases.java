package dcocpp.config.internal.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Older places of keys: siteLimits, and the planner's keys at top level. */
final class Aliases {

    private final Map<String, String> newPlaces = new LinkedHashMap<>();

    Aliases(ObjectNode schemaTree) {
        newPlaces.put("/siteLimits/gridPowerLimitKW", "/gridLimitKW");
        newPlaces.put("/siteLimits/defaultVoltageV", "/defaultVoltageV");
        Json.at(schemaTree, "/properties/planner/properties")
                .fieldNames()
                .forEachRemaining(name -> newPlaces.put("/" + name, "/planner/" + name));
    }

    /** An old place is fine but told; two places that disagree are an error, for nobody can know which is meant. */
    List<Finding> check(ObjectNode raw) {
        List<Finding> findings = new ArrayList<>();
        newPlaces.forEach((older, place) -> {
            JsonNode value = Json.at(raw, older);
            JsonNode other = Json.at(raw, place);
            if (value.isMissingNode()) {
                return;
            }
            if (!other.isMissingNode() && !sameValue(value, other)) {
                findings.add(Finding.error(older, "is " + Json.show(value) + " while " + place + " is "
                        + Json.show(other), "only " + place));
            } else {
                findings.add(Finding.warning(older, "stands in an older place", place));
            }
        });
        return findings;
    }

    /** Moves the values to their new places. */
    void apply(ObjectNode tree) {
        newPlaces.forEach((older, place) -> {
            JsonNode value = Json.at(tree, older);
            if (!value.isMissingNode()) {
                parent(tree, older).remove(name(older));
                ObjectNode target = parent(tree, place);
                if (!target.has(name(place))) {
                    target.set(name(place), value);
                }
            }
        });
        tree.remove("siteLimits");
    }

    /** Where the value of a place stands in this file: in the old place if only there. */
    String placeIn(JsonNode raw, String place) {
        if (Json.at(raw, place).isMissingNode()) {
            for (Map.Entry<String, String> each : newPlaces.entrySet()) {
                if (each.getValue().equals(place) && !Json.at(raw, each.getKey()).isMissingNode()) {
                    return each.getKey();
                }
            }
        }
        return place;
    }

    private static boolean sameValue(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber()
                ? left.decimalValue().compareTo(right.decimalValue()) == 0
                : left.equals(right);
    }

    private static ObjectNode parent(ObjectNode tree, String place) {
        String parent = place.substring(0, place.lastIndexOf('/'));
        return parent.isEmpty() ? tree : tree.withObject(parent);
    }

    private static String name(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }
}
