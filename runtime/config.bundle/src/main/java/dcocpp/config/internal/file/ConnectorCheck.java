package dcocpp.config.internal.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** What the schema cannot say about the connectors. */
final class ConnectorCheck {

    private final List<Finding> findings = new ArrayList<>();

    List<Finding> check(JsonNode tree) {
        JsonNode connectors = tree.get("connectors");
        boolean usePlc = tree.at("/chargePoint/usePLC").asBoolean();
        Map<Integer, Integer> ids = new HashMap<>();
        Map<Integer, Integer> plcs = new HashMap<>();
        for (int i = 0; i < connectors.size(); i++) {
            JsonNode connector = connectors.get(i);
            String place = "/connectors/" + i;
            id(connector.get("id").asInt(), ids.put(connector.get("id").asInt(), i), connectors.size(), place);
            Integer other = plcs.putIfAbsent(connector.get("plcId").asInt(), i);
            if (other != null) {
                findings.add(Finding.error(place + "/plcId", "is " + connector.get("plcId") + " as in /connectors/"
                        + other + "/plcId", "an address of its own from 0 to 15"));
            }
            voltages(connector, place);
            if (usePlc) {
                withPlc(tree, connector, place);
            }
        }
        return findings;
    }

    private void id(int id, Integer earlier, int count, String place) {
        if (earlier != null) {
            findings.add(Finding.error(place + "/id", "is " + id + " as in /connectors/" + earlier + "/id",
                    "each of 1 to " + count + " once"));
        } else if (id > count) {
            findings.add(Finding.error(place + "/id", "is " + id + " although there are " + count + " connectors",
                    "each of 1 to " + count + " once"));
        }
    }

    private void voltages(JsonNode connector, String place) {
        double most = connector.get("maxVoltageV").asDouble();
        if (most > 0 && connector.get("minVoltageV").asDouble() > most) {
            findings.add(Finding.error(place + "/minVoltageV", "is " + connector.get("minVoltageV")
                    + ", above maxVoltageV " + connector.get("maxVoltageV"), "at most maxVoltageV"));
        }
    }

    private void withPlc(JsonNode tree, JsonNode connector, String place) {
        for (String limit : List.of("maxCurrentA", "maxPowerW", "maxVoltageV")) {
            if (connector.get(limit).asDouble() <= 0) {
                findings.add(Finding.error(place + "/" + limit, "is not limited, although usePLC is true",
                        "the limit of this gun, above 0"));
            }
        }
        JsonNode bus = tree.at("/connectors/0/canInterface");
        if (!connector.get("canInterface").equals(bus)) {
            findings.add(Finding.error(place + "/canInterface", "is " + connector.get("canInterface")
                    + " while /connectors/0 has " + bus, "one interface for all PLCs"));
        }
    }
}
