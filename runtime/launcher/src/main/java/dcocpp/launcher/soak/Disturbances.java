package dcocpp.launcher.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dcocpp.csms.DemoCsms;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.BundleJar;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.osgi.framework.Version;

/**
 * What a charger has to live with, one kind each: bundles replaced while it works, a link that is lost, a PLC that is silent, faults that
 * come and go, a reset. Those at guns need simulated hardware.
 */
final class Disturbances implements AutoCloseable {

    private static final String PLANNER = "dcocpp.planner";
    private static final String OCPP = "dcocpp.ocpp";
    private static final double LINK_LOSS_SECONDS = 20;
    /** Less than the three seconds for which a cable may be pulled without any lasting effect. */
    private static final double SILENCE_SECONDS = 2;
    private static final double FAULT_SECONDS = 8;
    private static final double HOT_C = 95;

    private final Supplier<ApiClient> api;
    private final DemoCsms csms;
    private final String chargePointId;
    private final Path home;
    private final Path workspace;
    private final Set<String> clearing = ConcurrentHashMap.newKeySet();
    private final ExecutorService operator = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "dcocpp-launcher-operator");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * At a charger that is connected to this CSMS under this id.
     *
     * @param api the API as it is reached now
     * @param home the distribution, whose bundles are installed again under higher versions
     * @param workspace folder for the jars
     */
    Disturbances(Supplier<ApiClient> api, DemoCsms csms, String chargePointId, Path home, Path workspace) {
        this.api = api;
        this.csms = csms;
        this.chargePointId = chargePointId;
        this.home = home;
        this.workspace = workspace;
    }

    /** The planner is replaced side by side. */
    Disturbance planner() {
        return replaced("planner replaced", PLANNER);
    }

    /** The protocol bundle is replaced in its place. */
    Disturbance ocpp() {
        return replaced("OCPP bundle replaced", OCPP);
    }

    private Disturbance replaced(String kind, String symbolicName) {
        String[] job = new String[1];
        return new Disturbance(kind, symbolicName, 0, () -> job[0] = install(symbolicName), () -> { }, () -> committed(job[0]));
    }

    private String install(String symbolicName) throws LaunchException, IOException {
        Version running = Version.emptyVersion;
        for (JsonNode bundle : status().path("bundles")) {
            Version version = Version.parseVersion(bundle.path("version").asText());
            running = bundle.path("name").asText().equals(symbolicName) && version.compareTo(running) > 0 ? version : running;
        }
        Path jar = null;
        for (BundleJar bundle : BundleJar.of(home)) {
            jar = bundle.symbolicName().equals(symbolicName) ? bundle.file() : jar;
        }
        if (jar == null || running.equals(Version.emptyVersion)) {
            throw new LaunchException(ExitCode.FAILED, "there is no " + symbolicName + " to be replaced");
        }
        Path copy = workspace.resolve(symbolicName + ".jar");
        NextVersion.of(jar, NextVersion.after(running), copy);
        byte[] content = Files.readAllBytes(copy);
        Files.delete(copy);
        return api.get().upload("api/bundles", content).require().path("id").asText();
    }

    private boolean committed(String job) throws LaunchException {
        if (job == null) {
            throw new LaunchException(ExitCode.FAILED, "the charger did not say whether it takes the bundle");
        }
        for (JsonNode known : api.get().get("api/bundles/jobs").require().path("jobs")) {
            if (known.path("id").asText().equals(job)) {
                String state = known.path("state").asText();
                if (state.equals("failed")) {
                    throw new LaunchException(ExitCode.FAILED, "the installation failed: " + known.path("reason").asText());
                }
                return state.equals("committed");
            }
        }
        return false;
    }

    /** The back office is not reached for a while; then everything that waited is told. */
    Disturbance linkLoss() {
        return new Disturbance("link lost", "CSMS unreachable for " + LINK_LOSS_SECONDS + " s", LINK_LOSS_SECONDS, () -> csms.reachable(false),
                () -> csms.reachable(true),
                () -> status().at("/csms/state").asText().equals("accepted") && status().at("/csms/queuedMessages").asInt() == 0);
    }

    /** Nothing is heard of a PLC, as when its cable is pulled and put back at once. */
    Disturbance silence(int connectorId) {
        return fault("PLC silent", connectorId, "PLC_COMM", SILENCE_SECONDS);
    }

    /** The connector gets too hot and cools down again. */
    Disturbance hot(int connectorId) {
        return fault("connector hot", connectorId, "CONNECTOR_TEMPERATURE", FAULT_SECONDS);
    }

    /** The meter does not answer. */
    Disturbance meter(int connectorId) {
        return fault("meter stale", connectorId, "METER_STALE", FAULT_SECONDS);
    }

    /** The insulation fails; an operator clears it. */
    Disturbance isolation(int connectorId) {
        return fault("isolation fault", connectorId, "ISOLATION", FAULT_SECONDS);
    }

    /** The emergency stop is pressed, which stops all guns, and released; an operator clears it. */
    Disturbance emergencyStop(int connectorId) {
        return fault("emergency stop", connectorId, "EMERGENCY_STOP", FAULT_SECONDS);
    }

    private Disturbance fault(String kind, int connectorId, String cause, double seconds) {
        return new Disturbance(kind, "gun " + connectorId + " for " + seconds + " s", seconds, () -> {
            var body = JsonNodeFactory.instance.objectNode().put("cause", cause);
            if (cause.endsWith("TEMPERATURE")) {
                body.put("temperatureC", HOT_C);
            }
            api.get().post("api/sim/connectors/" + connectorId + "/fault", body).require();
        }, () -> api.get().post("api/sim/connectors/" + connectorId + "/clear", JsonNodeFactory.instance.objectNode().put("cause", cause))
                .require(), this::cleared);
    }

    /** The operator clears what is latched. The charger answers when it is done, which it may not be for seconds. */
    private boolean cleared() throws LaunchException {
        boolean clean = true;
        for (JsonNode connector : status().path("connectors")) {
            if (connector.path("faults").size() > 0) {
                clean = false;
                clear(connector.path("id").asText());
            }
        }
        return clean;
    }

    private void clear(String connectorId) {
        if (!clearing.add(connectorId)) {
            return;
        }
        ApiClient client = api.get();
        operator.execute(() -> {
            try {
                client.post("api/connectors/" + connectorId + "/clear", null);
            } catch (LaunchException e) {
                // asked again when the fault is still there
            } finally {
                clearing.remove(connectorId);
            }
        });
    }

    @Override
    public void close() {
        operator.shutdownNow();
    }

    /** The back office orders a soft reset, which ends all transactions, as soon as the charger is connected. */
    Disturbance softReset() {
        AtomicReference<CompletableFuture<String>> answer = new AtomicReference<>();
        return new Disturbance("soft reset", "ordered by the CSMS", 0, () -> { }, () -> { }, () -> {
            CompletableFuture<String> sent = answer.get();
            if ((sent == null || sent.isCompletedExceptionally()) && csms.connected().contains(chargePointId)) {
                answer.set(csms.chargePoint(chargePointId).reset(false));
                return false;
            }
            return sent != null && !sent.isCompletedExceptionally() && sent.getNow("").equals("Accepted")
                    && status().at("/csms/state").asText().equals("accepted");
        });
    }

    private JsonNode status() throws LaunchException {
        return api.get().get("api/status").require();
    }
}
