package dcocpp.config.internal.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** The ring of slots: closed, every slot in it, names unique, each connector at exactly one slot. */
final class RingCheck {

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> contactors = new HashMap<>();
    private final Map<String, String> moduleIds = new HashMap<>();
    private final Map<String, String> addresses = new HashMap<>();

    /**
     * @param connectorIdsSound false: they are wrong already, and what refers to them cannot be judged
     */
    List<Finding> check(JsonNode tree, boolean connectorIdsSound) {
        JsonNode slots = tree.get("slots");
        Map<Integer, Integer> placeOfId = new LinkedHashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            JsonNode slot = slots.get(i);
            String place = "/slots/" + i;
            Integer other = placeOfId.putIfAbsent(slot.get("id").asInt(), i);
            if (other != null) {
                findings.add(Finding.error(place + "/id", "is " + slot.get("id") + " as in /slots/" + other + "/id",
                        "a number of its own"));
            }
            unique(contactors, slot.get("gc").asText(), place + "/gc", "contactor");
            unique(contactors, slot.get("mc").asText(), place + "/mc", "contactor");
            modules(slot.get("modules"), place);
        }
        if (connectorIdsSound) {
            guns(tree, slots);
        }
        if (placeOfId.size() == slots.size()) {
            ring(slots, placeOfId);
        }
        return findings;
    }

    private void unique(Map<String, String> seen, String name, String place, String what) {
        String other = seen.putIfAbsent(name, place);
        if (other != null) {
            findings.add(Finding.error(place, "is \"" + name + "\" as in " + other, "a name for this " + what
                    + " alone"));
        }
    }

    private void modules(JsonNode modules, String slotPlace) {
        for (int k = 0; k < modules.size(); k++) {
            JsonNode module = modules.get(k);
            String place = slotPlace + "/modules/" + k;
            unique(moduleIds, module.get("id").asText(), place + "/id", "module");
            unique(contactors, module.get("mn").asText(), place + "/mn", "contactor");
            if (module.get("type").asText().isEmpty() || module.get("broadcast").asBoolean()) {
                continue;
            }
            if (module.get("address").asInt() < 0) {
                findings.add(Finding.error(place + "/address", "is " + module.get("address")
                        + " although type is " + module.get("type"), "its address on the bus, 0 to 63"));
            } else {
                String address = module.get("canInterface").asText() + ", group " + module.get("group")
                        + ", address " + module.get("address");
                unique(addresses, address, place + "/address", "module");
            }
        }
    }

    private void guns(JsonNode tree, JsonNode slots) {
        Set<Integer> connectors = new LinkedHashSet<>();
        tree.get("connectors").forEach(connector -> connectors.add(connector.get("id").asInt()));
        Map<Integer, Integer> slotOfGun = new HashMap<>();
        int strayed = 0;
        for (int i = 0; i < slots.size(); i++) {
            int gun = slots.get(i).get("gunId").asInt();
            String place = "/slots/" + i + "/gunId";
            if (gun == 0) {
                continue;
            }
            if (!connectors.contains(gun)) {
                strayed++;
                findings.add(Finding.error(place, "is " + gun + ", which is no connector",
                        "0 for none or one of " + connectors));
            } else if (slotOfGun.putIfAbsent(gun, i) != null) {
                strayed++;
                findings.add(Finding.error(place, "is " + gun + " as in /slots/" + slotOfGun.get(gun) + "/gunId",
                        "each connector at exactly one slot"));
            }
        }
        List<Finding> withoutSlot = new ArrayList<>();
        int index = 0;
        for (JsonNode connector : tree.get("connectors")) {
            if (!slotOfGun.containsKey(connector.get("id").asInt())) {
                withoutSlot.add(Finding.error("/connectors/" + index, "connector " + connector.get("id")
                        + " is at no slot", "one slot with \"gunId\": " + connector.get("id")));
            }
            index++;
        }
        // One wrong gunId leaves one connector without a slot: that is one mistake, not two.
        if (withoutSlot.size() > strayed) {
            findings.addAll(withoutSlot);
        }
    }

    private void ring(JsonNode slots, Map<Integer, Integer> placeOfId) {
        boolean linked = true;
        int ends = 0;
        for (int i = 0; i < slots.size(); i++) {
            JsonNode slot = slots.get(i);
            boolean cwKnown = neighbour(slot, "cw", "/slots/" + i, placeOfId.keySet());
            linked &= cwKnown & neighbour(slot, "ccw", "/slots/" + i, placeOfId.keySet());
            if (cwKnown) {
                int next = placeOfId.get(slot.get("cw").asInt());
                JsonNode back = slots.get(next).get("ccw");
                if (placeOfId.containsKey(back.asInt()) && back.asInt() != slot.get("id").asInt()) {
                    linked = false;
                    findings.add(Finding.error("/slots/" + i + "/cw", "is " + slot.get("cw") + ", but that slot's "
                            + "counter-clockwise neighbour is " + back, "the slot whose ccw is " + slot.get("id")));
                }
            }
            if (slot.get("open").asBoolean() && ++ends > 1) {
                findings.add(Finding.error("/slots/" + i + "/open", "is true at a second slot, which makes two lines",
                        "true at one slot at most: the end of the line"));
            }
        }
        if (linked) {
            oneCycle(slots, placeOfId);
        }
    }

    private boolean neighbour(JsonNode slot, String side, String place, Set<Integer> ids) {
        boolean known = ids.contains(slot.get(side).asInt());
        if (!known) {
            findings.add(Finding.error(place + "/" + side, "is " + slot.get(side) + ", which is no slot",
                    "one of " + ids));
        }
        return known;
    }

    private void oneCycle(JsonNode slots, Map<Integer, Integer> placeOfId) {
        Set<Integer> reached = new LinkedHashSet<>();
        int id = slots.get(0).get("id").asInt();
        while (reached.add(id)) {
            id = slots.get(placeOfId.get(id)).get("cw").asInt();
        }
        if (reached.size() < slots.size()) {
            Set<Integer> missed = new LinkedHashSet<>(placeOfId.keySet());
            missed.removeAll(reached);
            findings.add(Finding.error("/slots", "the ring closes over " + reached + " and leaves out " + missed,
                    "one ring through all slots"));
        }
    }
}
