package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * A ring of four slots whose feedback a test writes. Whatever it does not say follows the command in the next tick: contactors move,
 * modules have the voltage they are told, a vehicle of 700 V takes what it is offered.
 */
final class RingBench {

    static final double VEHICLE_V = 700;
    static final RingLimits LIMITS = new RingLimits(1, 20, 7_000_000_000L);

    final Topology topology = topology();
    final List<String> kept = new ArrayList<>();
    final Map<String, Position> frozen = new HashMap<>();
    final Map<String, Double> moduleV = new HashMap<>();
    final Map<String, Double> moduleA = new HashMap<>();
    final Map<Integer, Double> gunA = new HashMap<>();
    final Map<Integer, Double> gunV = new HashMap<>();
    final Map<Integer, CpState> pilot = new HashMap<>();
    final Set<String> broken = new HashSet<>();
    final Set<Integer> active = new TreeSet<>();
    final Map<Integer, Double> limitW = new HashMap<>();
    /** Slots that may not be lent, beside those of active guns. */
    final Set<Integer> plugged = new TreeSet<>();
    final Map<Integer, Double> askedA = new HashMap<>();
    /** Guns in the input that no slot has. */
    final List<GunInput> strangers = new ArrayList<>();
    ContactorBook book = new ContactorBook("", kept::add);
    RingSequencer ring = new RingSequencer(topology, book);
    Plan plan = Plan.EMPTY;
    double gridW = 1e6;
    /** No plan is fresh. */
    boolean stale;
    /** The hardware sets voltage and current of modules; without it the PLC leads. */
    boolean regulated = true;
    long now = 1_000_000_000L;
    HardwareCommand command = new HardwareCommand(0, now, List.of(), List.of(), Set.of());
    RingState state;

