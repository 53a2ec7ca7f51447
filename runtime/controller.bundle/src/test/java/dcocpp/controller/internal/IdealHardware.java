package dcocpp.controller.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.api.time.TimeSource;

/** Hardware that does at once what it is told, with cars at 400 V that ask for what a test says. */
class IdealHardware implements Hardware {

    static final double CAR_V = 400;
    /** With these its safety chain stays closed. */
    private static final Set<FaultCause> HARMLESS = Set.of(FaultCause.METER_STALE, FaultCause.LIMIT_ACK, FaultCause.MODULE_TEMPERATURE,
            FaultCause.MODULE_DEGRADED, FaultCause.LOCK, FaultCause.VENTILATION, FaultCause.MC_WELD);

    private final TimeSource time;
    private final Map<Integer, Gun> guns = new LinkedHashMap<>();
    private final Map<String, ModuleCommand> modules = new LinkedHashMap<>();
    private Topology topology;
    private long steppedNanos;
    private HardwareSnapshot latest;
    HardwareCommand last;
    boolean open;
    boolean silent;
    HardwareSnapshot.Condition condition = HardwareSnapshot.Condition.READY;
    String closedBusContactor = "";
    /** Guns where a vehicle stands already when it is opened. */
    final Set<Integer> plugged = new HashSet<>();
    /** Why it takes no command; empty = it does. */
    String refusal = "";
    /** Modules that never reach the voltage they are told. */
    final Set<String> weak = new HashSet<>();
    /** Modules that say that they cannot be used. */
    final Set<String> broken = new HashSet<>();
    /** Temperature of all modules, °C. */
    double moduleC = 30;
    private long commandedNanos;
    List<BusState> buses = List.of();

    /** A gun as a test sees and changes it. */
    static final class Gun {
        CpState cp = CpState.A;
        double askedA = 100;
        boolean linkUp = true;
        boolean complete;
        boolean weld;
        boolean lockBroken;
        boolean opensByItself;
        boolean nonsense;
        /** Its contactor has no feedback. */
        boolean contactorUnseen;
        /** Measured at the inlet, V; negative = as it is. */
        double inletV = -1;
        List<Fault> faults = List.of();
        /** Its PLC keeps the faults until it is told to clear them, then it is as healthy as a test says. */
        boolean latches;
        List<Fault> latched = List.of();
        long clearSeen;
        boolean closed;
        double currentA;
        double milliWh = 5_000_000;
        boolean meterSilent;
        /** Nothing about voltage and current is told any more. */
        boolean unmeasured;
        /** What the meter shows of the voltage. */
        double meterV = CAR_V;
        /** The register shows whole steps of so much, mWh. */
        long meterStepMilliWh = 1;
        GunCommand command = GunCommand.off(1);
        String gc;
        List<ModuleSettings> home;
    }

    IdealHardware(TimeSource time) {
        this.time = time;
    }

    Gun gun(int id) {
        return guns.get(id);
    }

    @Override
    public void open(Topology newTopology) {
        topology = newTopology;
        open = true;
        steppedNanos = time.nanoTime();
        for (SlotSettings slot : topology.slots()) {
            Gun gun = guns.computeIfAbsent(slot.connectorId(), id -> new Gun());
            gun.gc = slot.gunContactor();
            gun.home = slot.modules();
            gun.cp = plugged.contains(slot.connectorId()) ? CpState.C : gun.cp;
        }
    }

    @Override
    public HardwareCapabilities capabilities() {
        return new HardwareCapabilities(true, true, true);
    }

    @Override
    public void command(HardwareCommand command) {
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
        commandedNanos = time.nanoTime();
        last = command;
        command.guns().forEach(gun -> guns.get(gun.connectorId()).command = gun);
        command.modules().forEach(module -> modules.put(module.moduleId(), module));
    }

    private void latch(Gun gun) {
        if (gun.command.clearFaults() != gun.clearSeen) {
            gun.clearSeen = gun.command.clearFaults();
            gun.latched = List.of();
        }
        gun.latched = gun.latches && !gun.faults.isEmpty() ? gun.faults : gun.latched;
    }

