package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.itest.process.ChargerProcess;
import dcocpp.plcsim.PlcBus;
import dcocpp.plcsim.PlcCommands;
import dcocpp.plcsim.PlcFault;
import dcocpp.plcsim.PlcRack;
import dcocpp.plcsim.SimulatedPlc;
import dcocpp.plcsim.StampedReader;

/**
 * The launched charger between simulated PLCs on a real bus and the demonstration CSMS, with everything on the bus recorded. Gun n is
 * connector n and PLC n − 1.
 */
final class ChargerOnTheBus implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(45);
    static final String INTERFACE = "vcan0";
    static final String CHARGE_POINT = "chargepoint-1";
    /** Gun contactor and both modules. */
    static final int ALL_CLOSED = 7;
    /** A kernel in a process of its own, with one slow processor and without real time. */
    static final boolean GUEST = "uml".equals(System.getProperty("vcan.how"));

    private static final double CHARGING_A = 20;
    private static final String CARD = "04A2B3C4D5%04X";

    private final TestFolder folder;
    private final DemoCsms csms;
    private final PlcBus plcs;
    private final PlcCommands people;
    private final BusRecorder recorder;
    private final List<OcppMessage> statuses = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> cards = new HashMap<>();
    private ChargerProcess charger;
    private int cardsMade;

    private ChargerOnTheBus(String name, int guns) throws Exception {
        folder = TestFolder.fresh(name);
        csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"),
                CsmsPolicy.acceptAll().withHeartbeatInterval(Duration.ofDays(1)), Clock.systemUTC());
        csms.addListener(message -> {
            if (message.isCallFromCharger("StatusNotification")) {
                statuses.add(message);
            }
        });
        recorder = BusRecorder.open(INTERFACE);
        plcs = PlcBus.open(INTERFACE, 0, guns, System::nanoTime, System.out::println);
        people = new PlcCommands(plcs);
        RealTime.give(ProcessHandle.current().pid(), RealTime.PLCS, RealTime.COLLECTOR, RealTime.RECORDER);
    }

    /** Starts all of it and returns when every connector is Available. */
    static ChargerOnTheBus start(String name, int guns) throws Exception {
        ChargerOnTheBus site = new ChargerOnTheBus(name, guns);
        try {
            site.startCharger(guns);
            return site;
        } catch (Exception | AssertionError e) {
            site.close();
            throw e;
        }
    }

    private void startCharger(int guns) throws Exception {
        folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString(), "/chargePoint/canInterface", INTERFACE,
                "/planner/allowCrossSlotIslands", false, "/meterSampleIntervalSeconds", 30, "/update/allowUnsigned", true,
                "/connectors", IntStream.rangeClosed(1, guns).mapToObj(ChargerOnTheBus::connector).toList(),
                "/slots", IntStream.rangeClosed(1, guns).mapToObj(id -> slot(id, guns)).toList()));
        charger = ChargerProcess.start(folder, "run", "--config", folder.config().toString(), "--data", folder.data().toString(),
                "--hardware", "can", "--console", "off");
        charger.awaitLine("Ctrl-C stops it.*");
        awaitAvailable(IntStream.rangeClosed(1, guns).boxed().toList());
        // The file of the lock holds the number of the process.
        RealTime.give(Long.parseLong(Files.readString(folder.data().resolve("charger.lock")).trim()), RealTime.DRIVER,
                RealTime.COLLECTOR, RealTime.CONTROLLER);
    }

    /** Waits until nobody is at these connectors; a car that comes back sooner goes on with its session. */
    void awaitAvailable(Collection<Integer> guns) {
        Await.until("connectors " + guns + " Available", LIMIT, () -> {
            JsonNode status = charger.api().get("api/status").require();
            Map<Integer, String> connectors = new TreeMap<>();
            status.at("/connectors").forEach(connector -> connectors.put(connector.path("id").asInt(), connector.path("status").asText()));
            String state = status.at("/csms/state").asText();
            assertTrue(state.equals("accepted") && guns.stream().allMatch(gun -> "Available".equals(connectors.get(gun))),
                    () -> state + ", " + connectors);
            return true;
        });
    }

    private static Map<String, Object> connector(int id) {
        return Map.of("id", id, "plcId", id - 1, "label", "Gun " + id, "maxCurrentA", 400, "maxPowerW", 240_000, "maxVoltageV", 1000,
                "minVoltageV", 200);
    }

    private static Map<String, Object> slot(int id, int slots) {
        return Map.of("id", id, "gunId", id, "gc", "GC_" + id, "mc", "MC_" + id, "cw", id % slots + 1, "ccw", id == 1 ? slots : id - 1,
                "modules", List.of(module(id, 0), module(id, 1)));
    }

    private static Map<String, Object> module(int slot, int index) {
        return Map.of("id", "M" + slot + "_" + index, "mn", "MN_" + slot + "_" + index);
    }

    // ---- what people do

    /** Cars come to these guns, their drivers show cards, and all of them charge. */
    void charge(Collection<Integer> guns) {
        int heard = statuses.size();
        guns.forEach(this::plug);
        guns.forEach(gun -> awaitStatus(gun, heard, said("Preparing")));
        guns.forEach(this::swipe);
        guns.forEach(gun -> {
            awaitStatus(gun, heard, said("Charging"));
            Await.until("current at gun " + gun, LIMIT, () -> plc(gun, plc -> plc.truth().currentA()) > CHARGING_A);
            assertEquals(ALL_CLOSED, plc(gun, SimulatedPlc::closedRelays), "gun " + gun);
        });
    }

    void plug(int gun) {
        awaitHandshake(gun);
        people.execute("plug " + (gun - 1) + " compact-400 20");
        cards.put(gun, String.format(Locale.ROOT, CARD, ++cardsMade));
    }

    /** The driver who came last shows the card. */
    void swipe(int gun) {
        people.execute("swipe " + (gun - 1) + " " + cards.get(gun));
    }

    /** The car leaves, and the connector is Available again. */
    void leave(Collection<Integer> guns) {
        int heard = statuses.size();
        guns.forEach(gun -> people.execute("unplug " + (gun - 1)));
        guns.forEach(gun -> awaitStatus(gun, heard, said("Available")));
    }

    /** The fault is mended, an operator clears what is latched, the car leaves. */
    void recover(Collection<Integer> guns) throws Exception {
        guns.forEach(gun -> plcDoes(gun, SimulatedPlc::mend));
        recoverMended(guns);
    }

    /** Whatever a test that failed has left behind: its cars go, and their sessions end. */
    void sendAway(Collection<Integer> guns) throws Exception {
        List<Integer> left = guns.stream().filter(gun -> plc(gun, plc -> plc.truth().car() != null)).toList();
        if (!left.isEmpty()) {
            left.forEach(gun -> people.execute("unplug " + (gun - 1)));
            left.forEach(gun -> awaitRelays(gun, 0));
            left.forEach(this::restart);
            for (int gun : left) {
                awaitHandshake(gun);
                charger.api().post("api/connectors/" + gun + "/clear", null).require();
            }
            awaitAvailable(left);
        }
    }

    /** The PLC gets a sound firmware and starts anew, and the same. */
    void replaceFirmware(int gun) throws Exception {
        restart(gun);
        recoverMended(List.of(gun));
    }

    private void restart(int gun) {
        plcDoes(gun, (plc, now) -> {
            plc.mend(now);
            plc.inject(PlcFault.REBOOT, 0, now);
        });
    }

    private void awaitHandshake(int gun) {
        Await.until("the handshake of gun " + gun, LIMIT, () -> plc(gun, SimulatedPlc::handshaken));
    }

    private void recoverMended(Collection<Integer> guns) throws Exception {
        guns.forEach(this::awaitHandshake);
        int heard = statuses.size();
        for (int gun : guns) {
            charger.api().post("api/connectors/" + gun + "/clear", null).require();
        }
        guns.forEach(gun -> people.execute("unplug " + (gun - 1)));
        guns.forEach(gun -> awaitStatus(gun, heard, said("Available")));
    }

    /** The back office ends the transaction at this gun. */
    void stopRemotely(int gun) throws Exception {
        assertEquals("Accepted", csms.chargePoint(CHARGE_POINT).remoteStop(transaction(gun).id())
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    /** Does something to a PLC, at its time; returns when, ns since 1970. */
    long plcDoes(int gun, BiConsumer<SimulatedPlc, Long> what) {
        return plcs.call(rack -> {
            what.accept(rack.plc(gun - 1), rack.nowNanos());
            return StampedReader.now();
        });
    }

    // ---- what is so

    <T> T plc(int gun, Function<SimulatedPlc, T> question) {
        return plcs.call(rack -> question.apply(rack.plc(gun - 1)));
    }

    /** The time of the PLCs. */
    long nowNanos() {
        return plcs.call(PlcRack::nowNanos);
    }

    /** The latest transaction at this gun; null = there was none. */
    CsmsTransaction transaction(int gun) {
        return csms.transactions().stream().filter(transaction -> transaction.connectorId() == gun).reduce((a, b) -> b).orElse(null);
    }

    CsmsTransaction awaitEnd(int gun) {
        return Await.value("the end of the transaction at gun " + gun, LIMIT, () -> {
            CsmsTransaction transaction = transaction(gun);
            return transaction != null && transaction.stop().isPresent() ? transaction : null;
        });
    }

    /** How many StatusNotifications have come. */
    int heard() {
        return statuses.size();
    }

    static Predicate<OcppMessage> said(String status) {
        return message -> message.value("status").orElse("").equals(status);
    }

    /** A StatusNotification that says this of a fault; the codes are regular expressions. */
    static Predicate<OcppMessage> faulted(String errorCode, String vendorErrorCode) {
        return message -> said("Faulted").test(message) && message.value("errorCode").orElse("").matches(errorCode)
                && message.value("vendorErrorCode").orElse("").matches(vendorErrorCode);
    }

    /** The StatusNotifications of this connector since so many had come. */
    List<OcppMessage> statuses(int gun, int heard) {
        return statuses.stream().skip(heard).filter(message -> message.value("connectorId").orElse("").equals(Integer.toString(gun)))
                .toList();
    }

    OcppMessage awaitStatus(int gun, int heard, Predicate<OcppMessage> wanted) {
        return Await.value("a status of connector " + gun, LIMIT, () -> {
            List<OcppMessage> since = statuses(gun, heard);
            assertTrue(since.stream().anyMatch(wanted), () -> since.stream().map(OcppMessage::payload).toList().toString());
            return since.stream().filter(wanted).findFirst().orElseThrow();
        });
    }

    void awaitRelays(int gun, int closed) {
        Await.until("relays " + Integer.toBinaryString(closed) + " at gun " + gun, LIMIT,
                () -> plc(gun, SimulatedPlc::closedRelays) == closed);
    }

    BusRecorder recorder() {
        return recorder;
    }

    DemoCsms csms() {
        return csms;
    }

    ChargerProcess charger() {
        return charger;
    }

    TestFolder folder() {
        return folder;
    }

    /** Keeps a measured value beside the reports. */
    void measured(String line) throws Exception {
        System.out.println("measured: " + line);
        Files.writeString(folder.root().resolve("measured.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        if (charger != null) {
            charger.close();
        }
        plcs.close();
        recorder.writeTo(folder.root().resolve("bus.log"));
        recorder.close();
        csms.close();
    }
}
