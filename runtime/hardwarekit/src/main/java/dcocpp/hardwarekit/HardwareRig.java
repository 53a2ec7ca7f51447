package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.HardwareSnapshot.Condition;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * A bench with a host that speaks as a controller does: every 100 ms the complete wanted state. It decides nothing by itself. One thread.
 */
final class HardwareRig {

    /** A contactor closes only with at most this between its sides. */
    static final double PRECHARGE_TOLERANCE_V = 20;
    /** Below this nothing flows: a contactor may open. */
    static final double NO_CURRENT_A = 1;
    /** A bus below this is dead. */
    static final double DEAD_V = 60;

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration STARTUP = Duration.ofSeconds(10);
    private static final Duration STEP_LIMIT = Duration.ofSeconds(8);

    final HardwareBench bench;
    final Hardware hardware;
    final Topology topology;
    /** Connector ids in their order. */
    final List<Integer> guns;
    /** Bus contactors that shall be closed. */
    final Set<String> busContactors = new TreeSet<>();
    private final Map<Integer, GunWish> wishes = new TreeMap<>();
    private long number;
    private long spokenNanos;
    private boolean spoken;

    HardwareRig(HardwareBench bench) {
        this.bench = bench;
        this.hardware = bench.hardware();
        this.topology = bench.topology();
        this.guns = topology.connectors().stream().map(ConnectorSettings::id).toList();
    }

    void end() {
        hardware.close();
        bench.close();
    }

    // ---- the host

    void open() throws HardwareException {
        hardware.open(topology);
        until("in service", STARTUP, () -> snapshot().condition() == Condition.READY
                && snapshot().guns().stream().allMatch(GunState::linkUp));
    }

    GunWish gun(int connectorId) {
        return wishes.computeIfAbsent(connectorId, id -> new GunWish(id, slot(id)));
    }

    /** The host wants nothing any more. */
    void wantNothing() {
        wishes.clear();
        busContactors.clear();
    }

    HardwareCommand next() {
        List<GunCommand> gunCommands = new ArrayList<>();
        List<ModuleCommand> moduleCommands = new ArrayList<>();
        for (GunWish wish : wishes.values()) {
            gunCommands.add(wish.gun());
            moduleCommands.addAll(wish.modules());
        }
        return new HardwareCommand(++number, now(), gunCommands, moduleCommands, busContactors);
    }

    private void speak() {
        if (!spoken || now() - spokenNanos >= TICK.toNanos()) {
            spoken = true;
            spokenNanos = now();
            hardware.command(next());
        }
    }

    long now() {
        return bench.time().nanoTime();
    }

    /** The host speaks until the condition holds; whether it held in time. */
    boolean holdsWithin(Duration limit, BooleanSupplier condition) {
        long deadline = now() + limit.toNanos();
        while (true) {
            speak();
            long left = deadline - now();
            if (bench.await(condition, left < TICK.toNanos() ? Duration.ofNanos(Math.max(0, left)) : TICK)) {
                return true;
            }
            if (deadline - now() <= 0) {
                return false;
            }
        }
    }

    /** The host speaks until the condition holds, which it must within the limit. */
    void until(String what, Duration limit, BooleanSupplier condition) {
        if (!holdsWithin(limit, condition)) {
            fail("not within " + limit.toMillis() + " ms: " + what + ". The last snapshot: " + snapshot());
        }
    }

    /** The host speaks for so long, in which the condition must hold all the time. */
    void always(String what, Duration span, BooleanSupplier condition) {
        if (holdsWithin(span, () -> !condition.getAsBoolean())) {
            fail("no longer so: " + what + ". The snapshot: " + snapshot());
        }
    }

    /** The host speaks for so long. */
    void pass(Duration span) {
        holdsWithin(span, () -> false);
    }

    /** The host is silent for so long. */
    void silence(Duration span) {
        bench.await(() -> false, span);
    }

    // ---- sessions

    /** Grants and locks. */
    void admit(int connectorId) {
        gun(connectorId).authorization = Authorization.GRANTED;
        gun(connectorId).lock = true;
    }

    /** From the plug to the vehicle's wish for power. */
    void makeReady(int connectorId) {
        bench.plug(connectorId);
        admit(connectorId);
        until("the vehicle asks for power", bench.vehicleStart(), () -> state(connectorId).hlc().powerReady());
    }

    /** The bus to the vehicle's voltage, then GC. Without regulated modules the PLC does the former. */
    void connect(int connectorId) {
        GunWish wish = gun(connectorId);
        SlotSettings slot = slot(connectorId);
        wish.modulesClosed = true;
        until("the module contactors close", STEP_LIMIT, () -> slot.modules().stream().allMatch(module -> closed(module.contactor())));
        if (regulated()) {
            until("the bus at the vehicle's voltage", STEP_LIMIT, () -> {
                follow(connectorId);
                wish.moduleCurrentA = 1;
                return slot.modules().stream().allMatch(module -> Math.abs(
                        module(module.id()).voltageV() - wish.moduleVoltageV) <= PRECHARGE_TOLERANCE_V);
            });
        }
        wish.close = true;
        until("the gun contactor closes", STEP_LIMIT, () -> closed(slot.gunContactor()));
    }

