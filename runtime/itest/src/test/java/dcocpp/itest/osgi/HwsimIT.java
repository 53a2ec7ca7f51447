package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot.Condition;
import dcocpp.api.hardware.TokenRead;
import dcocpp.itest.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The simulated hardware in the running charger, driven over HTTP as a tester drives it. */
public class HwsimIT extends OsgiTest {
    private static final String PHYSICS_THREAD = "dcocpp-hwsim-physics";
    private static final Duration HTTP_LIMIT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(HTTP_LIMIT).build();
    private final Heard heard = new Heard();
    private ServiceRegistration<HardwareListener> registration;

    /** What a listener is told, as the controller is. */
    public static final class Heard implements HardwareListener {
        private final List<TokenRead> tokens = new CopyOnWriteArrayList<>();

        @Override
        public void changed(String hardwareName) {
            assertEquals("sim", hardwareName);
        }

        @Override
        public void tokenRead(TokenRead token) {
            tokens.add(token);
        }
    }

    @Override
    protected Map<String, String> frameworkProperties() {
        return Map.of("dcocpp.sim.open", "false");
    }

    @Before
    public void hardwareIsInService() {
        Await.until("hardware ready", LIMIT, () -> sim().snapshot().condition() == Condition.READY);
        registration = context.registerService(HardwareListener.class, heard, null);
    }

    @After
    public void forgetListener() {
        registration.unregister();
    }

    @Test
    public void simulationIsDrivenOnlyWithTheToken() throws Exception {
        assertEquals(401, send("GET", "connectors", "", false).statusCode());
        assertEquals(401, send("POST", "connectors/12/plug", "", false).statusCode());
        assertEquals(200, send("GET", "connectors", "", true).statusCode());
        assertEquals(CpState.A, gun(12).cp());
    }

    @Test
    public void carIsPluggedPausedResumedAndUnpluggedOverHttp() throws Exception {
        assertEquals(202, post("connectors/2/plug", "{\"car\": \"tourer-800\", \"socPercent\": 33}").statusCode());
        Await.until("pilot B", LIMIT, () -> gun(2).cp() == CpState.B);
        assertTrue(get("connectors/2").contains("\"id\":\"tourer-800\""));
        assertEquals(409, post("connectors/2/plug", "").statusCode());

        assertEquals(202, post("connectors/2/pause", "").statusCode());
        assertTrue(get("connectors/2").contains("\"paused\":true"));
        assertEquals(202, post("connectors/2/resume", "").statusCode());

        assertEquals(202, post("connectors/2/unplug", "").statusCode());
        Await.until("pilot A", LIMIT, () -> gun(2).cp() == CpState.A);
    }

    @Test
    public void faultIsSeenAndMendedOverHttp() throws Exception {
        assertEquals(202, post("connectors/3/fault", "{\"cause\": \"SAFETY_LOOP\"}").statusCode());
        Await.until("fault reported", LIMIT,
                () -> gun(3).faults().stream().anyMatch(fault -> fault.cause() == FaultCause.SAFETY_LOOP) && !gun(3).safe());
        assertEquals(202, post("connectors/3/clear", "").statusCode());
        Await.until("fault gone", LIMIT, () -> gun(3).faults().isEmpty() && gun(3).safe());
    }

    @Test
    public void cardReachesEveryHardwareListener() throws Exception {
        assertEquals(202, post("swipe", "{\"idTag\": \"04A2B3C4\", \"connector\": 5}").statusCode());
        Await.until("token heard", LIMIT, () -> heard.tokens.stream()
                .anyMatch(token -> token.value().equals("04A2B3C4") && token.connectorId() == 5));
    }

    @Test
    public void badInputIsRefusedWithTheRemedy() throws Exception {
        HttpResponse<String> refused = post("connectors/1/fault", "{\"cause\": \"BLUE\"}");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body(), refused.body().contains("\"remedy\":\"one of"));
        HttpResponse<String> method = send("DELETE", "connectors", "", true);
        assertEquals(405, method.statusCode());
        assertEquals("GET", method.headers().firstValue("Allow").orElse(""));
        assertEquals(404, post("connectors/13/plug", "").statusCode());
        assertEquals(413, post("connectors/1/plug", " ".repeat(9000)).statusCode());
    }

    @Test
    public void idleChargerViolatesNothing() throws Exception {
        assertTrue(get("violations").startsWith("{\"count\":0,"));
    }

    @Test
    public void stoppedBundleTakesItsThreadAndItsPathAlongAndComesBack() throws Exception {
        Bundle hwsim = bundle("dcocpp.hwsim");
        assertEquals(1, physicsThreads());
        hwsim.stop();
        try {
            Await.until("no physics thread", LIMIT, () -> physicsThreads() == 0);
            assertEquals(404, send("GET", "connectors", "", true).statusCode());
        } finally {
            hwsim.start();
        }
        awaitSatisfied();
        Await.until("hardware ready again", LIMIT, () -> sim().snapshot().condition() == Condition.READY);
        Await.until("one physics thread", LIMIT, () -> physicsThreads() == 1);
        Await.until("path is back", LIMIT, () -> send("GET", "connectors", "", true).statusCode() == 200);
    }

    private static long physicsThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(PHYSICS_THREAD)).count();
    }

    /** Not any hardware: the driver of the PLC bus is installed beside it. */
    private Hardware sim() {
        return Await.value("hardware sim", LIMIT, () -> {
            List<ServiceReference<Hardware>> found = List.copyOf(context.getServiceReferences(Hardware.class, "(" + Hardware.NAME + "=sim)"));
            return found.isEmpty() ? null : context.getService(found.get(0));
        });
    }

    private GunState gun(int connectorId) {
        return sim().snapshot().guns().stream().filter(gun -> gun.connectorId() == connectorId).findFirst().orElseThrow();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", path, "", true);
        assertEquals(response.body(), 200, response.statusCode());
        return response.body();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body, true);
    }

    private HttpResponse<String> send(String method, String path, String body, boolean withToken) throws IOException, InterruptedException {
        String api = Await.value("api.url", LIMIT, () -> Files.readString(data().resolve("api.url")).trim());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.replaceFirst("/$", "") + "/api/sim/" + path))
                .timeout(HTTP_LIMIT).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (withToken) {
            request.header("Authorization", "Bearer " + Files.readString(data().resolve("api.token")).trim());
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
