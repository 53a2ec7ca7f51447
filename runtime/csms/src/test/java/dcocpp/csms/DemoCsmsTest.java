package dcocpp.csms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.csms.OcppMessage.Direction;
import dcocpp.csms.OcppMessage.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoCsmsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "DC-12";
    private static final String BOOT = "{\"chargePointVendor\":\"V\",\"chargePointModel\":\"M\"}";
    private static final String START =
            "{\"connectorId\":3,\"idTag\":\"04A1B2C3\",\"meterStart\":1200,\"timestamp\":\"2030-01-01T10:00:00Z\"}";

    private DemoCsms csms;

    @BeforeEach
    void start() throws IOException {
        csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"), CsmsPolicy.acceptAll(),
                Clock.fixed(Instant.parse("2030-01-01T09:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        csms.close();
    }

    @Test
    void bootIsAnsweredWithTimeAndInterval() throws Exception {
        csms.policy(csms.policy().withHeartbeatInterval(Duration.ofSeconds(77)));
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            assertEquals("{\"currentTime\":\"2030-01-01T09:00:00Z\",\"interval\":77,\"status\":\"Accepted\"}",
                    charger.call("b", "BootNotification", BOOT));
            assertEquals(Set.of(ID), csms.connected());
        }
    }

    @Test
    void pendingAndRejectedBootsAreAnsweredSo() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            csms.policy(csms.policy().withBootAnswer(BootAnswer.PENDING));
            assertTrue(charger.call("b1", "BootNotification", BOOT).contains("\"Pending\""));
            csms.policy(csms.policy().withBootAnswer(BootAnswer.REJECTED));
            assertTrue(charger.call("b2", "BootNotification", BOOT).contains("\"Rejected\""));
        }
    }

    @Test
    void knownTagsAreAcceptedBlockedOnesBlockedOthersInvalid() throws Exception {
        csms.policy(csms.policy().withKnownTags("good").withBlockedTags("bad"));
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            assertEquals("{\"idTagInfo\":{\"status\":\"Accepted\"}}", charger.call("1", "Authorize", "{\"idTag\":\"GOOD\"}"));
            assertEquals("{\"idTagInfo\":{\"status\":\"Blocked\"}}", charger.call("2", "Authorize", "{\"idTag\":\"bad\"}"));
            assertEquals("{\"idTagInfo\":{\"status\":\"Invalid\"}}", charger.call("3", "Authorize", "{\"idTag\":\"other\"}"));
        }
    }

    @Test
    void parentOfATagIsTold() throws Exception {
        csms.policy(csms.policy().withParentTags(Map.of("child", "GROUP")));
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            assertEquals("{\"idTagInfo\":{\"parentIdTag\":\"GROUP\",\"status\":\"Accepted\"}}",
                    charger.call("1", "Authorize", "{\"idTag\":\"CHILD\"}"));
        }
    }

    @Test
    void transactionIsKeptWithTheFiguresOfTheWire() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            assertEquals("{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":1}", charger.call("1", "StartTransaction", START));
            charger.call("2", "MeterValues", "{\"connectorId\":3,\"transactionId\":1,\"meterValue\":[{\"timestamp\":"
                    + "\"2030-01-01T10:01:00Z\",\"sampledValue\":[{\"value\":\"1500\"},"
                    + "{\"value\":\"41\",\"measurand\":\"SoC\",\"unit\":\"Percent\"}]}]}");
            assertEquals(OptionalLong.empty(), csms.transactions().get(0).energyWh());
            charger.call("3", "StopTransaction", "{\"transactionId\":1,\"meterStop\":9876,"
                    + "\"timestamp\":\"2030-01-01T10:30:00Z\",\"reason\":\"EVDisconnected\"}");
        }
        CsmsTransaction transaction = csms.transactions().get(0);
        assertEquals(3, transaction.connectorId());
        assertEquals("04A1B2C3", transaction.idTag());
        assertEquals(OptionalLong.of(8676), transaction.energyWh());
        assertEquals(List.of(
                new MeterReading(Instant.parse("2030-01-01T10:01:00Z"), "Energy.Active.Import.Register", "Sample.Periodic", "Wh", "1500"),
                new MeterReading(Instant.parse("2030-01-01T10:01:00Z"), "SoC", "Sample.Periodic", "Percent", "41")),
                transaction.readings());
        assertEquals("EVDisconnected", transaction.stop().orElseThrow().reason());
    }

    @Test
    void repeatedStartKeepsItsIdAndADifferentOneOpensAnother() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            assertTrue(charger.call("1", "StartTransaction", START).contains("\"transactionId\":1"));
            assertTrue(charger.call("2", "StartTransaction", START).contains("\"transactionId\":1"));
            assertTrue(charger.call("3", "StartTransaction", START.replace("1200", "1201")).contains("\"transactionId\":2"));
        }
        assertEquals(List.of(2, 1), csms.transactions().stream().map(CsmsTransaction::startMessages).toList());
    }

    @Test
    void repeatedStopIsCountedAndADifferentOrUnknownOneIsAFailedStop() throws Exception {
        String stop = "{\"transactionId\":1,\"meterStop\":1300,\"timestamp\":\"2030-01-01T10:30:00Z\"}";
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            charger.call("1", "StartTransaction", START);
            assertEquals("{}", charger.call("2", "StopTransaction", stop));
            assertEquals("{}", charger.call("3", "StopTransaction", stop));
            assertEquals(2, csms.transactions().get(0).stopMessages());
            assertEquals(List.of(), csms.failedStops());
            assertEquals("{}", charger.call("4", "StopTransaction", stop.replace("1300", "1400")));
            assertEquals("{}", charger.call("5", "StopTransaction", stop.replace("\"transactionId\":1", "\"transactionId\":99")));
        }
        assertEquals(2, csms.failedStops().size());
        assertEquals(1300, csms.transactions().get(0).stop().orElseThrow().meterStopWh(), "the first stop counts");
        assertEquals("Local", csms.transactions().get(0).stop().orElseThrow().reason());
    }

    @Test
    void transactionOfAnotherChargePointCannotBeStopped() throws Exception {
        try (TestCharger one = TestCharger.connect(csms, "one"); TestCharger other = TestCharger.connect(csms, "other")) {
            one.call("1", "StartTransaction", START);
            other.call("1", "StopTransaction", "{\"transactionId\":1,\"meterStop\":1300,\"timestamp\":\"2030-01-01T10:30:00Z\"}");
        }
        assertEquals(Optional.empty(), csms.transactions().get(0).stop());
        assertEquals(1, csms.failedStops().size());
    }

    @Test
    void badMessagesAreRefusedAndTheLinkLivesOn() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            charger.send("this is no JSON");
            charger.send("[9,\"x\",{}]");
            charger.send("[]");
            assertEquals("NotImplemented", charger.call("1", "MakeCoffee", "{}"));
            assertEquals("OccurenceConstraintViolation", charger.call("2", "BootNotification", "{\"chargePointVendor\":\"V\"}"));
            assertEquals("FormationViolation", charger.call("3", "StartTransaction", START.replace("1200", "\"many\"")));
            assertTrue(charger.call("4", "Heartbeat", "{}").contains("currentTime"));
        }
        List<OcppMessage> log = csms.log();
        assertEquals(3, log.stream().filter(m -> m.kind() == Kind.MALFORMED).count());
        assertEquals(List.of(), csms.transactions());
    }

    @Test
    void logHasEachFrameInOrderWithTheActionOfWhatItAnswers() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            charger.call("b", "BootNotification", BOOT);
            var answer = csms.chargePoint(ID).reset(false);
            String reset = charger.next();
            charger.send("[3,\"" + reset.split("\"")[1] + "\",{\"status\":\"Rejected\"}]");
            assertEquals("Rejected", answer.get(10, TimeUnit.SECONDS));
        }
        assertEquals("""
                1 FROM_CHARGER CALL BootNotification
                2 TO_CHARGER CALLRESULT BootNotification
                3 TO_CHARGER CALL Reset
                4 FROM_CHARGER CALLRESULT Reset""", csms.log().stream()
                .map(m -> m.number() + " " + m.direction() + " " + m.kind() + " " + m.action()).collect(Collectors.joining("\n")));
        assertEquals(Optional.of("Soft"), csms.log().get(2).value("type"));
        assertEquals(Optional.empty(), csms.log().get(2).value("type/0"));
        assertEquals("[2,\"b\",\"BootNotification\"," + BOOT + "]", csms.log().get(0).frame());
    }

    @Test
    void listenersHearOfFramesInOrderAndMaySendCommands() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(4);
        csms.addListener(message -> {
            heard.add(message.direction() + " " + message.action());
            if (message.direction() == Direction.TO_CHARGER && message.action().equals("BootNotification")) {
                csms.chargePoint(ID).clearCache().join();
                heard.add("cleared");
            }
            all.countDown();
        });
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            charger.call("b", "BootNotification", BOOT);
            charger.send("[3,\"" + charger.next().split("\"")[1] + "\",{\"status\":\"Accepted\"}]");
            assertTrue(all.await(10, TimeUnit.SECONDS));
        }
        assertEquals(List.of("FROM_CHARGER BootNotification", "TO_CHARGER BootNotification", "cleared",
                "TO_CHARGER ClearCache", "FROM_CHARGER ClearCache"), heard);
    }

    @Test
    void everyLostOrRefusedAnswerIsOnlyLostOrRefusedSoOften() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            csms.faults().loseAnswers("StartTransaction", 1);
            charger.send("[2,\"1\",\"StartTransaction\"," + START + "]");
            csms.awaitCall("StartTransaction", PATIENCE);
            assertTrue(charger.call("2", "Heartbeat", "{}").contains("currentTime"), "the first answer never came");
            assertTrue(charger.call("3", "StartTransaction", START).contains("\"transactionId\":1"));
            csms.faults().refuse("StopTransaction", "InternalError", 1);
            String stop = "{\"transactionId\":1,\"meterStop\":1300,\"timestamp\":\"2030-01-01T10:30:00Z\"}";
            assertEquals("InternalError", charger.call("4", "StopTransaction", stop));
            assertEquals(0, csms.transactions().get(0).stopMessages());
            assertEquals("{}", charger.call("5", "StopTransaction", stop));
            assertTrue(charger.nothingWaits());
        }
    }

    @Test
    void unreachableCsmsCutsTheLinkAndKeepsWhatItKnows() throws Exception {
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            charger.call("1", "StartTransaction", START);
            csms.reachable(false);
            charger.closeCode();
            assertThrows(CompletionException.class, () -> TestCharger.connect(csms, ID));
        }
        csms.reachable(true);
        try (TestCharger charger = TestCharger.connect(csms, ID)) {
            assertTrue(charger.call("2", "StartTransaction", START).contains("\"transactionId\":1"));
        }
    }

    @Test
    void secondLinkOfAChargePointReplacesTheFirst() throws Exception {
        try (TestCharger first = TestCharger.connect(csms, ID)) {
            // the handshake is answered before the CSMS knows the link
            assertTrue(first.call("0", "Heartbeat", "{}").contains("currentTime"));
            try (TestCharger second = TestCharger.connect(csms, ID)) {
                assertEquals(1000, first.closeCode());
                assertTrue(second.call("1", "Heartbeat", "{}").contains("currentTime"));
                assertEquals(Set.of(ID), csms.connected());
            }
        }
    }

    @Test
    void handshakeWantsThePathTheSubprotocolAndThePassword() throws Exception {
        assertThrows(CompletionException.class, () -> TestCharger.connectTo(csms.uri().resolve("/elsewhere/DC-1"), "ocpp1.6"));
        assertThrows(CompletionException.class, () -> TestCharger.connectTo(csms.uri(), "ocpp1.6"), "no id");
        assertThrows(CompletionException.class, () -> TestCharger.connectTo(csms.uri().resolve(ID), "ocpp2.0.1"));
        try (TestCharger with = TestCharger.connect(csms, "a"); TestCharger without = TestCharger.connectTo(csms.uri().resolve("b"), "")) {
            assertEquals("ocpp1.6", with.subprotocol());
            assertEquals("", without.subprotocol());
        }
        csms.policy(csms.policy().withPassword("correct horse battery"));
        assertThrows(CompletionException.class, () -> TestCharger.connect(csms, ID));
        assertThrows(CompletionException.class, () -> TestCharger.connect(csms, ID, ID, "wrong"));
        assertThrows(CompletionException.class, () -> TestCharger.connect(csms, ID, "another", "correct horse battery"));
        try (TestCharger charger = TestCharger.connect(csms, ID, ID, "correct horse battery")) {
            assertTrue(charger.call("1", "Heartbeat", "{}").contains("currentTime"));
        }
    }

    @Test
    void idIsTheDecodedLastPartOfThePath() throws Exception {
        try (TestCharger charger = TestCharger.connectTo(URI.create(csms.uri() + "DC%20F%C3%BC%2B1"), "ocpp1.6")) {
            charger.call("1", "Heartbeat", "{}");
            assertEquals(Set.of("DC Fü+1"), csms.connected());
        }
    }

    @Test
    void onlyLoopbackWithoutTlsIsServedAndATakenPortIsSaidSo() {
        List<String> said = new ArrayList<>();
        for (String wrong : List.of("wss://127.0.0.1:0/", "http://127.0.0.1:0/", "ws://192.0.2.1:8180/", "ws:nothing")) {
            said.add(assertThrows(IllegalArgumentException.class, () -> DemoCsms.start(URI.create(wrong))).getMessage());
        }
        assertTrue(said.get(0).contains("speaks no TLS"), said.get(0));
        assertTrue(said.get(2).contains("not loopback"), said.get(2));
        IOException taken = assertThrows(IOException.class, () -> DemoCsms.start(csms.uri()));
        assertTrue(taken.getMessage().contains("cannot listen at " + csms.uri()), taken.getMessage());
        assertFalse(csms.log().stream().anyMatch(m -> true));
    }
}
