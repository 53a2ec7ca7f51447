package dcocpp.hwsim.internal.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * The simulated cabinet with the cars in front of it. Moves in fixed steps and knows no clock: the same commands at the same steps give
 * the same result. Belongs to one thread.
 */
public final class Cabinet {

    /** Length of a step of {@link #step}. */
    public static final long STEP_MS = 20;
    /** Length of a step in nanoseconds. */
    public static final long STEP_NANOS = STEP_MS * 1_000_000;

    private static final double STEP_SECONDS = STEP_MS / 1000.0;
    private static final int TOKEN_LENGTH = 20;
    private static final long ZERO_OFFER_NANOS = 500_000_000L;
    private static final long FORCE_OFF_NANOS = 1_000_000_000L;

    private final Ring ring;
    private final Map<Integer, Gun> guns = new TreeMap<>();
    private final Judge judge = new Judge();
    private final Watchdog watchdog;
    private final List<TokenRead> tokens = new ArrayList<>();
    private long nowNanos;
    private HardwareCommand command;
    private Map<Integer, GunCommand> gunCommands = Map.of();
    private Map<String, ModuleCommand> moduleCommands = Map.of();
    private boolean shutDown;

    /**
     * Builds a cabinet, everything off, nobody plugged in.
     *
     * @param topology what it consists of
     * @param registerMilliWh what the meter of a connector starts at
     * @param watchdogFactor how many times longer than the contract says a command is valid, ≥ 1
     * @param nowNanos process time
     * @throws HardwareException when the topology is no ring of slots
     */
    public Cabinet(Topology topology, ToLongFunction<Integer> registerMilliWh, double watchdogFactor, long nowNanos)
            throws HardwareException {
        this.nowNanos = nowNanos;
        this.watchdog = new Watchdog(Math.round(ZERO_OFFER_NANOS * watchdogFactor), Math.round(FORCE_OFF_NANOS * watchdogFactor));
        List<Slot> slots = new ArrayList<>();
        for (SlotSettings settings : Layout.clockwise(topology)) {
            Gun gun = topology.connector(settings.connectorId())
                    .map(connector -> new Gun(connector, settings.gunContactor(), registerMilliWh.applyAsLong(connector.id()), nowNanos))
                    .orElse(null);
            boolean joined = !settings.openEnd() && settings.clockwiseSlotId() != settings.id();
            slots.add(new Slot(settings, joined, gun, nowNanos));
            if (gun != null) {
                guns.put(gun.connectorId(), gun);
            }
        }
        this.ring = new Ring(slots);
    }

    /** How old a command may be. */
    private record Watchdog(long zeroOfferNanos, long forceOffNanos) {
    }

    /** Takes the complete wanted state. */
    public void command(HardwareCommand wanted) {
        if (wanted != command) {
            command = wanted;
            gunCommands = wanted.guns().stream()
                    .collect(Collectors.toMap(GunCommand::connectorId, Function.identity(), (one, other) -> other));
            moduleCommands = wanted.modules().stream()
                    .collect(Collectors.toMap(ModuleCommand::moduleId, Function.identity(), (one, other) -> other));
        }
    }

    /** Forces everything off from the next step on. */
    public void shutDown() {
        shutDown = true;
    }

    /** Moves the world by one step. */
    public void step() {
        nowNanos += STEP_NANOS;
        long age = command == null ? Long.MAX_VALUE : nowNanos - command.issuedNanos();
        boolean mayOffer = age <= watchdog.zeroOfferNanos();
        boolean allOff = shutDown || age > watchdog.forceOffNanos();
        for (Slot slot : ring.slots()) {
            if (slot.gun() != null) {
                stepGun(slot, mayOffer, allOff);
            }
        }
        for (int i = 0; i < ring.slots().size(); i++) {
            stepBusContactor(i, allOff);
        }
        for (Slot slot : ring.slots()) {
            for (PowerModule module : slot.modules()) {
                stepModule(slot, module, allOff);
            }
        }
        for (Slot slot : ring.slots()) {
            if (slot.gun() != null) {
                stepGunContactor(slot.gun(), slot);
            }
        }
        ring.settle(STEP_MS);
        for (Slot slot : ring.slots()) {
            if (slot.gun() != null) {
                slot.gun().measure(nowNanos, slot.busV(), STEP_SECONDS);
            }
        }
        judge.islands(nowNanos, ring.islands());
    }

