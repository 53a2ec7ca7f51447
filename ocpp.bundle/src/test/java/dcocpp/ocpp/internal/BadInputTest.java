package dcocpp.ocpp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.testing.Await;
import dcocpp.ocpp.internal.testing.ScriptedBackOffice;
import dcocpp.ocpp.internal.testing.Threads;

/** What no well-made back office sends, over a real WebSocket: each is answered as it should be, and the connection lives. */
class BadInputTest {

    private static final String BOOT = "{\"status\":\"Accepted\",\"currentTime\":\"2026-01-01T00:00:00Z\",\"interval\":300}";

    @TempDir
    private Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final ScriptedBackOffice backOffice = new ScriptedBackOffice();
    private Bundle bundle;

    @BeforeEach
    void setUp() {
        bundle = new Bundle(folder, backOffice.uri().toString());
        bundle.start();
    }

    @AfterEach
    void tearDown() {
        bundle.stop();
        backOffice.close();
    }

    /** The next answer to a call; calls of the charge point are answered on the way. */
    private JsonNode answer() throws Exception {
        while (true) {
            JsonNode frame = json.readTree(backOffice.receive());
            if (frame.get(0).intValue() != 2) {
                return frame;
            }
            String payload = frame.get(2).textValue().equals("BootNotification") ? BOOT : "{}";
            backOffice.send("[3,\"" + frame.get(1).textValue() + "\"," + payload + "]");
        }
    }

    private void expectAlive() throws Exception {
        backOffice.send("[2,\"alive\",\"ClearCache\",{}]");
        assertEquals("[3,\"alive\",{\"status\":\"Accepted\"}]", answer().toString());
        assertEquals(1, backOffice.connections());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "not json at all # -1 # GenericError",
        "{\"a\":1} # -1 # GenericError",
        "[2,5,\"Reset\",{}] # -1 # FormationViolation",
        "[2,\"x\",\"Reset\",{\"type\":}] # x # FormationViolation",
        "[2,\"x\",\"Reset\"] # x # ProtocolError",
        "[2,\"x\",\"NoSuchAction\",{}] # x # NotImplemented",
        "[2,\"x\",\"Heartbeat\",{}] # x # NotSupported",
        "[2,\"x\",\"Reset\",{\"type\":1}] # x # FormationViolation"})
    void aBadTextIsAnsweredWithTheRightErrorAndTheRightId(String text, String id, String code) throws Exception {
        backOffice.send(text);
        JsonNode answer = answer();
        assertEquals(4, answer.get(0).intValue());
        assertEquals(id, answer.get(1).textValue());
        assertEquals(code, answer.get(2).textValue());
        assertNotEquals("", answer.get(3).textValue());
        expectAlive();
    }

    @Test
    void binaryAndOversizedMessagesAreRefused() throws Exception {
        backOffice.sendBinary(new byte[] {2, 3});
        assertEquals("GenericError", answer().get(2).textValue());
        backOffice.send("[2,\"x\",\"DataTransfer\",{\"vendorId\":\"v\",\"data\":\"" + "x".repeat(1_100_000) + "\"}]");
        assertEquals("GenericError", answer().get(2).textValue());
        expectAlive();
    }

    @Test
    void aLargeMessageWithinTheLimitIsServed() throws Exception {
        backOffice.send("[2,\"x\",\"DataTransfer\",{\"vendorId\":\"v\",\"data\":\"" + "x".repeat(200_000) + "\"}]");
        assertEquals("UnknownVendorId", answer().at("/2/status").textValue());
    }

    @Test
    void callsThatArriveAtOnceAreAllAnsweredInTheirOrder() throws Exception {
        for (int i = 0; i < 50; i++) {
            backOffice.send("[2,\"" + i + "\",\"DataTransfer\",{\"vendorId\":\"v\"}]");
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(answer().get(1).textValue());
        }
        assertEquals(IntStream.range(0, 50).mapToObj(String::valueOf).toList(), ids);
    }

    @Test
    void answersToNothingAreIgnored() throws Exception {
        backOffice.send("[3,\"nobody\",{}]");
        backOffice.send("[4,\"nobody\",\"InternalError\",\"\",{}]");
        backOffice.send("[3,\"nobody\"");
        backOffice.send("[7,\"nobody\"]");
        expectAlive();
    }

    @Test
    void aConnectionThatIsClosedIsOpenedAgain() throws Exception {
        expectAlive();
        backOffice.hangUp(1011);
        Await.until("the second connection", () -> backOffice.connections() == 2);
        assertTrue(backOffice.receive().contains("StatusNotification"), "accepted already: no boot");
    }

    @Test
    void theEndOfTheBundleEndsItsThreadsAndSaysGoodBye() throws Exception {
        expectAlive();
        bundle.stop();
        assertEquals(1001, backOffice.closeCode());
        Threads.awaitEnd("dcocpp-ocpp");
        bundle.start();
    }

    @Test
    void anotherAddressIsTakenWithoutARestart() throws Exception {
        expectAlive();
        try (ScriptedBackOffice other = new ScriptedBackOffice()) {
            bundle.properties.put("centralSystemURI", other.uri().toString());
            bundle.component.modified(bundle.properties);
            assertTrue(other.receive().contains("BootNotification"));
            bundle.properties.put("centralSystemURI", "http://wrong/");
            bundle.component.modified(bundle.properties);
            assertEquals(1, other.connections());
            bundle.stop();
            bundle.properties.put("centralSystemURI", backOffice.uri().toString());
            bundle.start();
        }
    }
}
