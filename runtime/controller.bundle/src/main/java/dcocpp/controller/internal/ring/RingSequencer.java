package dcocpp.controller.internal.ring;

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
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
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

    /** So long a bus contactor that did not open under load may take once its gun is off. */
    private static final long PART_NANOS = 2_000_000_000L;
    private static final Optional<Fault> UNKNOWN_SLOTS = Optional.of(new Fault(FaultCause.LOCAL_FAULT, "its slots are not known"));

    private final RingLayout layout;
    private final ContactorBook book;
    private final StepGuard guard;
    private final Map<Integer, OutputStage> stages = new LinkedHashMap<>();
    private final Map<Integer, IslandRun> runs = new LinkedHashMap<>();
    private final Map<Integer, UnaskedOpenings> openings = new HashMap<>();
    private final boolean[] takeable;
    private final ModuleBank modules;
    private final ModuleHealth health = new ModuleHealth();
    private final ConnectorFaults faults;
    private final double[] lastV;
    private final long[] darkSince;
    private final JoinedGuns joinedGuns = new JoinedGuns();
    private final GunWelds gunWelds = new GunWelds();
    private RingState state;
    private HardwareCommand last;
    private Plan plan = Plan.EMPTY;
    private PlanningInput input;
    private RingLimits limits;
    private Map<Integer, Double> shares = Map.of();
    private final Map<Integer, Throwable> failures = new LinkedHashMap<>();

    public RingSequencer(Topology topology, ContactorBook book) {
        this(topology, book, new StepGuard());
    }

    /** With another guard, for tests. */
    public RingSequencer(Topology topology, ContactorBook book, StepGuard guard) {
        this.layout = new RingLayout(topology);
        this.book = book;
        this.guard = guard;
        book.cabinet(topology);
        int[] owners = new int[layout.size()];
        lastV = new double[layout.size()];
        darkSince = new long[layout.size()];
        takeable = new boolean[layout.size()];
        Arrays.fill(lastV, Double.NaN);
        Arrays.fill(darkSince, Long.MAX_VALUE);
        for (ConnectorSettings connector : topology.connectors()) {
            stages.put(connector.id(), new OutputStage(connector, layout.slot(layout.home(connector.id())).gunContactor()));
            runs.put(connector.id(), new IslandRun(layout, connector.id(), owners, takeable));
            openings.put(connector.id(), new UnaskedOpenings(runs.get(connector.id())));
        }
        modules = new ModuleBank(layout, stages, runs, owners);
        faults = new ConnectorFaults(layout, book, modules, health);
    }

    /** The output of a gun. */
    public OutputStage stage(int connectorId) {
        return stages.get(connectorId);
    }

    /** Takes what the hardware reports, and judges what contactors did of what they were told. */
    public RingState see(RingFeedback feedback) {
        book.judge(feedback, last);
        health.see(feedback);
        state = new RingState(layout, feedback, book.marked(feedback.contactors()), state, lastV, darkSince);
        return state;
    }

    /**
     * A start at this gun can begin: its home slot, and all that welds tie to it, is lent to nobody, and while the plan is frozen a module of
     * the home slot shall feed.
     */
    public boolean ready(int connectorId) {
        return state == null || runs.get(connectorId).free(state) && (limits == null || !limits.frozen() || plan.island(connectorId)
                .filter(island -> runs.get(connectorId).goal().feeds(island, 0)).isPresent());
    }

    /** What the connector shows of contactors and modules in and beside its slot, and in slots without gun behind it, that do not obey. */
    public List<Fault> faults(int connectorId) {
        return faults.of(connectorId, input != null && input.settings().crossSlotIslands());
    }

    /** Names of the contactors that {@link #faults} tells of. */
    public List<String> contactors(int connectorId) {
        return faults.contactors(connectorId);
    }

    /** An operator says that the modules that {@link #faults} tells of are in order again. */
    public void tryModulesAgain(int connectorId) {
        faults.tryModulesAgain(connectorId);
    }

    /** Modules that did not come onto their bus and are left alone for a while: no plan shall count on them. */
    public Set<String> resting() {
        return modules.resting();
    }

    /**
     * One tick. What throws at one gun switches that gun off and no other, see {@link #failures}.
     *
     * @param newState what {@link #see} gave in this tick
     * @param newPlan the plan in force
     * @param newInput limits of guns, modules and site at this moment
     */
    public void tick(RingState newState, Plan newPlan, PlanningInput newInput, RingLimits newLimits) {
        failures.clear();
        state = newState;
        plan = newPlan;
        input = newInput;
        limits = newLimits;
        Arrays.fill(takeable, false);
        input.slots().stream().filter(slot -> slot.lendable() && !limits.frozen()).mapToInt(slot -> layout.indexOf(slot.slotId()))
                .filter(slot -> slot >= 0).forEach(slot -> takeable[slot] = true);
        modules.limits(input);
        joinedGuns.check(state, stages, layout, PlanGuard.sharing(input, plan));
        Map<Integer, Optional<Fault>> missing = new HashMap<>();
        stages.keySet().forEach(id -> guarded(id, () -> missing.put(id, followRun(id))));
        modules.tick(state, plan, book, limits, this::failed);
        stages.forEach((id, stage) -> guarded(id,
                () -> stage.see(modules.feed(state, id, missing.getOrDefault(id, UNKNOWN_SLOTS)), state.nowNanos())));
        shares = PowerShares.of(plan, input.gridLimitW(), powers());
        for (GunInput gun : input.guns()) {
            guarded(gun.connectorId(), () -> tickStage(gun));
        }
        gunWelds.check(state, stages, book);
    }

    private void guarded(int id, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed(id, e);
        }
    }

    private void failed(int id, Throwable failure) {
        failures.putIfAbsent(id, failure);
        OutputStage stage = stages.get(id);
        if (stage != null) {
            stage.emergencyOff(state.nowNanos());
        }
    }

    /** What went wrong since the last {@link #tick} began, by the connector that is switched off because of it; 0 = nobody's slot. */
    public Map<Integer, Throwable> failures() {
        return failures;
    }

    /** @return what the run lacks before it may be switched on */
    private Optional<Fault> followRun(int id) {
        OutputStage stage = stages.get(id);
        IslandRun run = runs.get(id);
        Island planned = plan.island(id).orElse(null);
        if (stage.step() == OutputStage.Step.ISOLATING) {
            Optional<Fault> missing = run.prepare(state, planned);
            if (missing.isPresent() || run.fedBy(planned)) {
                return missing;
            }
            // The slots of the plan's modules may be on their way from another gun, or behind a weld that has let go.
            stage.waitForOthers(state.nowNanos());
            return Optional.of(new Fault(FaultCause.ISLAND_SLOT_FAULT, "none of its modules is free"));
        }
        if (stage.off()) {
            run.release();
        } else if (stage.forceOff() || stuck(id, stage)) {
            run.dropTransfer();
            if (modules.off(run)) {
                // Its contactor may stay closed for hours: the slots that it had borrowed are not needed for that.
                run.keepHome(state);
            }
        } else {
            if (stage.feeding()) {
                openings.get(id).cut(state).ifPresent(book::opened);
                if (stage.starting() && !run.fedBy(planned) && modules.off(run)) {
                    // A weld that has let go, or another plan, has taken its modules: it begins anew with those that it gets.
                    stage.stop(state.nowNanos());
                }
            } else {
                openings.get(id).forget();
            }
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

    /** All is off but for the gun's own contactor, which does not open. */
    private boolean stuck(int id, OutputStage stage) {
        return stage.step() == OutputStage.Step.OPENING && !state.gunOpen(layout.home(id)) && modules.off(runs.get(id));
    }

    private void tickTransfer(int id, IslandRun run, Island planned) {
        SlotTransfer transfer = run.transfer();
        if (transfer == null) {
            return;
        }
        GunState gun = state.feedback().guns().get(id);
        transfer.tick(state, planned, gun == null ? Double.NaN : gun.presentCurrentA(), modules.capacity(id).currentA(), limits);
        transfer.slowLead().ifPresent(lead -> modules.rest(lead, state.nowNanos()));
        if (transfer == run.transfer() && transfer.hopeless(state.nowNanos())) {
            endHopeless(run, stages.get(id));
        }
    }

    /** What cannot be parted under load is parted without: the gun stops, and its session starts it again. Only an open gun is no help. */
    private void endHopeless(IslandRun run, OutputStage stage) {
        if (stage.step() == OutputStage.Step.ON) {
            stage.stop(state.nowNanos());
        } else if (stage.step() == OutputStage.Step.OPENING && stage.inStepNanos(state.nowNanos()) > PART_NANOS) {
            if (stage.fault() == null) {
                stage.failed(FaultCause.MC_OPEN_TIMEOUT, "slots cannot be taken off the bus");
            }
            run.dropTransfer();
        }
    }

    private Map<Integer, PowerShares.Gun> powers() {
        Map<Integer, PowerShares.Gun> powers = new LinkedHashMap<>();
        for (GunInput gun : input.guns()) {
            guarded(gun.connectorId(), () -> powers.put(gun.connectorId(), power(gun)));
        }
        return powers;
    }

    private PowerShares.Gun power(GunInput gun) {
        OutputStage stage = stages.get(gun.connectorId());
        double limitW = gun.active() ? Math.min(gun.maxPowerW(), gun.maxCurrentA() * gun.voltageV()) : 0;
        if (stage.step() == OutputStage.Step.ON) {
            limitW = Math.min(limitW, Math.min(stage.joinedPowerW(), modules.capacity(gun.connectorId()).currentA() * gun.voltageV()));
        }
        return new PowerShares.Gun(limitW * joinedGuns.factor(gun.connectorId(), state.nowNanos()),
                state.drawnW(layout.home(gun.connectorId())), stage.setpointA() * gun.voltageV());
    }

    private void tickStage(GunInput gun) {
        int id = gun.connectorId();
        OutputStage stage = stages.get(id);
        GunState known = state.feedback().guns().get(id);
        double askedA = known == null || !(known.targetCurrentA() > 0) ? 0 : known.targetCurrentA();
        double shareA = gun.voltageV() > 0 ? shares.getOrDefault(id, 0.0) / gun.voltageV() : 0;
        double allowedA = stage.step() == OutputStage.Step.ON ? Math.min(askedA, shareA) : gun.maxCurrentA();
        stage.tick(state, known, gun, allowedA, book.mayClose(layout.slot(layout.home(id)).gunContactor(), state.nowNanos()), limits);
        if (stage.step() == OutputStage.Step.ON && gun.active() && givesWay(id)) {
            stage.stop(state.nowNanos());
        }
    }

    /**
     * A weld joins this gun's slots to the home of another that wants energy, and the plan has nothing for this one: the other comes first,
     * and gets nothing either until this one is off the bus.
     */
    private boolean givesWay(int id) {
        if (plan.island(id).isPresent()) {
            return false;
        }
        boolean[] bus = state.bus(layout.home(id), state::edgeWelded);
        return input.guns().stream().anyMatch(other -> other.active() && other.connectorId() != id
                && bus[layout.home(other.connectorId())]);
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

    /** Connectors of the slots that are lent to this gun: what their PLCs see of the common bus concerns it too. */
    public List<Integer> lenders(int connectorId) {
        return slots(connectorId).stream().map(id -> layout.slot(layout.indexOf(id)).connectorId())
                .filter(id -> id != 0 && id != connectorId).toList();
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
        HardwareCommand wanted = new HardwareCommand(number, issuedNanos, guns, modules.commands(state, this::failed), busContactors());
        last = guard.checked(state, last, wanted, new StepGuard.Rules(limits, input, setpoints, openAnyway));
        return last;
    }

    /**
     * The hardware was told something else than the latest {@link #command}: no contactor is blamed for that, and currents begin at zero
     * again.
     *
     * @param told what it was told; null = not known
     */
    public void interrupted(HardwareCommand told) {
        last = told;
        book.watchAnew();
        openings.values().forEach(UnaskedOpenings::forget);
        stages.values().forEach(OutputStage::restartRamp);
    }

    private Set<String> busContactors() {
        Set<String> closed = new TreeSet<>();
        for (int edge = 0; edge < layout.size(); edge++) {
            String contactor = layout.contactor(edge);
            // What is welded is always told to open: nobody else would find out that it has been replaced.
            if (layout.exists(edge) && !state.edgeWelded(edge) && wants(edge)
                    && (state.edgeClosed(edge) || book.mayClose(contactor, state.nowNanos()) && !state.stuckOpen(contactor))) {
                closed.add(contactor);
            }
        }
        return closed;
    }

    private boolean wants(int edge) {
        Boolean wanted = null;
        for (IslandRun run : runs.values()) {
            Boolean one = wants(run, edge);
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

    private Boolean wants(IslandRun run, int edge) {
        try {
            return run.wants(state, edge, stages.get(run.connectorId()).forceOff() && !modules.off(run));
        } catch (RuntimeException | Error e) {
            failed(run.connectorId(), e);
            return run.owns(edge) || run.owns(edge + 1) ? state.edgeClosed(edge) : null;
        }
    }
}