    private void stepGun(Slot slot, boolean mayOffer, boolean allOff) {
        Gun gun = slot.gun();
        boolean busWeld = slot.busContactor() != null && slot.busContactor().weldSeen(nowNanos);
        boolean moduleWeld = false;
        for (PowerModule module : slot.modules()) {
            moduleWeld |= module.contactor().weldSeen(nowNanos);
        }
        Hlc.Stage before = gun.stage();
        GunCommand wanted = gunCommands.get(gun.connectorId());
        gun.step(nowNanos, wanted == null ? GunCommand.off(gun.connectorId()) : wanted, mayOffer, allOff, busWeld, moduleWeld);
        if (gun.stage() != before && gun.car() != null && !gun.faults().linkLost()) {
            Identity identity = gun.car().identity();
            switch (gun.stage()) {
                case SESSION_SETUP -> vehicle(TokenRead.Source.EV_MAC, "EVMAC", identity.macAddress(), gun.settings());
                case SERVICES -> vehicle(TokenRead.Source.EVCCID, "EVCCID", identity.evccId(), gun.settings());
                case AUTHORIZATION -> read(TokenRead.Source.EMAID, identity.emaId(), gun.connectorId());
                default -> {
                    // The car says who it is in these stages only.
                }
            }
        }
    }

    /** The vehicle itself is a token only where the connector asks for this identity of it, and under the connector's prefix. */
    private void vehicle(TokenRead.Source source, String name, String identity, ConnectorSettings connector) {
        if (!identity.isEmpty() && (connector.autochargeSource().equals(name) || connector.autochargeSource().equals("both"))) {
            read(source, connector.autochargePrefix() + identity, connector.id());
        }
    }

    /** What is longer than a token may be is none: cut, two vehicles could become the same. */
    private void read(TokenRead.Source source, String value, int connectorId) {
        if (!value.isEmpty() && value.length() <= TOKEN_LENGTH) {
            tokens.add(new TokenRead(source, value, connectorId, nowNanos));
        }
    }

    private void stepBusContactor(int index, boolean allOff) {
        Slot slot = ring.slots().get(index);
        Contactor contactor = slot.busContactor();
        if (contactor == null) {
            return;
        }
        if (allOff) {
            contactor.hold(nowNanos);
            return;
        }
        boolean wanted = command.closedBusContactors().contains(contactor.id());
        if (wanted == contactor.closed()) {
            contactor.step(nowNanos, wanted);
            return;
        }
        long flow = ring.flowMilliA(index);
        Slot next = ring.next(index);
        switch (contactor.step(nowNanos, wanted)) {
            case OPENED -> judge.opened(nowNanos, contactor, slot.settings().connectorId(), flow);
            case CLOSED -> judge.joined(nowNanos, contactor, slot.settings().connectorId(), slot.busV(), slot.busFed(), next.busV(),
                    next.busFed());
            default -> {
                // Still on its way.
            }
        }
    }

    private void stepModule(Slot slot, PowerModule module, boolean allOff) {
        ModuleCommand wanted = moduleCommands.get(module.id());
        boolean forced = allOff || slot.gun() != null && slot.gun().forcedOff();
        boolean close = wanted != null && wanted.closeContactor() && !forced;
        Contactor contactor = module.contactor();
        if (!forced && slot.gun() != null && slot.gun().faults().linkLost()) {
            contactor.hold(nowNanos);
        } else if (close == contactor.closed()) {
            contactor.step(nowNanos, close);
        } else {
            boolean moduleFed = module.on();
            Contactor.Switched switched = contactor.step(nowNanos, close);
            if (switched == Contactor.Switched.OPENED && !forced) {
                judge.opened(nowNanos, contactor, slot.settings().connectorId(), module.milliA());
            } else if (switched == Contactor.Switched.CLOSED && close) {
                judge.joined(nowNanos, contactor, slot.settings().connectorId(), module.voltageV(), moduleFed, slot.busV(),
                        slot.busFed());
            }
        }
        module.step(wanted, forced, STEP_SECONDS);
    }

    private void stepGunContactor(Gun gun, Slot slot) {
        double vehicleV = gun.vehicleV();
        long milliA = gun.milliA();
        Contactor.Switched switched = gun.stepContactor(nowNanos);
        if (switched == Contactor.Switched.OPENED && !gun.forcedOff()) {
            judge.opened(nowNanos, gun.contactor(), gun.connectorId(), milliA);
        } else if (switched == Contactor.Switched.CLOSED && gun.closeWanted()) {
            judge.gunClosed(nowNanos, gun, slot.busV(), vehicleV);
        }
    }

