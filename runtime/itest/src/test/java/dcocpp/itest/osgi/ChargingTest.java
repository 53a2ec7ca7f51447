package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.Token;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.itest.Await;
import dcocpp.itest.Jars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.After;

/** Base of the tests in which a car charges: plugs cars in, starts transactions without a back office, makes bundles of other versions. */
public abstract class ChargingTest extends OsgiTest {
    private final HttpClient http = HttpClient.newHttpClient();

    /** A connector in the latest snapshot. */
    protected final ConnectorSnapshot connector(int id) {
        return snapshot().connector(id).orElseThrow();
    }

    /** The planner whose plans are applied. */
    protected final PlannerSnapshot activePlanner() {
        return snapshot().planners().stream().filter(planner -> planner.role() == PlannerSnapshot.Role.ACTIVE).findFirst()
                .orElseThrow(() -> new AssertionError("no active planner: " + snapshot().planners()));
    }

    /** Whatever a test does, the physics must have seen no contactor switched under load or across a difference of voltage. */
    @After
    public void noContactorWasHurt() throws Exception {
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(api("sim/violations")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(response.body(), 200, response.statusCode());
        assertTrue(response.body(), response.body().replaceAll("\\s", "").contains("\"violations\":[]"));
    }

    private URI api(String path) throws IOException {
        return URI.create(Files.readString(data().resolve("api.url")).trim() + "/api/" + path);
    }

    /** One of the simulation's calls, such as {@code connectors/1/plug}. */
    protected final void sim(String call) throws IOException, InterruptedException {
        URI uri = api("sim/" + call);
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(uri + ": " + response.statusCode() + " " + response.body());
        }
    }

    /** Plugs a car in and starts a transaction that nobody needs to authorize; returns once energy flows. */
    protected final void charge(int connectorId) throws Exception {
        Await.until("the API is there", LIMIT, () -> Files.exists(data().resolve("api.url")));
        Await.until("connector " + connectorId + " is free", LIMIT, () -> connector(connectorId).status() == ConnectorStatus.AVAILABLE);
        // a car that is offered nothing for long goes on without; a busy machine may have kept the planner from its first answers
        Await.until("fresh plans", LIMIT, () -> snapshot().plan().state() == PlanSnapshot.State.FRESH);
        sim("connectors/" + connectorId + "/plug");
        Await.until("plugged", LIMIT, () -> connector(connectorId).plugged());
        TimeSource time = service(TimeSource.class);
        long deadline = time.nanoTime() + Math.round(LIMIT.toNanos() * time.rate());
        service(ChargerControl.class).submit(new ChargerCommand.RemoteStart(UUID.randomUUID().toString(), deadline, connectorId,
                new Token("ITEST", Token.Source.REMOTE_START), true)).toCompletableFuture().get();
        Await.until("connector " + connectorId + " charges", LIMIT, () -> connector(connectorId).status() == ConnectorStatus.CHARGING
                && connector(connectorId).live().powerW() > 10_000);
    }

    /** Everything in the journal. */
    protected final List<JournalEvent> journal() {
        return service(Journal.class).read(0, 100_000);
    }

    /** Everything of one kind in the journal. */
    protected final <T extends JournalEvent> List<T> journal(Class<T> kind) {
        return journal().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The jar of a bundle with another version in its manifest. */
    protected static InputStream withVersion(Path jar, String version) throws IOException {
        return new ByteArrayInputStream(Jars.withVersion(jar, version));
    }
}
