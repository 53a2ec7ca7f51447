package dcocpp.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.ChargerRuntime;
import dcocpp.launcher.ConsoleAddress;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.RunOptions;
import dcocpp.launcher.demo.EnergyWitness.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A charger in this process, driven through its HTTP API as anybody would. */
final class HttpDemoCharger implements DemoCharger {

    private static final Duration API_LIMIT = Duration.ofSeconds(30);

    private final ChargerRuntime runtime;
    private final ApiClient api;

    private HttpDemoCharger(ChargerRuntime runtime, ApiClient api) {
        this.runtime = runtime;
        this.api = api;
    }

    /** Starts one out of the distribution in this folder, without console, on an ephemeral port. */
    static HttpDemoCharger start(Path home, Path config, Path data, double rate) throws LaunchException {
        ChargerRuntime runtime = ChargerRuntime.start(new RunOptions(home, config, data, "sim", ConsoleAddress.OFF, false, rate));
        try {
            return new HttpDemoCharger(runtime, runtime.api(API_LIMIT));
        } catch (LaunchException e) {
            runtime.close();
            throw e;
        }
    }

    /** Its API, for more than the demonstration of one session needs. */
    ApiClient api() {
        return api;
    }

    @Override
    public ChargerView view() throws LaunchException {
        JsonNode status = api.get("api/status").require();
        if (!status.path("available").asBoolean()) {
            return ChargerView.STARTING;
        }
        List<ChargerView.Connector> connectors = new ArrayList<>();
        for (JsonNode connector : status.path("connectors")) {
            JsonNode live = connector.path("live");
            JsonNode session = connector.path("session");
            connectors.add(new ChargerView.Connector(connector.path("id").asInt(), connector.path("status").asText(),
                    connector.path("info").asText(), session.path("phase").asText(), session.path("transactionActive").asBoolean(),
                    session.path("energyMilliWh").asLong(), live.path("socPercent").asDouble(Double.NaN), live.path("powerW").asDouble(),
                    live.path("voltageV").asDouble(), live.path("currentA").asDouble()));
        }
        return new ChargerView(status.at("/csms/state").asText(), status.at("/csms/queuedMessages").asInt(), connectors);
    }

    @Override
    public long meterMilliWh(int connectorId) throws LaunchException {
        return api.get("api/sim/connectors/" + connectorId).require().required("meterMilliWh").asLong();
    }

    @Override
    public void plug(int connectorId, double socPercent) throws LaunchException {
        api.post("api/sim/connectors/" + connectorId + "/plug", JsonNodeFactory.instance.objectNode().put("socPercent", socPercent))
                .require();
    }

    @Override
    public void unplug(int connectorId) throws LaunchException {
        api.post("api/sim/connectors/" + connectorId + "/unplug", null).require();
    }

    @Override
    public void swipe(int connectorId, String idTag) throws LaunchException {
        api.post("api/sim/swipe", JsonNodeFactory.instance.objectNode().put("connector", connectorId).put("idTag", idTag)).require();
    }

    @Override
    public Optional<Span> journalMilliWh(int connectorId) throws LaunchException {
        for (JsonNode transaction : api.get("api/journal").require().path("transactions")) {
            // newest first
            if (transaction.path("connectorId").asInt() == connectorId) {
                return transaction.path("running").asBoolean() ? Optional.empty() : Optional.of(new Span(
                        transaction.required("meterStartMilliWh").asLong(), transaction.required("meterStopMilliWh").asLong()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