    private static Topology topology() {
        List<ConnectorSettings> connectors = new ArrayList<>();
        List<SlotSettings> slots = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
            connectors.add(new ConnectorSettings(id, id, "", "can0", 500, 0, 200, 1000, 0, true, 3,
                    ConnectorSettings.MeterSource.PLC, 1, 0, 60, "", "EVMAC"));
            slots.add(new SlotSettings(id, id, "GC_" + id, "MC_" + id, id % 4 + 1, id == 1 ? 4 : id - 1, false,
                    List.of(module(id, 0), module(id, 1))));
        }
        return new Topology(1, connectors, slots);
    }

    private static ModuleSettings module(int slot, int index) {
        return new ModuleSettings("M" + slot + "_" + index, "MN_" + slot + "_" + index, "", -1, 0, "", 30_000, 0);
    }

    /** A plan whose islands have all modules of their slots; the contactors within them are closed. */
    static Plan plan(List<?>... islands) {
        List<Island> made = new ArrayList<>();
        Set<String> closed = new TreeSet<>();
        for (List<?> one : islands) {
            List<Integer> slots = one.subList(1, one.size()).stream().map(Integer.class::cast).toList();
            List<String> modules = slots.stream().flatMap(slot -> IntStream.of(0, 1).mapToObj(index -> "M" + slot + "_" + index)).toList();
            slots.subList(0, slots.size() - 1).forEach(slot -> closed.add("MC_" + slot));
            double powerW = modules.size() * 30_000.0;
            made.add(new Island((Integer) one.get(0), slots, modules, powerW, powerW / VEHICLE_V, VEHICLE_V, Island.Reason.MODULES));
        }
        return new Plan(made, closed, PlannerMemory.NONE);
    }

    /** An island: connector, then its slots. */
    static List<Integer> island(Integer connector, Integer... slots) {
        List<Integer> all = new ArrayList<>(List.of(connector));
        all.addAll(Arrays.asList(slots));
        return all;
    }

    /** The contactor stays where it is, or loses its feedback, whatever it is told. */
    void freeze(String contactor, Position position) {
        frozen.put(contactor, position);
    }

    void run(double seconds) {
        for (int tick = 0; tick < Math.round(seconds * 10); tick++) {
            tick();
        }
    }

    /** Runs until it holds; fails after so long. */
    void until(double seconds, BooleanSupplier condition) {
        for (int tick = 0; tick < seconds * 10; tick++) {
            if (condition.getAsBoolean()) {
                return;
            }
            tick();
        }
        throw new AssertionError("not within " + seconds + " s; closed " + closed() + ", " + command);
    }

    void tick() {
        now += 100_000_000L;
        state = ring.see(feedback());
        ring.tick(state, plan, input(), new RingLimits(LIMITS.openCurrentA(), LIMITS.toleranceV(), LIMITS.prechargeTimeoutNanos(), stale));
        List<GunCommand> guns = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
            OutputStage stage = ring.stage(id);
            guns.add(new GunCommand(id, GunCommand.Authorization.GRANTED, stage.closeGunContactor(), true, stage.forceOff(), 0, 1000,
                    ring.offerW(id) / VEHICLE_V, ring.offerW(id), stage.step() == OutputStage.Step.ON, Set.of()));
        }
        command = ring.command(now / 100_000_000L, now, guns);
    }

    RingFeedback feedback() {
        Map<String, ContactorState> contactors = new HashMap<>();
        Map<String, ModuleState> modules = new HashMap<>();
        Map<Integer, GunState> guns = new HashMap<>();
        for (SlotSettings slot : topology.slots()) {
            GunCommand gun = command.guns().stream().filter(one -> one.connectorId() == slot.connectorId()).findFirst()
                    .orElse(GunCommand.off(slot.connectorId()));
            contactor(contactors, slot.gunContactor(), gun.closeContactor() && !gun.forceOff());
            contactor(contactors, slot.busContactor(), command.closedBusContactors().contains(slot.busContactor()));
            for (ModuleSettings module : slot.modules()) {
                ModuleCommand told = told(module.id());
                contactor(contactors, module.contactor(), told.closeContactor());
                modules.put(module.id(), new ModuleState(module.id(), !broken.contains(module.id()), told.on(),
                        moduleV.getOrDefault(module.id(), told.on() ? told.voltageV() : 0),
                        moduleA.getOrDefault(module.id(), told.on() && told.closeContactor() ? told.currentA() : 0), 30, ""));
            }
            guns.put(slot.connectorId(), gun(slot.connectorId(), gun));
        }
        return new RingFeedback(now, new HardwareCapabilities(regulated, true, true), true, guns, modules, contactors);
    }

    private void contactor(Map<String, ContactorState> contactors, String id, boolean closed) {
        contactors.put(id, new ContactorState(id, frozen.getOrDefault(id, closed ? Position.CLOSED : Position.OPEN), false, false, 0, 0));
    }

    private GunState gun(int id, GunCommand told) {
        boolean on = told.closeContactor() && !told.forceOff();
        double fedA = command.modules().stream().filter(module -> module.on() && module.closeContactor())
                .filter(module -> ring.stage(id).joinedModules().contains(module.moduleId())).mapToDouble(ModuleCommand::currentA).sum();
        return new GunState(id, true, true, List.of(), pilot.getOrDefault(id, CpState.C), true, true,
                new HlcState(9, true, false, true, false), VEHICLE_V, askedA.getOrDefault(id, told.offerCurrentA()), gunV.getOrDefault(id, VEHICLE_V), gunA.getOrDefault(id, on ? fedA : 0), 1000, 500, 1e6, 50, 30,
                new MeterReading(true, 0, VEHICLE_V, 0, 0, now), now);
    }

    PlanningInput input() {
        List<SlotInput> slots = new ArrayList<>();
        List<GunInput> guns = new ArrayList<>();
        for (SlotSettings slot : topology.slots()) {
            slots.add(new SlotInput(slot.id(), slot.connectorId(), slot.gunContactor(), slot.busContactor(), slot.clockwiseSlotId(),
                    !active.contains(slot.connectorId()) && !plugged.contains(slot.id()),
                    slot.modules().stream().map(module -> new ModuleInput(module.id(), module.contactor(), 30_000,
                            !broken.contains(module.id()), 0, 30)).toList()));
            guns.add(new GunInput(slot.connectorId(), active.contains(slot.connectorId()), 300_000,
                    limitW.getOrDefault(slot.connectorId(), 300_000.0), 500, VEHICLE_V, 1));
        }
        guns.addAll(strangers);
        List<ContactorInput> contactors = state.contactors().values().stream().map(contactor -> new ContactorInput(
                contactor.contactorId(), contactor.position(), contactor.welded(), contactor.stuckOpen(), contactor.sinceNanos())).toList();
        return new PlanningInput(now, new PlannerSettings(true, 8, 1, 6, 0, 0, 0, 0, 0, 0, 0, false), gridW, slots, guns, contactors, plan);
    }

    /** Brings a gun into operation with this plan. */
    void start(int id, Plan withPlan) {
        start(id, withPlan, OutputStage.Step.ON);
    }

    /** The same, up to the moment in which its contactor is told to close. */
    void startClosing(int id, Plan withPlan) {
        start(id, withPlan, OutputStage.Step.CLOSING);
    }

    private void start(int id, Plan withPlan, OutputStage.Step upTo) {
        plan = withPlan;
        active.add(id);
        until(10, () -> ring.ready(id) && ring.stage(id).off());
        ring.stage(id).start(now);
        until(10, () -> step(id) == upTo);
    }

    OutputStage.Step step(int id) {
        return ring.stage(id).step();
    }

    ModuleCommand told(String moduleId) {
        return command.modules().stream().filter(module -> module.moduleId().equals(moduleId)).findFirst()
                .orElse(new ModuleCommand(moduleId, false, false, 0, 0));
    }

    /** Every contactor that is told to be closed. */
    Set<String> closed() {
        Set<String> closed = new TreeSet<>(command.closedBusContactors());
        command.guns().stream().filter(gun -> gun.closeContactor() && !gun.forceOff())
                .forEach(gun -> closed.add("GC_" + gun.connectorId()));
        command.modules().stream().filter(ModuleCommand::closeContactor)
                .forEach(module -> closed.add("MN_" + module.moduleId().substring(1)));
        return closed;
    }

    double setpointA(int id) {
        return ring.stage(id).joinedModules().stream().mapToDouble(module -> told(module).currentA()).sum();
    }
}
