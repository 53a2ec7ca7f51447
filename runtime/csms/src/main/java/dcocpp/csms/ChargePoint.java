package dcocpp.csms;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Commands to one charge point. Each returns at once; its future gives the status that the charger answered (such as
 * {@code Accepted}) and fails with {@link CallRefusedException} at a CALLERROR, with {@link IllegalStateException}
 * when the charger is not connected or goes away, with {@link IllegalArgumentException} when the message would break
 * OCPP, and with a {@link java.util.concurrent.TimeoutException} after 30 s.
 */
public final class ChargePoint {

    /** Where the commands go; given by {@link DemoCsms}. */
    interface Wire {
        CompletableFuture<String> call(String chargePointId, String action, String payload);

        void raw(String chargePointId, String frame);

        void disconnect(String chargePointId, boolean politely);
    }

    private final String id;
    private final Wire wire;

    ChargePoint(String id, Wire wire) {
        this.id = id;
        this.wire = wire;
    }

    /** The charge point's id, the last part of its WebSocket path. */
    public String id() {
        return id;
    }

    /** RemoteStartTransaction for one connector. */
    public CompletableFuture<String> remoteStart(int connectorId, String idTag) {
        JsonObject payload = new JsonObject();
        payload.addProperty("connectorId", connectorId);
        payload.addProperty("idTag", idTag);
        return status("RemoteStartTransaction", payload);
    }

    /** RemoteStartTransaction that leaves the connector to the charger. */
    public CompletableFuture<String> remoteStart(String idTag) {
        return status("RemoteStartTransaction", object("idTag", idTag));
    }

    /** RemoteStopTransaction. */
    public CompletableFuture<String> remoteStop(int transactionId) {
        JsonObject payload = new JsonObject();
        payload.addProperty("transactionId", transactionId);
        return status("RemoteStopTransaction", payload);
    }

    /** ChangeConfiguration. */
    public CompletableFuture<String> changeConfiguration(String key, String value) {
        JsonObject payload = object("key", key);
        payload.addProperty("value", value);
        return status("ChangeConfiguration", payload);
    }

    /**
     * One key of GetConfiguration's answer.
     *
     * @param value its value; empty text where the charger gave none
     * @param readonly whether ChangeConfiguration is of no use
     */
    public record Setting(String value, boolean readonly) {
    }

    /**
     * GetConfiguration's answer.
     *
     * @param settings by key, in the charger's order
     * @param unknownKeys the asked keys that the charger does not know
     */
    public record Configuration(Map<String, Setting> settings, List<String> unknownKeys) {
    }

    /** GetConfiguration; no key means all of them. */
    public CompletableFuture<Configuration> getConfiguration(String... keys) {
        JsonArray asked = new JsonArray();
        for (String key : keys) {
            asked.add(key);
        }
        JsonObject payload = new JsonObject();
        payload.add("key", asked);
        return call("GetConfiguration", payload.toString()).thenApply(ChargePoint::configuration);
    }

    /** TriggerMessage for the charge point or for all its connectors. */
    public CompletableFuture<String> trigger(String requestedMessage) {
        return status("TriggerMessage", object("requestedMessage", requestedMessage));
    }

    /** TriggerMessage for one connector. */
    public CompletableFuture<String> trigger(String requestedMessage, int connectorId) {
        JsonObject payload = object("requestedMessage", requestedMessage);
        payload.addProperty("connectorId", connectorId);
        return status("TriggerMessage", payload);
    }

    /** Reset, Hard or Soft. */
    public CompletableFuture<String> reset(boolean hard) {
        return status("Reset", object("type", hard ? "Hard" : "Soft"));
    }

    /** UnlockConnector. */
    public CompletableFuture<String> unlock(int connectorId) {
        JsonObject payload = new JsonObject();
        payload.addProperty("connectorId", connectorId);
        return status("UnlockConnector", payload);
    }

    /** ChangeAvailability; connector 0 is the whole charge point. */
    public CompletableFuture<String> changeAvailability(int connectorId, boolean operative) {
        JsonObject payload = object("type", operative ? "Operative" : "Inoperative");
        payload.addProperty("connectorId", connectorId);
        return status("ChangeAvailability", payload);
    }

    /** ClearCache. */
    public CompletableFuture<String> clearCache() {
        return status("ClearCache", new JsonObject());
    }

    /** SetChargingProfile with a csChargingProfiles object as JSON. */
    public CompletableFuture<String> setChargingProfile(int connectorId, String profile) {
        JsonObject payload = new JsonObject();
        payload.addProperty("connectorId", connectorId);
        payload.add("csChargingProfiles", JsonParser.parseString(profile));
        return status("SetChargingProfile", payload);
    }

    /** Any call of OCPP 1.6, its payload as JSON; the future gives the payload of the answer. */
    public CompletableFuture<String> call(String action, String payload) {
        return wire.call(id, action, payload);
    }

    /** Puts a text on the wire as it is, to see what the charger makes of it; nothing happens when it is not connected. */
    public void sendRaw(String frame) {
        wire.raw(id, frame);
    }

    /** Closes the link with a close frame. */
    public void closeLink() {
        wire.disconnect(id, true);
    }

    /** Drops the link without a close frame. */
    public void cutLink() {
        wire.disconnect(id, false);
    }

    private CompletableFuture<String> status(String action, JsonObject payload) {
        return call(action, payload.toString())
                .thenApply(answer -> JsonParser.parseString(answer).getAsJsonObject().get("status").getAsString());
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static Configuration configuration(String answer) {
        JsonObject object = JsonParser.parseString(answer).getAsJsonObject();
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (JsonElement element : array(object, "configurationKey")) {
            JsonObject setting = element.getAsJsonObject();
            settings.put(setting.get("key").getAsString(), new Setting(
                    setting.has("value") ? setting.get("value").getAsString() : "", setting.get("readonly").getAsBoolean()));
        }
        List<String> unknown = new ArrayList<>();
        array(object, "unknownKey").forEach(key -> unknown.add(key.getAsString()));
        return new Configuration(settings, unknown);
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.has(name) ? object.getAsJsonArray(name) : new JsonArray();
    }
}
