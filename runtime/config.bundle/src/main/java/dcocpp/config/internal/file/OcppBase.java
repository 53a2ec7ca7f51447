package dcocpp.config.internal.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The OCPP base configuration: file, then the inline block over it, then what charger.json says elsewhere. */
final class OcppBase {

    private static final int SERIAL_NUMBER_LENGTH = 25;

    private final ObjectNode merged;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    /**
     * @param base the keys of the file, by section
     * @param baseName how findings name that file
     * @param raw charger.json as it is written
     * @param values charger.json completed
     */
    OcppBase(ObjectNode base, String baseName, JsonNode raw, JsonNode values) {
        this.merged = base.deepCopy();
        for (Map.Entry<String, JsonNode> section : values.get("ocpp").properties()) {
            if (section.getValue().isObject()) {
                merged.withObjectProperty(section.getKey()).setAll((ObjectNode) section.getValue());
            }
        }
        patch(baseName, raw, values);
    }

    private void patch(String baseName, JsonNode raw, JsonNode values) {
        JsonNode chargePoint = values.get("chargePoint");
        String id = chargePoint.get("id").asText();
        set(baseName, "Internal", "ChargePointId", chargePoint.get("id"), "/chargePoint/id");
        set(baseName, "Internal", "ChargeBoxSerialNumber", merged.textNode(serialNumber(id)), "");
        set(baseName, "Internal", "ChargePointModel", chargePoint.get("model"), "/chargePoint/model");
        set(baseName, "Internal", "ChargePointVendor", chargePoint.get("vendor"), "/chargePoint/vendor");
        set(baseName, "Internal", "FirmwareVersion", chargePoint.get("firmwareVersion"),
                "/chargePoint/firmwareVersion");
        if (!chargePoint.get("centralSystemURI").asText().isEmpty()) {
            set(baseName, "Internal", "CentralSystemURI", chargePoint.get("centralSystemURI"),
                    "/chargePoint/centralSystemURI");
        }
        set(baseName, "Core", "NumberOfConnectors", merged.numberNode(values.get("connectors").size()), "");
        if (values.get("minimumStatusDurationSeconds").asInt() > 0) {
            set(baseName, "Core", "MinimumStatusDuration", values.get("minimumStatusDurationSeconds"),
                    "/minimumStatusDurationSeconds");
        }
        // 0 in the base file means "not given here", as the file is shipped.
        if (raw.has("meterSampleIntervalSeconds")
                || merged.path("Core").path("MeterValueSampleInterval").asInt(0) <= 0) {
            merged.withObjectProperty("Core").remove("MeterValueSampleInterval");
            set(baseName, "Core", "MeterValueSampleInterval", values.get("meterSampleIntervalSeconds"),
                    "/meterSampleIntervalSeconds");
        }
    }

    private static String serialNumber(String id) {
        return id.length() <= SERIAL_NUMBER_LENGTH ? id : id.substring(0, SERIAL_NUMBER_LENGTH);
    }

    private void set(String baseName, String section, String key, JsonNode value, String place) {
        JsonNode other = merged.path(section).path(key);
        if (!other.isMissingNode() && !other.equals(value) && !other.asText().isEmpty()) {
            findings.add(Finding.warning(baseName + "#/" + section + "/" + key, "is " + Json.show(other)
                    + " and gives way to " + Json.show(value), place.isEmpty() ? "nothing here" : "the value of "
                    + place + ", or nothing here"));
        }
        merged.withObjectProperty(section).set(key, value);
        places.put(section + "." + key, place);
    }

    /** The keys by section, complete. */
    ObjectNode merged() {
        return merged;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Where charger.json decides a key: {@code Section.Key} to its place; empty: it follows from other values. */
    Map<String, String> decidedPlaces() {
        return Map.copyOf(places);
    }

    /** Rules that join the OCPP keys with the rest of charger.json. */
    static List<Finding> check(JsonNode merged, JsonNode values) {
        List<Finding> findings = new ArrayList<>();
        String uri = merged.at("/Internal/CentralSystemURI").asText();
        int profile = merged.at("/Security/SecurityProfile").asInt();
        if (profile >= 2 && !uri.startsWith("wss://")) {
            findings.add(Finding.error("/chargePoint/centralSystemURI", "is \"" + uri
                    + "\" although Security.SecurityProfile is " + profile, "an address that begins with wss://"));
        }
        if (uri.isEmpty()) {
            findings.add(Finding.warning("/chargePoint/centralSystemURI", "is empty, and so is the address in the "
                    + "OCPP base configuration: the charger stays offline", "the address of the CSMS, ws:// or wss://"));
        }
        for (String protocol : merged.at("/FirmwareManagement/SupportedFileTransferProtocols").asText().split(",")) {
            String name = protocol.trim();
            boolean permitted = switch (name) {
                case "", "HTTPS" -> true;
                case "FILE" -> values.at("/uploads/allowFileTargets").asBoolean();
                default -> !values.at("/plc/requireHttpsUploads").asBoolean();
            };
            if (!permitted) {
                findings.add(Finding.error("/ocpp/FirmwareManagement/SupportedFileTransferProtocols", "offers " + name,
                        "FILE".equals(name) ? "uploads.allowFileTargets true, or without FILE"
                                : "plc.requireHttpsUploads false, or HTTPS alone"));
            }
        }
        return findings;
    }
}
