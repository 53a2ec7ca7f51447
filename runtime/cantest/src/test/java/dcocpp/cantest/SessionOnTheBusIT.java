package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.itest.process.ChargerProcess;
import dcocpp.plcsim.Finding;
import dcocpp.plcsim.PlcBus;
import dcocpp.plcsim.PlcCommands;
import dcocpp.plcsim.PlcFault;
import dcocpp.plcsim.SimulatedPlc;

/** The launched charger between simulated PLCs on a real bus and a CSMS: each test has a gun of its own. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SessionOnTheBusIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int GUNS = 7;
    /** Its session loads and compiles what all others need; nothing of it is judged. */
    private static final int FIRST_GUN = 7;
    private static final int CLOSED = 7;
    /** What the PLC's watchdog allows; a slow guest with one processor must keep to it as well. */
    private static final long WATCHDOG_MS = 300;
    /** Supervision of 300 ms, travel of the contactor, and a guest that is held up. */
    private static final long SAFE_MS = 1500;

    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What the CSMS heard last of each connector. */
    private final Map<String, OcppMessage> statuses = new ConcurrentHashMap<>();
    private DemoCsms csms;
    private PlcBus plcs;
    private PlcCommands people;
    private ChargerProcess charger;
    private TestFolder folder;

    @BeforeAll
    void startPlcsCsmsAndCharger() throws Exception {
        folder = TestFolder.fresh("SessionOnTheBusIT");
        csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"),
                CsmsPolicy.acceptAll().withHeartbeatInterval(Duration.ofDays(1)), Clock.systemUTC());
        csms.addListener(message -> {
            if (message.isCallFromCharger("StatusNotification")) {
                statuses.put(message.value("connectorId").orElseThrow(), message);
            }
        });
        plcs = PlcBus.open("vcan0", 0, GUNS, System::nanoTime, System.out::println);
        people = new PlcCommands(plcs);
        folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString(), "/chargePoint/canInterface", "vcan0",
                "/planner/allowCrossSlotIslands", false, "/meterSampleIntervalSeconds", 5,
                "/connectors", IntStream.rangeClosed(1, GUNS).mapToObj(SessionOnTheBusIT::connector).toList(),
                "/slots", IntStream.rangeClosed(1, GUNS).mapToObj(SessionOnTheBusIT::slot).toList()));
        charger = ChargerProcess.start(folder, "run", "--config", folder.config().toString(), "--data", folder.data().toString(),
                "--hardware", "can", "--console", "off");
        charger.awaitLine("Ctrl-C stops it.*");
        Await.until("every connector Available", LIMIT, () -> {
            JsonNode status = charger.api().get("api/status").require();
            return status.at("/csms/state").asText().equals("accepted") && status.at("/connectors").size() == GUNS
                    && status.at("/connectors").findValuesAsText("status").stream().allMatch("Available"::equals);
        });
        firstSession();
        // A guest with one processor is busy with the start for a while after it; the deadlines of the bus are judged behind that.
        Await.until("a bus without a pause for some seconds", LIMIT, () -> plcs.call(rack -> rack.plcs().stream()
                .flatMap(plc -> plc.findings().stream()).allMatch(finding -> rack.nowNanos() - finding.atNanos() > CALM_NANOS)));
    }

    private void firstSession() throws Exception {
        people.execute("plug " + (FIRST_GUN - 1));
        awaitStatus(FIRST_GUN, "Preparing");
        swipe(FIRST_GUN);
        Await.until("a first transaction", LIMIT, () -> transaction(FIRST_GUN) != null);
        Await.until("its current or its end", LIMIT, () -> plc(FIRST_GUN, plc -> plc.truth().currentA()) > 20
                || transaction(FIRST_GUN).stop().isPresent());
        people.execute("unplug " + (FIRST_GUN - 1));
        Await.until("the first transaction's end", LIMIT, () -> transaction(FIRST_GUN).stop().isPresent());
    }

    private static Map<String, Object> connector(int id) {
        return Map.of("id", id, "plcId", id - 1, "label", "Gun " + id, "maxCurrentA", 400, "maxPowerW", 240_000, "maxVoltageV", 1000,
                "minVoltageV", 200);
    }

    private static Map<String, Object> slot(int id) {
        return Map.of("id", id, "gunId", id, "gc", "GC_" + id, "mc", "MC_" + id, "cw", id % GUNS + 1, "ccw", id == 1 ? GUNS : id - 1,
                "modules", List.of(module(id, 0), module(id, 1)));
    }

    private static Map<String, Object> module(int slot, int index) {
        return Map.of("id", "M" + slot + "_" + index, "mn", "MN_" + slot + "_" + index);
    }

    @AfterAll
    void stopAll() {
        if (charger != null) {
            charger.close();
        }
        if (plcs != null) {
            plcs.close();
        }
        if (csms != null) {
            csms.close();
        }
    }

    @Test
    @Order(1)
    void aSessionGoesFromPlugToUnplugOverTheBus() throws Exception {
        int gun = 1;
        charge(gun);
        Await.until("a tenth of a kilowatt-hour in the car", LIMIT, () -> plc(gun, plc -> plc.truth().car().takenMilliWh()) > 150_000);
        long[] gaps = plc(gun, plc -> new long[] {plc.longestGapOnNanos(), plc.longestGapNanos()});
        recorded("RelayControl, longest gap with an output on", gaps[0]);
        recorded("RelayControl, longest gap", gaps[1]);
        swipe(gun);
        Await.until("the transaction's end", LIMIT, () -> transaction(gun).stop().isPresent());
        Await.until("open relays", LIMIT, () -> plc(gun, SimulatedPlc::closedRelays) == 0);
        people.execute("unplug " + (gun - 1));
        awaitStatus(gun, "Available");
        CsmsTransaction transaction = transaction(gun);
        assertEquals("Local", transaction.stop().orElseThrow().reason());
        long takenWh = transaction.energyWh().orElseThrow();
        assertTrue(takenWh >= 100, "energy " + takenWh + " Wh");
        // A guest with one processor starts a whole charger beside the bus: pauses with nothing on are recorded, not judged.
        assertEquals(List.of(), plc(gun, SimulatedPlc::findings).stream().filter(finding -> finding.kind() != Finding.Kind.PAUSE).toList());
        assertTrue(TimeUnit.NANOSECONDS.toMillis(gaps[0]) <= WATCHDOG_MS, "gap with an output on " + gaps[0] + " ns");
    }

    @Test
    @Order(2)
    void aPlcThatFallsSilentIsForcedOffAndFaulted() throws Exception {
        endsInTheSafeState(2, PlcFault.SILENT, "PlcComm");
    }

    @Test
    @Order(3)
    void wrongChecksumsEndInTheSafeState() throws Exception {
        endsInTheSafeState(3, PlcFault.BAD_CRC, "Plc(Crc|Comm)");
    }

    @Test
    @Order(4)
    void statusOfAnotherLengthEndsInTheSafeState() throws Exception {
        endsInTheSafeState(5, PlcFault.BAD_LENGTH, "Plc(Crc|Comm)");
    }

    @Test
    @Order(5)
    void aPlcThatStartsAnewDuringASessionEndsItAndShakesHandsAgain() throws Exception {
        endsInTheSafeState(6, PlcFault.REBOOT, "PlcComm");
        Await.until("the handshake", LIMIT, () -> plc(6, SimulatedPlc::handshaken));
        assertEquals(0, plc(6, SimulatedPlc::closedRelays), "nothing closes by itself after a reboot");
    }

    /** The last one: it stops every gun of the charger until an operator clears it. */
    @Test
    @Order(6)
    void anEmergencyStopEndsInTheSafeState() throws Exception {
        endsInTheSafeState(4, PlcFault.ESTOP, "EStop");
        recorded("emergency stop told by the PLC to the first frame with everything off", plc(4, SimulatedPlc::reactionNanos));
        assertTrue(plc(4, SimulatedPlc::reactionNanos) >= 0, "the host has never commanded everything off");
    }

    private void endsInTheSafeState(int gun, PlcFault fault, String vendorErrorCode) throws Exception {
        charge(gun);
        long began = System.nanoTime();
        plcs.call(rack -> {
            rack.plc(gun - 1).inject(fault, 1, rack.nowNanos());
            return null;
        });
        Await.until("open relays", LIMIT, () -> plc(gun, SimulatedPlc::closedRelays) == 0);
        long safeNanos = System.nanoTime() - began;
        recorded(fault + " to open relays", safeNanos);
        OcppMessage faulted = awaitStatus(gun, "Faulted");
        assertTrue(faulted.value("vendorErrorCode").orElse("none").matches(vendorErrorCode), faulted::frame);
        Await.until("the transaction's end", LIMIT, () -> transaction(gun).stop().isPresent());
        assertEquals(0.0, plc(gun, plc -> plc.truth().currentA()).doubleValue());
        assertTrue(TimeUnit.NANOSECONDS.toMillis(safeNanos) <= SAFE_MS, fault + " took " + safeNanos + " ns");
        plcs.call(rack -> {
            rack.plc(gun - 1).mend(rack.nowNanos());
            return null;
        });
    }

    /** A car comes, its driver shows a card, and it charges. */
    private void charge(int gun) throws Exception {
        Await.until("the handshake", LIMIT, () -> plc(gun, SimulatedPlc::handshaken));
        people.execute("plug " + (gun - 1) + " compact-400 30");
        awaitStatus(gun, "Preparing");
        swipe(gun);
        Await.until("a transaction at connector " + gun, LIMIT, () -> transaction(gun) != null);
        awaitStatus(gun, "Charging");
        Await.until("current", LIMIT, () -> plc(gun, plc -> plc.truth().currentA()) > 20);
        assertEquals(CLOSED, plc(gun, SimulatedPlc::closedRelays));
    }

    private void swipe(int gun) {
        people.execute("swipe " + (gun - 1) + " 04A2B3C4D5E60" + gun);
    }

    private <T> T plc(int gun, Function<SimulatedPlc, T> question) {
        return plcs.call(rack -> question.apply(rack.plc(gun - 1)));
    }

    private CsmsTransaction transaction(int gun) {
        return csms.transactions().stream().filter(transaction -> transaction.connectorId() == gun).findFirst().orElse(null);
    }

    private OcppMessage awaitStatus(int gun, String status) {
        return Await.value("the CSMS to hear " + status + " of connector " + gun, LIMIT, () -> {
            OcppMessage last = statuses.get(Integer.toString(gun));
            return last != null && last.value("status").orElseThrow().equals(status) ? last : null;
        });
    }

    /** Keeps a measured time beside the reports. */
    private void recorded(String what, long nanos) throws Exception {
        String line = what + ": " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
        System.out.println("measured: " + line);
        Files.writeString(folder.root().resolve("measured.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