    @Override
    public HardwareSnapshot snapshot() {
        if (silent) {
            return latest;
        }
        step();
        List<GunState> states = new ArrayList<>();
        guns.forEach((id, gun) -> states.add(state(id, gun)));
        List<ModuleState> moduleStates = new ArrayList<>();
        List<ContactorState> contactors = new ArrayList<>();
        for (SlotSettings slot : topology.slots()) {
            Gun gun = guns.get(slot.connectorId());
            contactors.add(gun.contactorUnseen ? new ContactorState(slot.gunContactor(), Position.UNKNOWN, false, false, 0, 0)
                    : contactor(slot.gunContactor(), gun.closed));
            contactors.add(contactor(slot.busContactor(), slot.busContactor().equals(closedBusContactor)));
            for (ModuleSettings module : slot.modules()) {
                ModuleCommand command = modules.get(module.id());
                boolean on = command != null && command.on();
                moduleStates.add(new ModuleState(module.id(), !broken.contains(module.id()), on, on ? weak.contains(module.id()) ? 300 : command.voltageV() : 0,
                        on ? command.currentA() : 0, moduleC, ""));
                contactors.add(contactor(module.contactor(), command != null && command.closeContactor()));
            }
        }
        latest = new HardwareSnapshot(time.nanoTime(), condition, "", states, moduleStates, contactors, buses);
        return latest;
    }

    private ContactorState contactor(String id, boolean closed) {
        return new ContactorState(id, closed ? Position.CLOSED : Position.OPEN, false, false, 0, 0);
    }

    private GunState state(int id, Gun gun) {
        boolean granted = gun.command.authorization() == GunCommand.Authorization.GRANTED;
        boolean ready = gun.cp == CpState.C && granted && !gun.complete;
        latch(gun);
        List<Fault> faults = gun.faults.isEmpty() ? gun.latched : gun.faults;
        boolean safe = faults.stream().allMatch(fault -> HARMLESS.contains(fault.cause()));
        long register = (long) gun.milliWh / gun.meterStepMilliWh * gun.meterStepMilliWh;
        MeterReading meter = new MeterReading(!gun.meterSilent, register, gun.meterV, gun.currentA, gun.currentA * CAR_V,
                time.nanoTime());
        double targetA = ready ? Math.min(gun.askedA, gun.command.offerCurrentA()) : 0;
        return new GunState(id, gun.linkUp, safe, faults, gun.cp, gun.cp.plugged() && gun.command.lock() && !gun.lockBroken, granted,
                new HlcState(ready ? 9 : 1, ready, false, ready, gun.complete), CAR_V, told(gun, targetA), told(gun, inletV(gun, ready)),
                told(gun, gun.currentA), 1000, 500, Double.NaN, 50, 25, meter, time.nanoTime());
    }

    private static double told(Gun gun, double value) {
        return gun.unmeasured ? Double.NaN : value;
    }

    private static double inletV(Gun gun, boolean ready) {
        return gun.nonsense ? Double.POSITIVE_INFINITY : gun.inletV < 0 ? ready ? CAR_V : 0 : gun.inletV;
    }

    private void step() {
        if (time.nanoTime() - commandedNanos > 1_000_000_000L) {
            guns.values().forEach(gun -> gun.command = new GunCommand(gun.command.connectorId(), gun.command.authorization(), false,
                    gun.command.lock(), true, gun.command.clearFaults(), 0, 0, 0, false, Set.of()));
            modules.clear();
        }
        double hours = Duration.ofNanos(time.nanoTime() - steppedNanos).toNanos() / 3.6e12;
        steppedNanos = time.nanoTime();
        for (Gun gun : guns.values()) {
            gun.milliWh += gun.currentA * CAR_V * 1000 * hours;
            gun.closed = gun.weld || gun.command.closeContactor() && !gun.command.forceOff() && !gun.opensByItself;
            double supplied = 0;
            for (ModuleSettings module : gun.home) {
                ModuleCommand command = modules.get(module.id());
                supplied += command != null && command.on() && command.closeContactor() ? command.currentA() : 0;
            }
            gun.currentA = gun.closed ? Math.min(supplied, Math.min(gun.askedA, gun.command.offerCurrentA())) : 0;
        }
    }

    @Override
    public void close() {
        open = false;
        guns.values().forEach(gun -> gun.command = GunCommand.off(1));
        modules.clear();
    }

    /** Power of all guns now, W. */
    double totalW() {
        return guns.values().stream().mapToDouble(gun -> gun.currentA * CAR_V).sum();
    }

    /** Modules by id, for assertions. */
    Map<String, ModuleCommand> moduleCommands() {
        return new HashMap<>(modules);
    }
}
