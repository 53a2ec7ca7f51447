package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.DataTransferAnswer;
import dcocpp.api.backoffice.DataTransferAnswer.Status;
import dcocpp.api.backoffice.DataTransferHandler;

/** DataTransfer with handlers of other bundles, which run on threads of their own. */
class DataTransferTest {

    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path folder;
    private Station station;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    @AfterEach
    void endOfHandlers() {
        released.countDown();
    }

    private DataTransferHandler register(String vendor, int ranking, DataTransferHandler handler) {
        station.handlers.add(handler, Map.of(DataTransferHandler.VENDOR_ID, vendor, "service.ranking", ranking));
        return handler;
    }

    private DataTransferHandler hanging(String vendor) {
        return register(vendor, 0, request -> {
            entered.countDown();
            boolean interrupted = false;
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    // A handler that does not listen.
                    interrupted = true;
                }
            }
            return new DataTransferAnswer(Status.ACCEPTED, "late" + interrupted);
        });
    }

    private void send(String id, String payload) {
        station.backOffice.raw("[2,\"" + id + "\",\"DataTransfer\"," + payload + "]");
    }

    /** The next answer, which another thread makes. */
    private String reply() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (station.backOffice.replies().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
            station.time.runDue();
        }
        assertEquals(1, station.backOffice.replies().size(), "one answer");
        return station.backOffice.replies().remove(0);
    }

    private String answer(String payload) {
        send("d", payload);
        return reply();
    }

    @Test
    void aVendorThatNobodyAnswersForIsUnknown() {
        assertEquals("[3,\"d\",{\"status\":\"UnknownVendorId\"}]", answer("{\"vendorId\":\"org.example\"}"));
    }

    @Test
    void theHandlerGetsTheMessageAndItsAnswerIsTheAnswer() {
        register("org.example", 0, request -> new DataTransferAnswer(
                request.messageId().equals("greet") ? Status.ACCEPTED : Status.UNKNOWN_MESSAGE_ID, request.data()));
        assertEquals("[3,\"d\",{\"status\":\"Accepted\",\"data\":\"hello\"}]",
                answer("{\"vendorId\":\"ORG.example\",\"messageId\":\"greet\",\"data\":\"hello\"}"));
        assertEquals("[3,\"d\",{\"status\":\"UnknownMessageId\"}]", answer("{\"vendorId\":\"org.example\",\"messageId\":\"other\"}"));
    }

    @Test
    void ofSeveralTheHighestRankingIsAskedAndTheNextOneWhenItGoes() {
        register("org.example", 1, request -> new DataTransferAnswer(Status.ACCEPTED, "one"));
        DataTransferHandler best = register("org.example", 2, request -> new DataTransferAnswer(Status.ACCEPTED, "two"));
        assertTrue(answer("{\"vendorId\":\"org.example\"}").contains("two"));
        station.handlers.remove(best);
        assertTrue(answer("{\"vendorId\":\"org.example\"}").contains("one"));
    }

    @Test
    void aHandlerMayAnswerForSeveralVendors() {
        station.handlers.add(request -> new DataTransferAnswer(Status.ACCEPTED, ""),
                Map.of(DataTransferHandler.VENDOR_ID, new String[] {"a", "b"}));
        station.handlers.add(request -> new DataTransferAnswer(Status.ACCEPTED, ""), Map.of());
        for (String vendor : List.of("a", "b")) {
            assertTrue(answer("{\"vendorId\":\"" + vendor + "\"}").contains("Accepted"));
        }
    }

    @Test
    void aHandlerThatFailsOrSaysNothingIsRejected() {
        register("bad", 0, request -> {
            throw new IllegalStateException("a mistake");
        });
        register("mute", 0, request -> null);
        register("broken", 0, request -> {
            throw new NoClassDefFoundError("gone");
        });
        for (String vendor : List.of("bad", "mute", "broken", "bad")) {
            assertEquals("[3,\"d\",{\"status\":\"Rejected\"}]", answer("{\"vendorId\":\"" + vendor + "\"}"));
        }
    }

    @Test
    void aHandlerThatHangsIsRejectedAfterItsTimeAndHoldsNobodyElseUp() throws Exception {
        hanging("slow");
        register("quick", 0, request -> new DataTransferAnswer(Status.ACCEPTED, ""));
        send("d", "{\"vendorId\":\"slow\"}");
        assertTrue(entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        station.advance(Duration.ofMillis(9_900));
        assertEquals(0, station.backOffice.replies().size());
        station.advance(Duration.ofMillis(200));
        assertEquals("[3,\"d\",{\"status\":\"Rejected\"}]", reply());
        assertEquals("[3,\"d\",{\"status\":\"Rejected\"}]", answer("{\"vendorId\":\"slow\"}"), "it is still busy");
        assertTrue(answer("{\"vendorId\":\"quick\"}").contains("Accepted"));
        assertTrue(station.backOffice.call("GetConfiguration", "{\"key\":[\"x\"]}").has("unknownKey"));
    }

    @Test
    void aHandlerThatGoesAwayMeanwhileIsRejectedAtOnce() throws Exception {
        DataTransferHandler handler = hanging("slow");
        send("d", "{\"vendorId\":\"slow\"}");
        assertTrue(entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        station.handlers.remove(handler);
        assertEquals("[3,\"d\",{\"status\":\"Rejected\"}]", reply());
        assertEquals("[3,\"d\",{\"status\":\"UnknownVendorId\"}]", answer("{\"vendorId\":\"slow\"}"));
    }
}
