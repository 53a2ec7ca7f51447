package dcocpp.controller.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.session.ControlPace;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.planning.Derating;
import dcocpp.controller.internal.planning.PlannerSlot;
import dcocpp.controller.internal.planning.PlanningInputs;
import dcocpp.controller.internal.power.GunView;
import dcocpp.controller.internal.ring.OutputStage;
import dcocpp.controller.internal.ring.RingFeedback;
import dcocpp.controller.internal.ring.RingLimits;
import dcocpp.controller.internal.ring.RingState;
import dcocpp.controller.internal.ring.WearMeter;
import dcocpp.controller.internal.session.ConnectorMachine;

/**
 * One tick of the charger: from what the hardware says to what it shall do. The plan in force is scaled down to the limits of the moment,
 * never up; without a fresh plan it is held, after ten seconds the partition is frozen. Belongs to the control thread.
 */
final class ControlLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration PERIOD = Duration.ofMillis(ChargerController.TICK_MS);
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration SILENT = Duration.ofSeconds(2);
    private static final Duration SIMULATION_SILENT = Duration.ofSeconds(15);
    private static final Duration HOLD = Duration.ofSeconds(10);

    private final TimeSource time;
    private final HardwareSlot hardware;
    private final PlannerSlot planners;
    private final WearMeter wear;
    private PlanSnapshot.State planState = PlanSnapshot.State.FRESH;
    private Plan plan = Plan.EMPTY;
    private PlanningInput input;
    private HardwareSnapshot snapshot;
    private boolean ready;
    private double gridLimitW;
    private double totalPowerW;
    private final Derating derating = new Derating();
    private long commandNumber;
    private long heldTicks;
    private long unplannedTicks;
    private final Set<Integer> broken = new HashSet<>();
    private final FailureLog failures = new FailureLog();
    private Fallback fallback = new Fallback();
    private Cabinet driven;
    private final long startedNanos;
    private RingState state;
    private ControlPace pace = ControlPace.NONE;

    ControlLoop(TimeSource time, HardwareSlot hardware, PlannerSlot planners, WearMeter wear) {
        this.time = time;
        this.hardware = hardware;
        this.planners = planners;
        this.wear = wear;
        this.startedNanos = time.nanoTime();
    }

    /**
     * One tick. A command goes out in every one: where it cannot be found, because of a bug, the {@link Fallback} gives it.
     *
     * @param siteFaults faults of the controller itself that every connector has
     */
    void tick(Cabinet cabinet, SiteSettings.Values site, BackOfficeState wishes, List<Fault> siteFaults) {
        long now = time.nanoTime();
        if (cabinet != driven) {
            driven = cabinet;
            fallback = new Fallback();
            broken.clear();
        }
        HardwareCommand command;
        try {
            command = decide(cabinet, site, wishes, siteFaults, now);
            fallback.works(command, now);
        } catch (RuntimeException | Error e) {
            command = withoutRing(cabinet, e, now);
        }
        if (!hardware.command(command, now)) {
            cabinet.ring().interrupted(null);
        }
    }

    private HardwareCommand decide(Cabinet cabinet, SiteSettings.Values site, BackOfficeState wishes, List<Fault> siteFaults, long now) {
        snapshot = hardware.snapshot(now);
        boolean silent = now - snapshot.takenNanos() > silentNanos();
        ready = snapshot.condition() == HardwareSnapshot.Condition.READY && !silent;
        long taken = silent ? now : snapshot.takenNanos();
        String why = silent ? "the hardware is silent" : snapshot.detail();
        Map<Integer, GunState> guns = new HashMap<>();
        Map<String, ModuleState> modules = new HashMap<>();
        if (ready) {
            snapshot.guns().stream().filter(Plausible::gun).forEach(gun -> guns.put(gun.connectorId(), gun));
            snapshot.modules().stream().filter(Plausible::module).forEach(module -> modules.put(module.moduleId(), module));
        }
        Map<String, ContactorState> contactors = new HashMap<>();
        snapshot.contactors().forEach(contactor -> contactors.put(contactor.contactorId(),
                ready ? contactor : Plausible.unknown(contactor)));
        for (ConnectorMachine connector : cabinet.connectors()) {
            guns.computeIfAbsent(connector.settings().id(),
                    id -> GunView.unknownGun(id, now, ready ? "no plausible values" : why));
        }
        Throwable blind = null;
        try {
            state = cabinet.ring().see(new RingFeedback(taken, hardware.capabilities(), hardware.inUse(), guns, modules, contactors));
        } catch (RuntimeException | Error e) {
            blind = e;
        }
        if (blind == null) {
            // A fault in it costs nobody his energy.
            failures.guarded("Counting wear", () -> wear.see(state), time);
        }
        Map<Integer, GunView> views = new HashMap<>();
        for (ConnectorMachine connector : cabinet.connectors()) {
            int id = connector.settings().id();
            views.put(id, new GunView(taken, guns.get(id), blind == null ? state.contactors() : contactors));
        }
        tickSessions(cabinet, views, siteFaults, now);
        if (blind != null) {
            throw new IllegalStateException("what the hardware reports cannot be read", blind);
        }
        plan(cabinet, site, wishes, guns, modules, time.now(), now);
        return drive(cabinet, site, views, now);
    }

    /** Sessions go on as far as they can; none of them gets energy. */
    private HardwareCommand withoutRing(Cabinet cabinet, Throwable failure, long now) {
        if (failures.due("ring", failure, now)) {
            LOG.error("The ring cannot be controlled: no current, and everything off if that goes on", failure);
        }
        HardwareCommand command = fallback.command(++commandNumber, now, failure.getCause() == null ? failure : failure.getCause(),
                id -> cabinet.connector(id).stage().forceOff(), id -> cabinet.connector(id).touchable());
        cabinet.ring().interrupted(command);
        fallback.fault().ifPresent(fault -> cabinet.connectors().forEach(connector -> end(connector, fault.detail(), now)));
        return command;
    }

    /** A simulation whose clock runs faster than ours may fall behind on a loaded machine; real hardware may not. */
    private long silentNanos() {
        return (time.rate() == 1 ? SILENT : SIMULATION_SILENT.multipliedBy((long) Math.ceil(time.rate()))).toNanos();
    }

    private void tickSessions(Cabinet cabinet, Map<Integer, GunView> views, List<Fault> siteFaults, long now) {
        Optional<Fault> trip = siteTrip(cabinet, views);
        for (ConnectorMachine connector : cabinet.connectors()) {
            int id = connector.settings().id();
            List<Fault> faults = new ArrayList<>(siteFaults);
            fallback.fault().ifPresent(faults::add);
            hardware.refusing(now).ifPresent(why -> faults.add(new Fault(FaultCause.PLC_UNAVAILABLE, why)));
            faults.addAll(cabinet.ring().faults(id));
            faults.addAll(onCommonBus(cabinet, views, id));
            if (planState == PlanSnapshot.State.FROZEN) {
                faults.add(new Fault(FaultCause.PLANNER, "no fresh plan"));
            }
            if (trip.isPresent() && views.get(id).gun().faults().stream().noneMatch(ConnectorMachine::tripsSite)
                    && connector.siteTrip().isEmpty()) {
                faults.add(trip.get());
            }
            boolean planned = plan.island(id).filter(island -> !island.moduleIds().isEmpty()).isPresent() && cabinet.ring().ready(id);
            broken.remove(id);
            guarded(connector, () -> connector.tick(views.get(id), faults, planned,
                    planners.served() && planState == PlanSnapshot.State.FRESH));
        }
    }

    /** An insulation fault is one of the whole bus, whichever of its PLCs has seen it. */
    private static List<Fault> onCommonBus(Cabinet cabinet, Map<Integer, GunView> views, int connectorId) {
        return cabinet.ring().lenders(connectorId).stream()
                .filter(lender -> views.get(lender).gun().faults().stream().anyMatch(fault -> fault.cause() == FaultCause.ISOLATION))
                .map(lender -> new Fault(FaultCause.ISOLATION, "seen at connector " + lender + " on the common bus")).toList();
    }

    /** What stops every gun: seen in this very snapshot, or latched since an earlier one. */
    private static Optional<Fault> siteTrip(Cabinet cabinet, Map<Integer, GunView> views) {
        for (ConnectorMachine connector : cabinet.connectors()) {
            int id = connector.settings().id();
            Optional<Fault> cause = views.get(id).gun().faults().stream().filter(ConnectorMachine::tripsSite).findFirst()
                    .or(connector::siteTrip);
            if (cause.isPresent()) {
                return Optional.of(new Fault(FaultCause.SITE_TRIP, cause.get().cause() + " at connector " + id));
            }
        }
        return Optional.empty();
    }

    /** A bug or nonsense at one gun switches that gun off and no other; when it works again its output begins anew, with a precharge. */
    private void guarded(ConnectorMachine connector, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed(connector, e);
        }
    }

    private void failed(ConnectorMachine connector, Throwable failure) {
        int id = connector.settings().id();
        long now = time.nanoTime();
        broken.add(id);
        if (failures.due("connector " + id, failure, now)) {
            LOG.error("Connector {} fails and is switched off", id, failure);
        }
        end(connector, "its control fails: " + failure.getClass().getSimpleName(), now);
    }

    private void end(ConnectorMachine connector, String detail, long now) {
        failures.guarded("Ending the transaction of connector " + connector.settings().id(), () -> connector.failed(detail, now), time);
    }

    private void plan(Cabinet cabinet, SiteSettings.Values site, BackOfficeState wishes, Map<Integer, GunState> guns,
            Map<String, ModuleState> modules, Instant wall, long now) {
        // Before the planner is asked again: else every second plan would go on from the last but one, and the two lines of plans differ.
        if (planners.latest() != null) {
            plan = planners.latest();
        }
        gridLimitW = Math.min(site.gridLimitW(), limit(wishes, 0, "", wall));
        Map<Integer, PlanningInputs.Wish> gunWishes = new LinkedHashMap<>();
        for (ConnectorMachine connector : cabinet.connectors()) {
            int id = connector.settings().id();
            gunWishes.put(id, new PlanningInputs.Wish(connector.wantsPower(), connector.stage().step() == OutputStage.Step.ON,
                    !connector.occupancy().reserved() && !connector.inSession() && (!connector.plugged() || site.planner().lendPlugged())
                            && !connector.faultCauses().contains(FaultCause.GC_WELD),
                    guns.get(id).safe(),
                    Math.min(connector.configuredMaxW(), limit(wishes, id, connector.transactionId(), wall)), connector.offeredW()));
        }
        Map<String, ModuleState> fit = new HashMap<>(modules);
        cabinet.ring().resting().forEach(fit::remove);
        input = PlanningInputs.build(now, cabinet.topology(), site, onThisHardware(site.planner()), gridLimitW, guns, fit,
                state.contactors(), gunWishes, plan, derating, wear);
        planners.cycle(input, !cabinet.ring().transferring() && cabinet.connectors().stream().noneMatch(ConnectorMachine::switching));
        judgePlanAge(now);
    }

    /** Without contactors that somebody can switch a gun has its home slot only. */
    private PlannerSettings onThisHardware(PlannerSettings settings) {
        return new PlannerSettings(settings.crossSlotIslands() && hardware.capabilities().ringActuation(),
                settings.maxModulesPerGun(), settings.minModulesPerActiveGun(), settings.maxIslandRadius(),
                settings.minModuleHoldMs(), settings.minMcHoldMs(), settings.minGcHoldMs(), settings.repartitionGainW(),
                settings.repartitionGainPercent(), settings.repartitionPersistMs(), settings.repartitionMinIntervalMs(),
                settings.lendPlugged());
    }

    private void judgePlanAge(long now) {
        long age = now - (planners.latest() == null ? startedNanos : planners.latestNanos());
        PlanSnapshot.State state = age <= FRESH.toNanos() * Math.max(1, time.rate())
                ? PlanSnapshot.State.FRESH
                : age <= HOLD.toNanos() * Math.max(1, time.rate()) ? PlanSnapshot.State.HELD : PlanSnapshot.State.FROZEN;
        if (state == PlanSnapshot.State.FROZEN && planState != state) {
            LOG.error("No fresh plan for {} s: the partition is frozen", HOLD.toSeconds());
        } else if (state == PlanSnapshot.State.FRESH && planState == PlanSnapshot.State.FROZEN) {
            LOG.info("Plans are fresh again");
        }
        planState = state;
        heldTicks += state == PlanSnapshot.State.HELD ? 1 : 0;
        unplannedTicks += planners.latest() == null || state == PlanSnapshot.State.FROZEN ? 1 : 0;
    }

    /**
     * The least of all limits that the back office has set for this gun, or the site (0), W. Those that name the running transaction
     * stand in for those that name none.
     */
    private static double limit(BackOfficeState wishes, int connectorId, String transactionId, Instant at) {
        double limit = Double.POSITIVE_INFINITY;
        double own = Double.NaN;
        for (LimitSchedule schedule : wishes.limits()) {
            if (schedule.connectorId() == connectorId) {
                double limitW = schedule.limitW(at);
                if (schedule.transactionId().isEmpty()) {
                    limit = Math.min(limit, limitW);
                } else if (schedule.transactionId().equals(transactionId)) {
                    own = Double.isNaN(own) ? limitW : Math.min(own, limitW);
                }
            }
        }
        return Double.isNaN(own) ? limit : own;
    }

    private HardwareCommand drive(Cabinet cabinet, SiteSettings.Values site, Map<Integer, GunView> views, long now) {
        totalPowerW = views.values().stream().mapToDouble(view -> Math.max(0, view.presentVoltageV() * view.presentCurrentA())).sum();
        cabinet.ring().tick(state, planners.latest() == null ? PlanningInputs.unplanned(input) : plan, input,
                new RingLimits(site.openCurrentA(), site.prechargeToleranceV(), site.prechargeTimeoutMs() * 1_000_000L,
                        planState == PlanSnapshot.State.FROZEN));
        reportFailures(cabinet);
        List<GunCommand> gunCommands = new ArrayList<>();
        for (GunInput gun : input.guns()) {
            ConnectorMachine connector = cabinet.connector(gun.connectorId());
            if (!broken.contains(gun.connectorId())) {
                guarded(connector, () -> {
                    double offerW = connector.wantsPower() ? cabinet.ring().offerW(gun.connectorId()) : 0;
                    gunCommands.add(connector.command(offerW, offerW / gun.voltageV(), connector.faultCauses()));
                });
            }
            if (broken.contains(gun.connectorId())) {
                gunCommands.add(connector.off());
            }
        }
        HardwareCommand command = cabinet.ring().command(++commandNumber, now, gunCommands);
        reportFailures(cabinet);
        return command;
    }

    private void reportFailures(Cabinet cabinet) {
        cabinet.ring().failures().forEach((id, failure) -> {
            ConnectorMachine connector = cabinet.connector(id);
            if (connector != null) {
                failed(connector, failure);
            } else if (failures.due("ring", failure, time.nanoTime())) {
                LOG.error("The ring's control fails at a slot without gun", failure);
            }
        });
    }

    /** The work of a whole tick is done that began at this process time. */
    void ended(long beganNanos) {
        pace = pace.with(time.nanoTime() - beganNanos, PERIOD.toNanos());
    }

    /** How long ticks have taken. */
    ControlPace pace() {
        return pace;
    }

    HardwareSnapshot hardwareSnapshot() {
        return snapshot;
    }

    /** The hardware says that it is ready, and is not silent. */
    boolean hardwareReady() {
        return ready;
    }

    PlanSnapshot planSnapshot() {
        return new PlanSnapshot(plan, planState, planners.latestNanos(), gridLimitW, totalPowerW, planners.refused(), heldTicks,
                unplannedTicks, planners.latestInput());
    }

    /** What the planners were asked in this tick; null before the first one. */
    PlanningInput input() {
        return input;
    }
}
