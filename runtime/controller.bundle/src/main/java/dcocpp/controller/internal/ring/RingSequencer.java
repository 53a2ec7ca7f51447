package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.planning.PlanGuard;
import dcocpp.controller.internal.power.PowerShares;

/**
 * Carries out plans on the ring: which slots each gun really has, which modules are on its bus, what they give. In each tick
 * {@link #see} takes what the hardware reports, {@link #tick} decides, {@link #command} gives the command, checked by the
 * {@link StepGuard}. Belongs to the control thread.
 */
public final class RingSequencer {

    private final RingLayout layout;
    private final ContactorBook book;
    private final StepGuard guard;
    private final Map<Integer, OutputStage> stages = new LinkedHashMap<>();
    private final Map<Integer, IslandRun> runs = new LinkedHashMap<>();
    private final List<List<ModuleSequencer>> modules = new ArrayList<>();
    private final int[] owners;
    private final double[] lastV;
    private final long[] darkSince;
    private final JoinedGuns joinedGuns = new JoinedGuns();
    private RingState state;
    private HardwareCommand last;
    private Plan plan = Plan.EMPTY;
    private PlanningInput input;
    private RingLimits limits;
    private Map<String, Double> capacityW = Map.of();
    private Map<Integer, Double> shares = Map.of();

    public RingSequencer(Topology topology, ContactorBook book) {
        this(topology, book, new StepGuard());
    }

    /** With another guard, for tests. */
    public RingSequencer(Topology topology, ContactorBook book, StepGuard guard) {
        this.layout = new RingLayout(topology);
        this.book = book;
        this.guard = guard;
        book.cabinet(topology);
        owners = new int[layout.size()];
        lastV = new double[layout.size()];
        darkSince = new long[layout.size()];
        Arrays.fill(lastV, Double.NaN);
        Arrays.fill(darkSince, Long.MAX_VALUE);
        for (int i = 0; i < layout.size(); i++) {
            modules.add(layout.slot(i).modules().stream().map(ModuleSequencer::new).toList());
        }
        for (ConnectorSettings connector : topology.connectors()) {
            stages.put(connector.id(), new OutputStage(connector, layout.slot(layout.home(connector.id())).gunContactor()));
            runs.put(connector.id(), new IslandRun(layout, connector.id(), owners));
        }
    }

    /** The output of a gun. */
    public OutputStage stage(int connectorId) {
        return stages.get(connectorId);
    }

    /** Takes what the hardware reports, and judges what contactors did of what they were told. */
    public RingState see(RingFeedback feedback) {
        book.judge(feedback, last);
        state = new RingState(layout, feedback, book.marked(feedback.contactors()), state, lastV, darkSince);
        return state;
    }

    /** A start at this gun can begin: its home slot, and all that welds tie to it, is lent to nobody. */
    public boolean ready(int connectorId) {
        return state == null || runs.get(connectorId).free(state);
    }

    /** What the connector shows of contactors in and beside its slot that do not do what they are told. */
    public List<Fault> faults(int connectorId) {
        int home = layout.home(connectorId);
        return book.faults(layout.slot(home), layout.slot(home - 1));
    }

    /** Names of the contactors in and beside the home slot. */
    public List<String> contactors(int connectorId) {
        int home = layout.home(connectorId);
        List<String> names = new ArrayList<>(List.of(layout.slot(home).gunContactor(), layout.contactor(home),
                layout.contactor(home - 1)));
        layout.slot(home).modules().forEach(module -> names.add(module.contactor()));
        return names;
    }

    /**
     * One tick.
     *
     * @param newState what {@link #see} gave in this tick
     * @param newPlan the plan in force
     * @param newInput limits of guns, modules and site at this moment
     */
    public void tick(RingState newState, Plan newPlan, PlanningInput newInput, RingLimits newLimits) {
        state = newState;
        plan = newPlan;
        input = newInput;
        limits = newLimits;
        capacityW = new HashMap<>();
        for (SlotInput slot : input.slots()) {
            for (ModuleInput module : slot.modules()) {
                capacityW.put(module.moduleId(), module.usable() ? module.capacityW() : 0);
            }
        }
        joinedGuns.check(state, stages, layout, PlanGuard.sharing(input, plan));
        Map<Integer, Optional<String>> missing = new HashMap<>();
        stages.keySet().forEach(id -> missing.put(id, followRun(id)));
        tickModules();
        stages.forEach((id, stage) -> stage.see(feed(id, missing.get(id))));
        shares = PowerShares.of(plan, input.gridLimitW(), powers());
        for (GunInput gun : input.guns()) {
            tickStage(gun);
        }
    }

