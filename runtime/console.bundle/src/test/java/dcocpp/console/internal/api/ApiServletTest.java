package dcocpp.console.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.console.internal.FakeRequest;
import dcocpp.console.internal.status.FakeCharger;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;

class ApiServletTest {

    private final Map<Object, Object> headers = new HashMap<>();
    private final HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> headers.put(arguments[0], arguments[1]));
    private final FakeCharger fake = new FakeCharger().snapshot(Snapshots.charging(0));

    private JsonNode call(String method, String path) throws Exception {
        return call(FakeRequest.of(method, path));
    }

    private JsonNode call(FakeRequest request) throws Exception {
        return answer(request).body();
    }

    private Route.Answer answer(FakeRequest request) throws Exception {
        List<Route> routes = List.of(StatusCalls.routes(fake.charger), PlanCalls.routes(fake.charger), JournalCalls.routes(fake.charger),
                ProcessCalls.routes(), CommandCalls.routes(fake.charger)).stream().flatMap(List::stream).toList();
        return new ApiServlet(routes).answer(request.build(), response);
    }

    private ApiError refused(String method, String path) {
        return assertThrows(ApiException.class, () -> call(method, path)).error();
    }

    @Test
    void healthIsOkWhileTheControllerReports() throws Exception {
        assertEquals("ok", call("GET", "/health").get("status").asText());
        fake.time.advance(Duration.ofSeconds(6));
        assertEquals(503, refused("GET", "/health").status());
        fake.snapshot(null);
        assertEquals(503, refused("GET", "/health").status());
    }

    @Test
    void theStatusSaysHowMuchAModuleHasBeenUsed() throws Exception {
        JsonNode module = call("GET", "/status").at("/modules/0");
        assertEquals("M1_0", module.get("id").asText());
        assertEquals(12.5, module.get("hours").asDouble());
        assertEquals(240, module.get("operations").asLong());
    }

    @Test
    void theDispatchNamesWhoAskedWhoGotAndWhyNotMore() throws Exception {
        JsonNode plan = call("GET", "/plan");
        assertEquals("gun 1 60.0 kW of 90.0 kW from M1_0 M1_1 in slots 1 2 (a gun may have 2 modules (maxModulesPerGun)); "
                + "together 60.0 kW of unlimited", plan.get("summary").asText());
        assertEquals("modules", plan.at("/guns/0/limit").asText());
        assertEquals(90_000, plan.at("/guns/0/requestW").asDouble());
        assertEquals("idle", plan.at("/guns/1/limit").asText());
        assertTrue(plan.at("/gridLimitW").isMissingNode());
    }

    @Test
    void theRingIsAPictureThatDoesNothing() throws Exception {
        Route.Answer answer = answer(FakeRequest.of("GET", "/plan.svg"));
        assertTrue(answer.svg().startsWith("<svg ") && answer.svg().contains("gun 1"), answer.svg());
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        HttpServletResponse picture = (HttpServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getOutputStream" -> new ServletOutputStream() {
                        @Override
                        public void write(int b) {
                            sent.write(b);
                        }

                        @Override
                        public boolean isReady() {
                            return true;
                        }

                        @Override
                        public void setWriteListener(WriteListener listener) {
                            throw new UnsupportedOperationException();
                        }
                    };
                    case "setContentType" -> headers.put("type", arguments[0]);
                    case "setHeader" -> headers.put(arguments[0], arguments[1]);
                    default -> null;
                });
        new ApiServlet(PlanCalls.routes(fake.charger)).service(FakeRequest.of("GET", "/plan.svg").build(), picture);
        assertEquals(answer.svg(), sent.toString(StandardCharsets.UTF_8));
        assertEquals("image/svg+xml", headers.get("type"));
        assertEquals("default-src 'none'", headers.get("Content-Security-Policy"));
    }

    @Test
    void beforeTheFirstPlanThereIsNoneToShow() {
        fake.snapshot(null);
        assertEquals(503, refused("GET", "/plan").status());
        assertEquals(503, refused("GET", "/plan.svg").status());
    }

    @Test
    void whatIsNotMeasuredAndWhatIsNotLimitedIsLeftOut() throws Exception {
        JsonNode status = call("GET", "/status");
        assertTrue(status.at("/connectors/1/live/powerW").isMissingNode());
        assertTrue(status.at("/plan/gridLimitW").isMissingNode());
        assertEquals(60_000, status.at("/connectors/0/live/powerW").asDouble());
        assertEquals("SuspendedEVSE", status.at("/connectors/1/status").asText());
        assertEquals("EVDisconnected", status.at("/connectors/1/session/stopReason").asText());
        assertEquals("emergencyStop", status.at("/connectors/2/faults/0/cause").asText());
    }

    @ParameterizedTest
    @CsvSource({"pause, Pause", "resume, Resume", "stop, RemoteStop", "unlock, Unlock", "clear, ClearFaults"})
    void aVerbOnAConnectorBecomesItsCommand(String verb, String command) throws Exception {
        assertEquals("done", call("POST", "/connectors/1/" + verb).get("outcome").asText());
        assertEquals(command, fake.commands.get(0).getClass().getSimpleName());
        assertEquals(10_000_000_000L, fake.commands.get(0).deadlineNanos());
    }

    @Test
    void stopNamesTheTransactionThatRuns() throws Exception {
        call("POST", "/connectors/1/stop");
        assertEquals("t-1", assertInstanceOf(ChargerCommand.RemoteStop.class, fake.commands.get(0)).transactionId());
        assertEquals(409, refused("POST", "/connectors/2/stop").status());
        assertEquals(409, refused("POST", "/connectors/3/stop").status());
    }

    @Test
    void theLinkIsConnectedAndDisconnected() throws Exception {
        call("POST", "/csms/disconnect");
        call("POST", "/csms/connect");
        assertEquals(List.of(false, true),
                fake.commands.stream().map(command -> ((ChargerCommand.BackOfficeConnection) command).connect()).toList());
    }

    @ParameterizedTest
    @CsvSource({"REJECTED, 409", "EXPIRED, 504", "FAILED, 500", "NOT_SUPPORTED, 409"})
    void theOutcomeOfACommandIsTold(CommandResult.Outcome outcome, int status) {
        fake.result = new CommandResult(outcome, "the reason");
        assertEquals(status, refused("POST", "/connectors/1/pause").status());
    }

    @Test
    void withoutControllerCommandsAreUnavailable() {
        fake.withoutControl();
        assertEquals(503, refused("POST", "/csms/connect").status());
        fake.snapshot(null);
        assertEquals(503, refused("POST", "/connectors/1/pause").status());
        assertEquals(503, refused("GET", "/journal").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connectors/0/pause", "/connectors/x/pause", "/connectors/99999999999999999999/pause",
            "/connectors//pause"})
    void aConnectorIsAPositiveNumber(String path) {
        ApiError error = refused("POST", path);
        assertEquals(400, error.status());
        assertTrue(error.remedy().contains("1 to 999"), error.remedy());
    }

    @Test
    void anUnknownConnectorIsAnsweredWithTheKnownOnes() {
        ApiError error = refused("POST", "/connectors/4/pause");
        assertEquals(404, error.status());
        assertTrue(error.remedy().contains("[1, 2, 3]"), error.remedy());
    }

    @Test
    void whatWasGivenUpIsCountedAndSentAgain() throws Exception {
        List<Long> pending = new ArrayList<>();
        fake.journal(journalWithOneGivenUp(pending));
        assertEquals(1, call("GET", "/status").at("/csms/undeliverableTransactions").asInt());
        assertEquals(1, call("POST", "/journal/t-9/resend").get("messages").asInt());
        assertEquals(List.of(8L), pending, "what was delivered is not sent again");
        assertEquals(1, call("POST", "/journal/resend").get("messages").asInt());
        assertEquals(404, refused("POST", "/journal/t-1/resend").status());
    }

    /** Start number 7 was delivered, stop number 8 was not. */
    private static Journal journalWithOneGivenUp(List<Long> pending) {
        TransactionRecord record = new TransactionRecord(
                new TransactionStarted(new JournalStamp(7, "boot", 0, Instant.EPOCH), "t-9", 1, new Token("TAG", Token.Source.RFID), 0, -1),
                new Delivery(Delivery.State.DELIVERED, "77"),
                new TransactionStopped(new JournalStamp(8, "boot", 0, Instant.EPOCH), "t-9", 1, 5, StopReason.LOCAL, ""),
                new Delivery(Delivery.State.UNDELIVERABLE, "refused"));
        return (Journal) Proxy.newProxyInstance(ApiServletTest.class.getClassLoader(), new Class<?>[] {Journal.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "undeliverable" -> List.of(record);
                    case "markPending" -> {
                        pending.add((Long) arguments[0]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void theStatusSaysHowTheControlThreadKeepsItsPeriod() throws Exception {
        assertEquals("{\"ticks\":36000,\"longestTickMs\":41.5,\"overruns\":2}", call("GET", "/status").get("control").toString());
    }

    @Test
    void theDispatchDrawsTheRing() throws Exception {
        JsonNode ring = call("GET", "/plan").get("ring");
        assertTrue(ring.size() > 1, ring::toString);
        assertTrue(ring.get(ring.size() - 1).asText().startsWith("module # feeding"), ring::toString);
    }

    @Test
    void theProcessTellsOfThreadsThatComeAndGo() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        int before = call("GET", "/process").get("threads").asInt();
        List<Thread> more = Stream.generate(() -> new Thread(() -> awaitQuietly(over), "test-more")).limit(20).toList();
        more.forEach(Thread::start);
        try {
            assertTrue(call("GET", "/process").get("threads").asInt() >= before + 10, "twenty more, whatever else ends");
        } finally {
            over.countDown();
        }
        for (Thread thread : more) {
            thread.join();
        }
        assertEquals(405, refused("GET", "/process/gc").status());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void unknownPathsAndMethodsAreTold() {
        assertEquals(404, refused("GET", "/nothing").status());
        assertEquals(404, refused("GET", "").status());
        ApiError error = refused("GET", "/csms/connect");
        assertEquals(405, error.status());
        assertEquals("use POST", error.remedy());
        assertEquals("POST", headers.get("Allow"));
    }

    @Test
    void aWrongNumberInTheQueryIsNamed() {
        ApiError error = assertThrows(ApiException.class,
                () -> call(FakeRequest.of("GET", "/journal").parameter("transactions", "many"))).error();
        assertEquals(400, error.status());
        assertEquals("transactions is \"many\"", error.error());
    }
}
