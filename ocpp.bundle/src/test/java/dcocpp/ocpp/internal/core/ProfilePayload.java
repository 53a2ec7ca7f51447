package dcocpp.ocpp.internal.core;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A payload of SetChargingProfile that a test changes: without a change it is an 11 kW TxDefaultProfile for connector 1. */
final class ProfilePayload {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonPointer PROFILE = JsonPointer.compile("/csChargingProfiles");

    private final ObjectNode payload = (ObjectNode) parse("""
            {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 1, "stackLevel": 0,
            "chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Absolute",
            "chargingSchedule": {"startSchedule": "2026-01-01T00:00:00Z", "chargingRateUnit": "W",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 11000}]}}}""");

    static ProfilePayload profile(int id, String purpose) {
        return new ProfilePayload().with("chargingProfileId", id).with("chargingProfilePurpose", '"' + purpose + '"');
    }

    ProfilePayload connector(int connectorId) {
        payload.put("connectorId", connectorId);
        return this;
    }

    ProfilePayload level(int level) {
        return with("stackLevel", level);
    }

    ProfilePayload watts(double limit) {
        return periods("[{\"startPeriod\":0,\"limit\":" + limit + "}]");
    }

    ProfilePayload periods(String json) {
        return with("chargingSchedule/chargingSchedulePeriod", json);
    }

    /** Sets a field of the profile, by its place in it, to what the JSON says; nothing takes it away. */
    ProfilePayload with(String place, Object json) {
        JsonPointer pointer = PROFILE.append(JsonPointer.compile("/" + place));
        ObjectNode parent = (ObjectNode) payload.at(pointer.head());
        String name = pointer.last().getMatchingProperty();
        if (json == null) {
            parent.remove(name);
        } else {
            parent.set(name, parse(json.toString()));
        }
        return this;
    }

    /** The profile alone. */
    String profile() {
        return payload.at(PROFILE).toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public String toString() {
        return payload.toString();
    }
}
