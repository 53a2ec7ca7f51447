package dcocpp.ocpp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Token;
import dcocpp.ocpp.internal.testing.Await;
import dcocpp.ocpp.internal.testing.ScriptedBackOffice;
import dcocpp.ocpp.internal.testing.Threads;

/** A bundle that ends and one that comes after it, over a real WebSocket. */
class ReplacementTest {

    private static final String BOOT = "{\"status\":\"Accepted\",\"currentTime\":\"2026-01-01T00:00:00Z\",\"interval\":300}";

    @TempDir
    private Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final ScriptedBackOffice backOffice = new ScriptedBackOffice();
    private Bundle bundle;

    @BeforeEach
    void setUp() {
        bundle = new Bundle(folder, backOffice.uri().toString());
    }

    @AfterEach
    void tearDown() {
        bundle.stop();
        backOffice.close();
    }

    private void answer(JsonNode call, String payload) throws InterruptedException {
        backOffice.send("[3,\"" + call.get(1).textValue() + "\"," + payload + "]");
    }

    /** The next call of this action; those before it are answered. */
    private JsonNode call(String action) throws Exception {
        while (true) {
            JsonNode frame = json.readTree(backOffice.receive());
            if (frame.get(2).asText().equals(action)) {
                return frame;
            }
            answer(frame, frame.get(2).asText().equals("BootNotification") ? BOOT : "{}");
        }
    }

    /** What is promised is 1.5 s of real time; the machine under the test may be busy, so one of three ends counts. */
    @Test
    void theAnswerThatIsUnderWayIsWaitedForAndOneThatIsLaterIsAskedForAgain() throws Exception {
        bundle.journal.started("tx-1", 1, "TAG1", 0);
        bundle.charger.charging(1, "tx-1", "TAG1");
        JsonNode request = null;
        for (int ends = 0; ends < 3 && bundle.journal.startDelivery("tx-1").state() != Delivery.State.DELIVERED; ends++) {
            bundle.start();
            bundle.changed();
            JsonNode start = call("StartTransaction");
            request = request == null ? start.get(3) : request;
            assertEquals(request, start.get(3));
            Thread end = new Thread(bundle::stop, "test-end");
            end.start();
            Await.until("the end waits", () -> end.getState() == Thread.State.TIMED_WAITING || !end.isAlive());
            answer(start, "{\"transactionId\":7,\"idTagInfo\":{\"status\":\"Accepted\"}}");
            end.join(Duration.ofSeconds(30).toMillis());
        }
        assertEquals(new Delivery(Delivery.State.DELIVERED, "7"), bundle.journal.startDelivery("tx-1"));
        assertEquals(1001, backOffice.closeCode());
        bundle.start();
    }

    @Test
    void aFolderThatCannotBeUsedIsTriedAgainAtTheStart() throws Exception {
        Path occupied = Files.writeString(folder.resolve("db"), "a file where a folder should be");
        bundle.start();
        assertEquals(BackOfficeLink.State.DISCONNECTED, bundle.component.link().state());
        assertTrue(bundle.charger.link.detail().startsWith("cannot run: cannot open"), bundle.charger.link.detail());
        bundle.component.disconnect();
        Files.delete(occupied);
        call("BootNotification");
    }

    @Test
    void aFolderThatCannotBeUsedIsTriedAgainAfterAChange() throws Exception {
        bundle.start();
        answer(call("BootNotification"), BOOT);
        Path occupied = Files.writeString(folder.resolve("other"), "a file where a folder should be");
        bundle.properties.put("databaseDir", occupied.toString());
        bundle.component.modified(bundle.properties);
        assertEquals(BackOfficeLink.State.DISCONNECTED, bundle.component.link().state());
        Files.delete(occupied);
        call("BootNotification");
    }

    @Test
    void aTokenThatIsAskedAboutWhileThereIsNoChargePointIsAnsweredByTheNextOne() throws Exception {
        Path occupied = Files.writeString(folder.resolve("db"), "a file where a folder should be");
        backOffice.refuseWith(503);
        bundle.start();
        bundle.component.authorize(new AuthorizationRequest("question", 1, new Token("TAG", Token.Source.RFID), Long.MAX_VALUE));
        Files.delete(occupied);
        Await.until("there is an answer", () -> !bundle.charger.answers.isEmpty());
        assertEquals("question", bundle.charger.answers.get(0).requestId());
    }

    @Test
    void aBundleThatCannotRunEndsLikeAnyOther() throws Exception {
        Path occupied = Files.writeString(folder.resolve("db"), "a file where a folder should be");
        bundle.start();
        bundle.stop();
        assertEquals(BackOfficeLink.NONE, bundle.charger.link);
        Threads.awaitEnd("dcocpp-ocpp");
        Files.delete(occupied);
        bundle.start();
    }
}
