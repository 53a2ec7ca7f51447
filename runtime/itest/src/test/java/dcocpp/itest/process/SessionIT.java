package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.MeterReading;
import dcocpp.csms.OcppMessage;
import dcocpp.csms.OcppMessage.Direction;
import dcocpp.csms.OcppMessage.Kind;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.launcher.ApiClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The launched process against a CSMS that knows nothing of it. */
class SessionIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RATE = "20";
    private static final String TAG = "04A1B2C3D4E5F6";
    private static final int GUN = 3;

    private TestFolder folder;
    private DemoCsms csms;

    @BeforeEach
    void startCsms(TestInfo test) throws Exception {
        folder = TestFolder.fresh("SessionIT-" + test.getTestMethod().orElseThrow().getName());
        // The CSMS's clock runs at real speed here; with a heartbeat now and then it would pull the charger's fast clock back.
        csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"),
                CsmsPolicy.acceptAll().withHeartbeatInterval(Duration.ofDays(1)), Clock.systemUTC());
        folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString()));
    }

    @AfterEach
    void stopCsms() {
        csms.close();
    }

    @Test
    void sessionIsToldToTheCsmsWithTheRightFramesInTheRightOrder() throws Exception {
        try (ChargerProcess charger = ChargerProcess.run(folder, "--rate", RATE)) {
            ApiClient api = charger.api();
            startSession(charger, api);
            Await.until("three MeterValues of the transaction", LIMIT, () -> csms.log().stream()
                    .filter(m -> m.isCallFromCharger("MeterValues") && m.value("transactionId").isPresent()).count() >= 3);
            swipe(api);
            csms.awaitCall("StopTransaction", LIMIT);
            api.post("api/sim/connectors/" + GUN + "/unplug", null).require();
            awaitStatus("Available");
        }
        List<OcppMessage> log = csms.log();
        assertEquals(List.of(), log.stream().filter(m -> m.kind() == Kind.CALLERROR || m.kind() == Kind.MALFORMED).toList());
        assertEquals("BootNotification", log.get(0).action(), "the first message");
        everyCallHasItsAnswerBeforeTheNextCallAndAnIdOfItsOwn(log);
        assertEquals(IntStream.rangeClosed(0, 12).mapToObj(Integer::toString).collect(Collectors.toSet()),
                log.stream().takeWhile(m -> !m.isCallFromCharger("Authorize"))
                        .filter(m -> m.isCallFromCharger("StatusNotification"))
                        .map(m -> m.value("connectorId").orElseThrow()).collect(Collectors.toSet()), "a status for each connector");
        assertEquals(List.of("Available", "Preparing", "Charging", "Finishing", "Available"), statusesWithoutPauses());
        assertInOrder(log, call("Authorize").and(field("idTag", TAG)), call("StartTransaction").and(field("idTag", TAG))
                .and(field("connectorId", Integer.toString(GUN))), call("MeterValues").and(field("transactionId", "1")),
                call("StopTransaction").and(field("transactionId", "1")));

        CsmsTransaction transaction = csms.transactions().get(0);
        assertEquals(1, csms.transactions().size());
        assertEquals(1, transaction.startMessages());
        assertEquals(1, transaction.stopMessages());
        assertEquals("Local", transaction.stop().orElseThrow().reason());
        assertTrue(transaction.energyWh().orElseThrow() > 0, () -> "energy " + transaction.energyWh());
        List<Long> registers = transaction.readings().stream().filter(r -> r.measurand().equals("Energy.Active.Import.Register"))
                .map(MeterReading::value).map(value -> (long) Double.parseDouble(value)).toList();
        assertFalse(registers.isEmpty());
        assertEquals(registers.stream().sorted().toList(), registers, "the register never runs backwards");
        assertTrue(registers.get(0) >= transaction.meterStartWh(), () -> registers + " from " + transaction.meterStartWh());
        assertTrue(registers.get(registers.size() - 1) <= transaction.stop().orElseThrow().meterStopWh());
    }

    @Test
    void killedProcessEndsItsTransactionOnceWithTheJournalledEnergyAfterTheRestart() throws Exception {
        String transactionId;
        long journalledMilliWh;
        try (ChargerProcess charger = ChargerProcess.run(folder, "--rate", RATE)) {
            ApiClient api = charger.api();
            startSession(charger, api);
            JsonNode sample = Await.value("a journalled sample with energy", LIMIT, () -> lastSample(api));
            transactionId = sample.required("transactionId").asText();
            journalledMilliWh = sample.at("/sample/registerMilliWh").asLong();
            charger.kill();
        }
        assertEquals(0, csms.transactions().get(0).stopMessages());
        try (ChargerProcess charger = ChargerProcess.run(folder, "--rate", RATE)) {
            ApiClient api = charger.api();
            csms.awaitCall("StopTransaction", LIMIT);
            JsonNode record = Await.value("the stop to be marked as delivered", LIMIT, () -> {
                JsonNode newest = api.get("api/journal").require().at("/transactions/0");
                return newest.at("/stopDelivery/state").asText().equals("delivered") ? newest : null;
            });
            assertEquals(transactionId, record.required("transactionId").asText());
            assertEquals(1, api.get("api/journal").require().required("transactions").size());
            long stopMilliWh = record.required("meterStopMilliWh").asLong();
            assertTrue(stopMilliWh >= journalledMilliWh, stopMilliWh + " mWh at the stop, " + journalledMilliWh + " journalled before");
            assertEquals("Available", awaitStatus("Available").value("status").orElseThrow());

            CsmsTransaction told = csms.transactions().get(0);
            assertEquals(1, csms.transactions().size());
            assertEquals(1, told.startMessages());
            assertEquals(1, told.stopMessages());
            assertEquals(List.of(), csms.failedStops());
            assertEquals("PowerLoss", told.stop().orElseThrow().reason());
            assertEquals(Math.floorDiv(record.required("meterStartMilliWh").asLong(), 1000L), told.meterStartWh());
            assertEquals(Math.floorDiv(stopMilliWh, 1000L), told.stop().orElseThrow().meterStopWh());
        }
        assertEquals(1, csms.transactions().get(0).stopMessages(), "nor was one sent at the end of the process");
    }

    /** Until energy flows at the CSMS's transaction 1. */
    private void startSession(ChargerProcess charger, ApiClient api) throws Exception {
        charger.awaitAvailable(12);
        api.post("api/sim/connectors/" + GUN + "/plug", null).require();
        awaitStatus("Preparing");
        swipe(api);
        csms.awaitCall("StartTransaction", LIMIT);
        awaitStatus("Charging");
    }

    private static void swipe(ApiClient api) throws Exception {
        api.post("api/sim/swipe", JsonNodeFactory.instance.objectNode().put("connector", GUN).put("idTag", TAG)).require();
    }

    /** The newest sample of the journal, once the register has moved since the start. */
    private static JsonNode lastSample(ApiClient api) throws Exception {
        long start = -1;
        JsonNode last = null;
        for (JsonNode event : api.get("api/journal/events?max=1000").require().required("events")) {
            switch (event.required("type").asText()) {
                case "started" -> start = event.required("meterMilliWh").asLong();
                case "sampled" -> last = event;
                default -> throw new AssertionError("not expected here: " + event);
            }
        }
        return last != null && last.at("/sample/registerMilliWh").asLong() > start ? last : null;
    }

    /** Waits until this is the newest status that the CSMS has of the gun. */
    private OcppMessage awaitStatus(String status) {
        return Await.value("the CSMS to hear " + status + " of connector " + GUN, LIMIT, () -> {
            List<OcppMessage> all = statusMessages();
            OcppMessage last = all.isEmpty() ? null : all.get(all.size() - 1);
            return last != null && last.value("status").orElseThrow().equals(status) ? last : null;
        });
    }

    /** Whether the car or the charger pauses for a moment, in between or at the end, is up to them. */
    private List<String> statusesWithoutPauses() {
        List<String> statuses = new ArrayList<>();
        for (OcppMessage message : statusMessages()) {
            String status = message.value("status").orElseThrow();
            if (!status.startsWith("Suspended") && (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(status))) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    private List<OcppMessage> statusMessages() {
        return csms.log().stream().filter(m -> m.isCallFromCharger("StatusNotification")
                && m.value("connectorId").orElseThrow().equals(Integer.toString(GUN))).toList();
    }

    private static void everyCallHasItsAnswerBeforeTheNextCallAndAnIdOfItsOwn(List<OcppMessage> log) {
        List<String> ids = new ArrayList<>();
        String open = null;
        for (OcppMessage message : log) {
            if (message.kind() == Kind.CALL && message.direction() == Direction.FROM_CHARGER) {
                assertEquals(null, open, () -> "a second call while one is open: " + message);
                open = message.messageId();
                ids.add(open);
            } else if (message.direction() == Direction.TO_CHARGER && message.messageId().equals(open)) {
                open = null;
            }
        }
        assertEquals(ids.size(), Set.copyOf(ids).size(), "message ids are unique");
    }

    private static Predicate<OcppMessage> call(String action) {
        return message -> message.isCallFromCharger(action);
    }

    private static Predicate<OcppMessage> field(String path, String value) {
        return message -> message.value(path).filter(value::equals).isPresent();
    }

    @SafeVarargs
    private static void assertInOrder(List<OcppMessage> log, Predicate<OcppMessage>... wanted) {
        int next = 0;
        for (OcppMessage message : log) {
            if (next < wanted.length && wanted[next].test(message)) {
                next++;
            }
        }
        int found = next;
        assertEquals(wanted.length, next, () -> "number " + (found + 1) + " of the wanted messages is missing in\n"
                + log.stream().map(OcppMessage::frame).collect(Collectors.joining("\n")));
    }
}
