package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;

/**
 * All power modules of the ring: which of them shall be on a bus, what they can give to the gun that has their slot, and what each of them
 * is told to give. Belongs to the control thread.
 */
final class ModuleBank {

    /** How long a module may take to bring the bus up before another one helps. */
    private static final long STARTER_NANOS = 3_000_000_000L;

    private final RingLayout layout;
    private final Map<Integer, OutputStage> stages;
    private final Map<Integer, IslandRun> runs;
    private final int[] owners;
    private final List<List<ModuleSequencer>> modules = new ArrayList<>();
    private final Map<String, ModuleSequencer> byId = new HashMap<>();
    private final Map<String, Double> capacityW = new HashMap<>();
    private final Map<Integer, Double> voltageV = new HashMap<>();
    private final Set<String> resting = new TreeSet<>();

    ModuleBank(RingLayout layout, Map<Integer, OutputStage> stages, Map<Integer, IslandRun> runs, int[] owners) {
        this.layout = layout;
        this.stages = stages;
        this.runs = runs;
        this.owners = owners;
        for (int i = 0; i < layout.size(); i++) {
            modules.add(layout.slot(i).modules().stream().map(ModuleSequencer::new).toList());
            modules.get(i).forEach(module -> byId.put(module.settings().id(), module));
        }
    }

    /** What modules can give at this moment, and at which voltage. */
    void limits(PlanningInput input) {
        capacityW.clear();
        for (SlotInput slot : input.slots()) {
            for (ModuleInput module : slot.modules()) {
                capacityW.put(module.moduleId(), module.usable() ? module.capacityW() : 0);
            }
        }
        for (GunInput gun : input.guns()) {
            voltageV.put(gun.connectorId(), gun.voltageV());
        }
    }

    /**
     * One step of every module.
     *
     * @param failed told of one whose step throws: the connector that has its slot, 0 = nobody. The module is off
     */
    void tick(RingState state, Plan plan, ContactorBook book, RingLimits limits, BiConsumer<Integer, Throwable> failed) {
        for (int i = 0; i < layout.size(); i++) {
            for (ModuleSequencer module : modules.get(i)) {
                String id = module.settings().id();
                try {
                    module.tick(state, i, want(state, plan, i, module), usable(id),
                            book.mayClose(module.settings().contactor(), state.nowNanos()), limits);
                } catch (RuntimeException | Error e) {
                    module.fail(state.nowNanos());
                    failed.accept(owners[i], e);
                }
                if (module.rests(state.nowNanos())) {
                    resting.add(id);
                } else {
                    resting.remove(id);
                }
            }
        }
    }

    /** This module did not do what its bus needs: it is left alone for a while. */
    void rest(String moduleId, long now) {
        byId.get(moduleId).rest(now);
    }

    /** Modules that are left alone for a while. */
    Set<String> resting() {
        return Set.copyOf(resting);
    }

    /** Lets the modules of this slot be tried again. */
    void tryAgain(SlotSettings slot) {
        slot.modules().forEach(module -> byId.get(module.id()).tryAgain());
    }

    /** What is shown of the modules of this slot. */
    List<Fault> faults(SlotSettings slot) {
        return resting.isEmpty() ? List.of() : slot.modules().stream().map(ModuleSettings::id).filter(resting::contains)
                .map(id -> new Fault(FaultCause.MODULE_DEGRADED, id + " " + byId.get(id).complaint())).toList();
    }

    private ModuleSequencer.Want want(RingState state, Plan plan, int slot, ModuleSequencer module) {
        OutputStage stage = stages.get(owners[slot]);
        if (stage == null) {
            return ModuleSequencer.Want.END;
        }
        if (stage.forceOff()) {
            return ModuleSequencer.Want.KILL;
        }
        IslandRun run = runs.get(owners[slot]);
        String id = module.settings().id();
        SlotTransfer transfer = run.transfer();
        if (transfer != null && transfer.contains(slot)) {
            if (transfer.kills(state.nowNanos())) {
                return ModuleSequencer.Want.KILL;
            }
            return transfer.leads(id) || transfer.holds() && module.joined() ? ModuleSequencer.Want.JOIN : ModuleSequencer.Want.END;
        }
        if (!stage.feeding() || !run.spans(slot)) {
            return ModuleSequencer.Want.END;
        }
        List<String> planned = plan.island(run.connectorId()).map(Island::moduleIds).orElse(List.of());
        boolean joins = switch (stage.step()) {
            case PRECHARGE -> module.begun() || starts(here(run, planned), id, starters(state, stage));
            case CLOSING, RAMP_DOWN -> module.joined();
            default -> planned.contains(id);
        };
        return joins ? ModuleSequencer.Want.JOIN : ModuleSequencer.Want.LEAVE;
    }

    /** Those of these modules whose slots the run has: others may still be on their way from another gun. */
    private List<String> here(IslandRun run, List<String> planned) {
        List<String> here = new ArrayList<>(planned);
        for (int i = 0; i < layout.size(); i++) {
            if (!run.spans(i)) {
                layout.slot(i).modules().forEach(module -> here.remove(module.id()));
            }
        }
        return here;
    }

    /** All modules in the slots of this run are off. */
    boolean off(IslandRun run) {
        for (int i = 0; i < layout.size(); i++) {
            if (run.owns(i) && !modules.get(i).stream().allMatch(ModuleSequencer::off)) {
                return false;
            }
        }
        return true;
    }