    /** A car comes to a gun. */
    public void plug(int connectorId, PlugIn plugIn) {
        Gun gun = gun(connectorId);
        if (gun.car() != null) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "connector " + connectorId + " already has a car: " + gun.car().model().name(), "unplug it first");
        }
        gun.plug(new Car(plugIn));
    }

    /** The car is torn off its gun, whatever flows. */
    public void unplug(int connectorId) {
        requireCar(gun(connectorId));
        gun(connectorId).unplug();
    }

    /** The car asks for no current, or for current again. Its pilot stays as it is. */
    public void pause(int connectorId, boolean paused) {
        Gun gun = gun(connectorId);
        requireCar(gun);
        if (gun.car().paused() == paused) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "the car at connector " + connectorId + (paused ? " already pauses" : " does not pause"),
                    paused ? "resume it" : "pause it first");
        }
        gun.car().pause(paused);
    }

    private static void requireCar(Gun gun) {
        if (gun.car() == null) {
            throw new SimulationException(SimulationException.Kind.CONFLICT, "connector " + gun.connectorId() + " has no car",
                    "plug one in first");
        }
    }

    /**
     * Something breaks at a gun, its slot or its modules.
     *
     * @param value a temperature in °C where the cause is one, else ignored; NaN = one that trips
     * @param moduleId the module it concerns; empty = the first of the slot
     */
    public void fault(int connectorId, FaultCause cause, double value, String moduleId) {
        Gun gun = gun(connectorId);
        Faulty.inject(slotOf(gun), cause, value, moduleId);
    }

    /** What can break. */
    public static List<FaultCause> injectableCauses() {
        return FaultBoard.injectableCauses();
    }

    /** What was broken is mended: one cause, or all. What the PLC has latched stays until the controller clears it. */
    public void clear(int connectorId, Optional<FaultCause> cause) {
        Gun gun = gun(connectorId);
        cause.ifPresentOrElse(gun.faults()::remove, gun.faults()::removeAll);
        Faulty.apply(slotOf(gun));
    }

    /** A card is held to the reader of a gun, or with 0 to that of the cabinet. */
    public void swipe(int connectorId, String idTag) {
        if (connectorId != 0 && gun(connectorId).faults().linkLost()) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "the PLC of connector " + connectorId + " is not heard, so its reader is dead", "clear the link's fault first");
        }
        tokens.add(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, nowNanos));
    }

    /** The identities read since the last call. */
    public List<TokenRead> takeTokens() {
        List<TokenRead> taken = List.copyOf(tokens);
        tokens.clear();
        return taken;
    }

    private Gun gun(int connectorId) {
        Gun gun = guns.get(connectorId);
        if (gun == null) {
            throw new SimulationException(SimulationException.Kind.UNKNOWN, "there is no connector " + connectorId,
                    "the connectors are " + guns.keySet());
        }
        return gun;
    }

    private Slot slotOf(Gun gun) {
        return ring.slots().stream().filter(slot -> slot.gun() == gun).findFirst().orElseThrow();
    }

    /** Process time of the last step. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Lets the world stand still for this long: the steps are left out. */
    public void skip(long nanos) {
        nowNanos += nanos;
    }

    /** What the controller sees. */
    public HardwareSnapshot snapshot() {
        List<ModuleState> modules = new ArrayList<>();
        List<ContactorState> contactors = new ArrayList<>();
        for (Slot slot : ring.slots()) {
            boolean heard = slot.gun() == null || !slot.gun().faults().linkLost();
            if (slot.gun() != null) {
                contactors.add(slot.gun().contactor().state(nowNanos, heard));
            }
            if (slot.busContactor() != null) {
                contactors.add(slot.busContactor().state(nowNanos, true));
            }
            for (PowerModule module : slot.modules()) {
                modules.add(module.state());
                contactors.add(module.contactor().state(nowNanos, heard));
            }
        }
        return new HardwareSnapshot(nowNanos, HardwareSnapshot.Condition.READY, "", guns.values().stream().map(Gun::state).toList(),
                modules, contactors);
    }

    /** What is really so, for people and tests. */
    public List<GunTruth> truth() {
        return guns.values().stream().map(gun -> GunTruth.of(gun, slotOf(gun))).toList();
    }

    /** What a safe controller would not have done, oldest first; at most the last thousand. */
    public List<Violation> violations() {
        return judge.violations();
    }

    /** How many violations there have been. */
    public long violationCount() {
        return judge.count();
    }

    /** Lets the cars and meters of another cabinet go on at this one. */
    public void takeOver(Cabinet other) {
        other.guns.forEach((connectorId, gun) -> {
            Gun here = guns.get(connectorId);
            if (here != null && gun.car() != null) {
                here.plug(gun.unplug());
            }
        });
    }

    /** What the meter of a connector shows; empty when there is no such connector. */
    public Optional<Long> registerMilliWh(int connectorId) {
        return Optional.ofNullable(guns.get(connectorId)).map(gun -> gun.meter().milliWh());
    }
}