    /** Offers so much, and waits until half of it flows. */
    void offer(int connectorId, double currentA) {
        gun(connectorId).offerCurrentA = currentA;
        gun(connectorId).moduleCurrentA = currentA;
        until(currentA / 2 + " A flow", STEP_LIMIT, () -> {
            follow(connectorId);
            return state(connectorId).presentCurrentA() >= currentA / 2;
        });
    }

    /** The modules follow the vehicle's wish for voltage, as regulated ones do. */
    void follow(int connectorId) {
        if (regulated()) {
            double askedV = state(connectorId).targetVoltageV();
            // A vehicle that asks for nothing has modules that are off.
            gun(connectorId).moduleVoltageV = Double.isNaN(askedV) ? 0 : askedV;
        }
    }

    /** From the plug until this current is offered and flows. */
    void charge(int connectorId, double currentA) {
        makeReady(connectorId);
        connect(connectorId);
        offer(connectorId, currentA);
    }

    /** The current to nothing, GC open, the modules off, the bus dead, MN open. */
    void stop(int connectorId) {
        GunWish wish = gun(connectorId);
        wish.offerCurrentA = 0;
        wish.moduleCurrentA = 0;
        until("the current falls", STEP_LIMIT, () -> !(state(connectorId).presentCurrentA() >= NO_CURRENT_A)
                && bench.currentA(connectorId) < NO_CURRENT_A);
        wish.close = false;
        until("the gun contactor opens", STEP_LIMIT, () -> open(slot(connectorId).gunContactor()));
        wish.moduleVoltageV = 0;
        until("the bus falls", STEP_LIMIT, () -> bench.busVoltageV(connectorId) < DEAD_V || !regulated());
        wish.modulesClosed = false;
        until("the module contactors open", STEP_LIMIT,
                () -> slot(connectorId).modules().stream().allMatch(module -> open(module.contactor())));
    }

    // ---- what the hardware says

    HardwareSnapshot snapshot() {
        return hardware.snapshot();
    }

    boolean regulated() {
        return hardware.capabilities().regulated();
    }

    GunState state(int connectorId) {
        return only("gun " + connectorId, snapshot().guns().stream().filter(gun -> gun.connectorId() == connectorId).toList());
    }

    ModuleState module(String id) {
        return only("module " + id, snapshot().modules().stream().filter(module -> module.moduleId().equals(id)).toList());
    }

    ContactorState contactor(String id) {
        return only("contactor " + id,
                snapshot().contactors().stream().filter(contactor -> contactor.contactorId().equals(id)).toList());
    }

    private static <T> T only(String what, List<T> found) {
        assertEquals(1, found.size(), "entries of " + what + " in the snapshot");
        return found.get(0);
    }

    boolean closed(String contactorId) {
        return contactor(contactorId).position() == Position.CLOSED;
    }

    boolean open(String contactorId) {
        return contactor(contactorId).position() == Position.OPEN;
    }

    boolean reports(int connectorId, FaultCause cause) {
        return state(connectorId).faults().stream().anyMatch(fault -> fault.cause() == cause);
    }

    // ---- the cabinet

    SlotSettings slot(int connectorId) {
        return topology.homeSlot(connectorId).orElseThrow(() -> new AssertionError("connector " + connectorId
                + " of the bench's topology has no slot"));
    }

    /** A second gun; empty where the cabinet has only one. */
    Optional<Integer> secondGun() {
        return guns.stream().skip(1).findFirst();
    }

    /** The contactors that every snapshot has: GC of each gun, MN of each module, MC where it leads to another slot. */
    Set<String> contactorNames() {
        Set<String> names = new TreeSet<>(busContactorNames());
        for (SlotSettings slot : topology.slots()) {
            if (slot.connectorId() != 0) {
                names.add(slot.gunContactor());
            }
            slot.modules().forEach(module -> names.add(module.contactor()));
        }
        return names;
    }

    Set<String> busContactorNames() {
        return topology.slots().stream().filter(slot -> !slot.openEnd() && slot.clockwiseSlotId() != slot.id())
                .map(SlotSettings::busContactor).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> moduleNames() {
        return topology.slots().stream().flatMap(slot -> slot.modules().stream()).map(ModuleSettings::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the bench's instruments find closed. */
    Set<String> reallyClosed() {
        return contactorNames().stream().filter(bench::closed).collect(Collectors.toCollection(TreeSet::new));
    }

    void assertNoComplaints() {
        assertEquals(List.of(), bench.complaints(), "what the bench complains about");
    }
}