    /** @return what the run lacks before it may be switched on */
    private Optional<String> followRun(int id) {
        OutputStage stage = stages.get(id);
        IslandRun run = runs.get(id);
        Island planned = plan.island(id).orElse(null);
        if (stage.step() == OutputStage.Step.ISOLATING) {
            return run.prepare(state, planned);
        }
        if (stage.off()) {
            run.release();
        } else if (stage.forceOff()) {
            run.dropTransfer();
        } else {
            if (run.transfer() != null) {
                if (stage.step() != OutputStage.Step.ON) {
                    run.transfer().stop(state);
                }
                tickTransfer(id, run, planned);
            }
            if (stage.step() == OutputStage.Step.ON) {
                run.follow(state, planned);
            }
        }
        return Optional.empty();
    }

    private void tickTransfer(int id, IslandRun run, Island planned) {
        SlotTransfer transfer = run.transfer();
        if (transfer == null) {
            return;
        }
        GunState gun = state.feedback().guns().get(id);
        transfer.tick(state, planned, gun == null ? Double.NaN : gun.presentCurrentA(), capacity(id).currentA(), limits);
        if (transfer == run.transfer() && transfer.hopeless(state.nowNanos()) && stages.get(id).step() == OutputStage.Step.ON) {
            stages.get(id).fail(FaultCause.MC_OPEN_TIMEOUT, "slots cannot be taken off the bus", state.nowNanos());
        }
    }

    private void tickModules() {
        for (int i = 0; i < layout.size(); i++) {
            for (ModuleSequencer module : modules.get(i)) {
                String id = module.settings().id();
                module.tick(state, i, want(i, module), capacityW.getOrDefault(id, 0.0) > 0,
                        book.mayClose(module.settings().contactor(), state.nowNanos()), limits.toleranceV());
            }
        }
    }

    private ModuleSequencer.Want want(int slot, ModuleSequencer module) {
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
        boolean planned = plan.island(run.connectorId()).map(island -> island.moduleIds().contains(id)).orElse(false);
        boolean stays = stage.step() == OutputStage.Step.RAMP_DOWN ? module.joined() : planned;
        return stays ? ModuleSequencer.Want.JOIN : ModuleSequencer.Want.LEAVE;
    }

    /**
     * What feeds a gun.
     *
     * @param powerW what it can give, W
     * @param currentA what it can give, A
     */
    private record Capacity(double powerW, double currentA) {
    }

    /** What the modules on the bus can give that are not about to leave it. */
    private Capacity capacity(int id) {
        double powerW = 0;
        double currentA = 0;
        SlotTransfer transfer = runs.get(id).transfer();
        for (int i = 0; i < layout.size(); i++) {
            if (feeds(id, i) && !(transfer != null && transfer.contains(i) && transfer.leaves())) {
                for (ModuleSequencer module : modules.get(i)) {
                    powerW += module.joined() ? capacityW.getOrDefault(module.settings().id(), 0.0) : 0;
                    currentA += module.joined() ? mostA(id, module) : 0;
                }
            }
        }
        return new Capacity(powerW, currentA);
    }

    private double mostA(int id, ModuleSequencer module) {
        double voltageV = input.guns().stream().filter(gun -> gun.connectorId() == id).findFirst().orElseThrow().voltageV();
        double byPowerA = voltageV > 0 ? capacityW.getOrDefault(module.settings().id(), 0.0) / voltageV : 0;
        return module.settings().ratedCurrentA() > 0 ? Math.min(byPowerA, module.settings().ratedCurrentA()) : byPowerA;
    }

    /** The modules of this slot are on the gun's bus and give it current. */
    private boolean feeds(int id, int slot) {
        SlotTransfer transfer = runs.get(id).transfer();
        return runs.get(id).spans(slot) && !(transfer != null && transfer.contains(slot) && transfer.silent());
    }

    private OutputStage.Feed feed(int id, Optional<String> missing) {
        IslandRun run = runs.get(id);
        Capacity capacity = capacity(id);
        List<String> joined = new ArrayList<>();
        boolean off = run.transfer() == null;
        boolean heldUp = false;
        for (int i = 0; i < layout.size(); i++) {
            for (ModuleSequencer module : modules.get(i)) {
                if (run.spans(i) && module.joined()) {
                    joined.add(module.settings().id());
                }
                off &= !run.owns(i) || module.off();
                heldUp |= run.spans(i) && module.undischarged();
            }
        }
        return new OutputStage.Feed(missing, joined, capacity.powerW(), capacity.currentA(), state.busV(run.home()),
                state.measured(run.home()), off, heldUp);
    }

    private Map<Integer, PowerShares.Gun> powers() {
        Map<Integer, PowerShares.Gun> powers = new LinkedHashMap<>();
        for (GunInput gun : input.guns()) {
            OutputStage stage = stages.get(gun.connectorId());
            GunState known = state.feedback().guns().get(gun.connectorId());
            double actualW = known == null ? Double.NaN : known.presentVoltageV() * known.presentCurrentA();
            double limitW = gun.active() ? Math.min(gun.maxPowerW(), gun.maxCurrentA() * gun.voltageV()) : 0;
            if (stage.step() == OutputStage.Step.ON) {
                limitW = Math.min(limitW, Math.min(stage.joinedPowerW(), capacity(gun.connectorId()).currentA() * gun.voltageV()));
            }
            powers.put(gun.connectorId(), new PowerShares.Gun(limitW * joinedGuns.factor(gun.connectorId(), state.nowNanos()),
                    Double.isNaN(actualW) ? 0 : Math.max(0, actualW), stage.setpointA() * gun.voltageV()));
        }
        return powers;
    }

