package dcocpp.daysim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.planning.PlanningInputs;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.OutputStage;
import dcocpp.controller.internal.ring.RingFeedback;
import dcocpp.controller.internal.ring.RingLimits;
import dcocpp.controller.internal.ring.RingSequencer;
import dcocpp.controller.internal.ring.RingState;

/** The charger's software as far as it moves power: the planner, the guard and the sequencer of the product, and a session per gun. */
final class Host {

    private static final HardwareCapabilities CAPABILITIES = new HardwareCapabilities(true, true, true);
    private static final long NANOS_PER_MS = 1_000_000;

    private final Topology topology;
    private final PlantedBug bug;
    private final ChargePlanner planner;
    private final ContactorBook book = new ContactorBook("", kept -> { });
    private final RingSequencer ring;
    private final Map<Integer, GunSession> sessions = new TreeMap<>();
    private final Map<Integer, Double> profilesW = new HashMap<>();
    private double gridLimitW = Site.GRID_W;
    private Plan plan = Plan.EMPTY;
    private PlanningInput asked;
    private Plan answer;
    private HardwareCommand command;
    private long number;
    private long refusedPlans;
    private long movedNanos;

    Host(Topology topology, PlantedBug bug) {
        this.topology = topology;
        this.bug = bug;
        this.planner = bug.planner();
        this.ring = bug.sequencer(topology, book);
        topology.connectors().forEach(connector -> sessions.put(connector.id(), new GunSession(connector.id(),
                ring.stage(connector.id()))));
    }

    GunSession session(int connectorId) {
        return sessions.get(connectorId);
    }

    Collection<GunSession> sessions() {
        return sessions.values();
    }

    /** All connectors. */
    Set<Integer> everybody() {
        return sessions.keySet();
    }

    void gridLimit(double watt) {
        gridLimitW = watt;
    }

    void profile(int connectorId, double watt) {
        profilesW.put(connectorId, watt);
    }

    /** The operator clears the faults of these guns and the marks of these contactors. */
    void clear(Collection<Integer> connectorIds, Collection<String> contactors, long nowNanos) {
        connectorIds.forEach(id -> sessions.get(id).clearFaults(nowNanos));
        book.clear(contactors);
    }

    long refusedPlans() {
        return refusedPlans;
    }

    long refusedSteps() {
        return ring.refusals();
    }

    /** One tick: what the cabinet shall do. */
    HardwareCommand tick(HardwareSnapshot snapshot) {
        Map<Integer, GunState> guns = new HashMap<>();
        snapshot.guns().forEach(gun -> guns.put(gun.connectorId(), gun));
        Map<String, ModuleState> modules = new HashMap<>();
        snapshot.modules().forEach(module -> modules.put(module.moduleId(), module));
        Map<String, ContactorState> contactors = new HashMap<>();
        snapshot.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        RingState state = ring.see(new RingFeedback(snapshot.takenNanos(), CAPABILITIES, true, guns, modules, contactors));
        long now = state.nowNanos();
        takeAnswer();
        tickSessions(guns, now);
        SiteSettings.Values site = Site.settings(gridLimitW);
        ring.resting().forEach(modules::remove);
        asked = PlanningInputs.build(now, topology, site, site.planner(), gridLimitW, guns, modules, state.contactors(), wishes(guns),
                plan);
        answer = planner.plan(asked);
        ring.tick(state, plan, asked,
                new RingLimits(site.openCurrentA(), site.prechargeToleranceV(), site.prechargeTimeoutMs() * NANOS_PER_MS));
        List<GunCommand> commands = new ArrayList<>();
        for (GunInput gun : asked.guns()) {
            commands.add(sessions.get(gun.connectorId()).command(ring.offerW(gun.connectorId()), gun.voltageV()));
        }
        HardwareCommand next = ring.command(++number, now, commands);
        if (command == null || !switching(next).equals(switching(command)) || ring.transferring()) {
            movedNanos = now;
        }
        command = next;
        return next;
    }

    /** The planner answers while a tick goes by: its plan is put in force in the next one, if the guard lets it. */
    private void takeAnswer() {
        if (answer != null && bug.violation(asked, answer).isEmpty()) {
            plan = answer;
        } else if (answer != null) {
            refusedPlans++;
        }
    }

    private void tickSessions(Map<Integer, GunState> guns, long now) {
        boolean trip = false;
        for (Map.Entry<Integer, GunSession> session : sessions.entrySet()) {
            trip |= session.getValue().update(guns.get(session.getKey()), ring.faults(session.getKey()), now);
        }
        for (Map.Entry<Integer, GunSession> session : sessions.entrySet()) {
            int id = session.getKey();
            boolean planned = plan.island(id).filter(island -> !island.moduleIds().isEmpty()).isPresent() && ring.ready(id);
            session.getValue().tick(guns.get(id), trip, planned, now);
        }
    }

    private Map<Integer, PlanningInputs.Wish> wishes(Map<Integer, GunState> guns) {
        Map<Integer, PlanningInputs.Wish> wishes = new LinkedHashMap<>();
        sessions.forEach((id, session) -> wishes.put(id, new PlanningInputs.Wish(session.wantsPower(),
                session.stage().step() == OutputStage.Step.ON, session.vacant(), guns.get(id).safe(),
                profilesW.getOrDefault(id, Double.POSITIVE_INFINITY), ring.offerW(id))));
        return wishes;
    }

    /** The names of everything that shall be closed or on. */
    private static Set<String> switching(HardwareCommand command) {
        Set<String> names = new HashSet<>(command.closedBusContactors());
        command.guns().stream().filter(GunCommand::closeContactor).forEach(gun -> names.add("GC_" + gun.connectorId()));
        for (ModuleCommand module : command.modules()) {
            if (module.closeContactor()) {
                names.add("MN of " + module.moduleId());
            }
            if (module.on()) {
                names.add(module.moduleId());
            }
        }
        return names;
    }

    /** For how long nothing has moved, if nothing is about to move, ns; else 0. */
    long calmNanos(long nowNanos) {
        return sessions.values().stream().allMatch(session -> session.calm(nowNanos)) ? nowNanos - movedNanos : 0;
    }
}