    /** It is its turn to help to bring the bus up: those that have begun stay, whatever the order of the plan has become. */
    private boolean starts(List<String> planned, String moduleId, long starters) {
        List<String> waiting = planned.stream().filter(this::usable).filter(id -> !byId.get(id).begun()).toList();
        long begun = planned.stream().filter(id -> byId.get(id).begun()).count();
        return waiting.stream().filter(id -> byId.get(id).step() == ModuleSequencer.Step.OFF).limit(Math.max(0, starters - begun))
                .anyMatch(moduleId::equals);
    }

    private boolean usable(String moduleId) {
        return capacityW.getOrDefault(moduleId, 0.0) > 0 && !resting.contains(moduleId);
    }

    /** One module begins; where it does not bring the bus up, one more joins it. Where the PLC leads, all begin on the dead bus. */
    private static long starters(RingState state, OutputStage stage) {
        return state.feedback().capabilities().regulated() ? 1 + stage.inStepNanos(state.nowNanos()) / STARTER_NANOS : Long.MAX_VALUE;
    }

    /**
     * What feeds a gun.
     *
     * @param powerW what it can give, W
     * @param currentA what it can give, A
     */
    record Capacity(double powerW, double currentA) {
    }

    /** What the modules on the bus can give that are not about to leave it. */
    Capacity capacity(int id) {
        double powerW = 0;
        double currentA = 0;
        SlotTransfer transfer = runs.get(id).transfer();
        for (int i = 0; i < layout.size(); i++) {
            if (feeds(id, i) && !(transfer != null && transfer.contains(i) && transfer.holds())) {
                for (ModuleSequencer module : modules.get(i)) {
                    powerW += module.joined() ? capacityW.getOrDefault(module.settings().id(), 0.0) : 0;
                    currentA += module.joined() ? mostA(id, module) : 0;
                }
            }
        }
        return new Capacity(powerW, currentA);
    }

    private double mostA(int id, ModuleSequencer module) {
        double atV = voltageV.getOrDefault(id, 0.0);
        double byPowerA = atV > 0 ? capacityW.getOrDefault(module.settings().id(), 0.0) / atV : 0;
        return module.settings().ratedCurrentA() > 0 ? Math.min(byPowerA, module.settings().ratedCurrentA()) : byPowerA;
    }

    /** The modules of this slot are on the gun's bus and give it current. */
    private boolean feeds(int id, int slot) {
        SlotTransfer transfer = runs.get(id).transfer();
        return runs.get(id).spans(slot) && !(transfer != null && transfer.contains(slot) && transfer.silent());
    }

    /**
     * What the ring gives a gun.
     *
     * @param missing what its run lacks before it may be switched on
     */
    OutputStage.Feed feed(RingState state, int id, Optional<Fault> missing) {
        IslandRun run = runs.get(id);
        Capacity capacity = capacity(id);
        List<String> joined = new ArrayList<>();
        boolean off = run.transfer() == null && off(run);
        boolean coming = false;
        boolean heldUp = false;
        for (int i = 0; i < layout.size(); i++) {
            for (ModuleSequencer module : modules.get(i)) {
                if (run.spans(i) && module.joined()) {
                    joined.add(module.settings().id());
                }
                coming |= run.spans(i) && module.step() == ModuleSequencer.Step.CLOSING;
                heldUp |= run.spans(i) && module.undischarged();
            }
        }
        return new OutputStage.Feed(missing, joined, coming, capacity.powerW(), capacity.currentA(), state.busV(run.home()),
                state.measured(run.home()), off, heldUp);
    }

    /**
     * What every module shall do now.
     *
     * @param failed told of one for which that cannot be said: the connector that has its slot. The module is off
     */
    List<ModuleCommand> commands(RingState state, BiConsumer<Integer, Throwable> failed) {
        List<ModuleCommand> commands = new ArrayList<>();
        for (int i = 0; i < layout.size(); i++) {
            int owner = owners[i];
            OutputStage stage = stages.get(owner);
            double totalA = stage == null ? 0 : sharingA(owner);
            for (ModuleSequencer module : modules.get(i)) {
                boolean gives = stage != null && feeds(owner, i) && module.joined() && totalA > 0;
                double currentA = gives ? stage.setpointA() * mostA(owner, module) / totalA : 0;
                try {
                    commands.add(module.command(stage == null ? 0 : voltage(state, owner, i), currentA));
                } catch (RuntimeException | Error e) {
                    commands.add(new ModuleCommand(module.settings().id(), false, false, 0, 0));
                    failed.accept(owner, e);
                }
            }
        }
        return commands;
    }

    /** A slot that is being joined goes to the voltage that its island has at this moment. */
    private double voltage(RingState state, int id, int slot) {
        IslandRun run = runs.get(id);
        boolean apart = run.transfer() != null && run.transfer().contains(slot) && !run.spans(slot);
        double islandV = state.busV(run.home());
        return apart ? Double.isNaN(islandV) ? 0 : islandV : stages.get(id).voltageV();
    }

    private double sharingA(int id) {
        double sum = 0;
        for (int i = 0; i < layout.size(); i++) {
            for (ModuleSequencer module : modules.get(i)) {
                sum += feeds(id, i) && module.joined() ? mostA(id, module) : 0;
            }
        }
        return sum;
    }
}