    private void tickStage(GunInput gun) {
        int id = gun.connectorId();
        OutputStage stage = stages.get(id);
        GunState known = state.feedback().guns().get(id);
        double askedA = known == null || Double.isNaN(known.targetCurrentA()) ? 0 : known.targetCurrentA();
        double shareA = gun.voltageV() > 0 ? shares.getOrDefault(id, 0.0) / gun.voltageV() : 0;
        double allowedA = stage.step() == OutputStage.Step.ON ? Math.min(askedA, shareA) : gun.maxCurrentA();
        stage.tick(state, known, gun, allowedA, book.mayClose(layout.slot(layout.home(id)).gunContactor(), state.nowNanos()), limits);
        if (stage.step() == OutputStage.Step.ON && givesWay(id)) {
            stage.stop(state.nowNanos());
        }
    }

    /** A weld joins this gun's slots to those of another, and the plan has given the bus to the other. */
    private boolean givesWay(int id) {
        if (plan.island(id).isPresent()) {
            return false;
        }
        boolean[] bus = state.bus(layout.home(id), state::edgeWelded);
        return plan.islands().stream().anyMatch(island -> bus[layout.home(island.connectorId())]);
    }

    /** What the gun may take and is offered, W. */
    public double offerW(int connectorId) {
        return shares.getOrDefault(connectorId, 0.0);
    }

    /** Slots are being joined to a gun's bus, or parted from it. */
    public boolean transferring() {
        return runs.values().stream().anyMatch(run -> run.transfer() != null);
    }

    /** The slots that are joined to the gun's bus, clockwise. */
    public List<Integer> slots(int connectorId) {
        return runs.get(connectorId).slotIds();
    }

    /** How many switching steps the guard has refused. */
    public long refusals() {
        return guard.refusals();
    }

    /**
     * The command of this tick.
     *
     * @param guns wanted state of the guns; one that is left out is off
     */
    public HardwareCommand command(long number, long issuedNanos, List<GunCommand> guns) {
        Map<Integer, Double> setpoints = new HashMap<>();
        stages.forEach((id, stage) -> setpoints.put(id, stage.setpointA()));
        Set<String> openAnyway = new TreeSet<>();
        stages.forEach((id, stage) -> {
            if (stage.opensAnyway() || guns.stream().noneMatch(gun -> gun.connectorId() == id)) {
                openAnyway.add(layout.slot(layout.home(id)).gunContactor());
            }
        });
        HardwareCommand wanted = new HardwareCommand(number, issuedNanos, guns, moduleCommands(), busContactors());
        last = guard.checked(state, last, wanted, new StepGuard.Rules(limits, input, setpoints, openAnyway));
        return last;
    }

    private List<ModuleCommand> moduleCommands() {
        List<ModuleCommand> commands = new ArrayList<>();
        for (int i = 0; i < layout.size(); i++) {
            int owner = owners[i];
            OutputStage stage = stages.get(owner);
            double totalA = stage == null ? 0 : sharingA(owner);
            for (ModuleSequencer module : modules.get(i)) {
                boolean gives = stage != null && feeds(owner, i) && module.joined() && totalA > 0;
                double currentA = gives ? stage.setpointA() * mostA(owner, module) / totalA : 0;
                commands.add(module.command(stage == null ? 0 : voltage(owner, i), currentA));
            }
        }
        return commands;
    }

    /** A slot that is being joined goes to the voltage that its island has at this moment. */
    private double voltage(int id, int slot) {
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

    private Set<String> busContactors() {
        Set<String> closed = new TreeSet<>();
        for (int edge = 0; edge < layout.size(); edge++) {
            String contactor = layout.contactor(edge);
            if (layout.exists(edge) && wants(edge)
                    && (state.edgeClosed(edge) || book.mayClose(contactor, state.nowNanos()) && !state.stuckOpen(contactor))) {
                closed.add(contactor);
            }
        }
        return closed;
    }

    private boolean wants(int edge) {
        Boolean wanted = null;
        for (IslandRun run : runs.values()) {
            Boolean one = run.wants(state, edge, stages.get(run.connectorId()).forceOff());
            if (one != null) {
                wanted = wanted == null ? one : wanted & one;
            }
        }
        if (wanted != null) {
            return wanted;
        }
        String contactor = layout.contactor(edge);
        boolean was = last != null && last.closedBusContactors().contains(contactor);
        return plan.closedBusContactors().contains(contactor)
                && (state.edgeClosed(edge) || state.position(contactor) == Position.UNKNOWN && was);
    }
}
