package dcocpp.controller.internal.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
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
import dcocpp.controller.internal.config.SiteSettings;

/** Makes the planner's input of what is known at this moment. Stateless. */
public final class PlanningInputs {

    private static final double MODULE_DERATING_START_C = 75;
    private static final double MODULE_TRIP_C = 85;
    private static final double CONNECTOR_DERATING_START_C = 80;
    private static final double CONNECTOR_TRIP_C = 90;
    /** Current limit of a gun that has none: beyond any cable. */
    private static final double NO_CABLE_LIMIT_A = 2000;
    /** A gun in energy keeps at least one module, so that the vehicle can ask for more again. */
    private static final double LEAST_REQUEST_W = 500;
    private static final double ASKS_FOR_LESS = 0.95;
    /** Offered beyond the request, so that a vehicle can show that it wants more. */
    private static final double HEADROOM = 1.1;

    private PlanningInputs() {
    }

    /**
     * What a gun's session wants of the planner.
     *
     * @param wantsPower it may take energy now
     * @param steady its contactor is closed: the vehicle's present request counts, not its maximum
     * @param lendable its slot may be lent: no vehicle, no reservation, no session, no welded gun contactor
     * @param safe its modules may be used
     * @param limitW what the back office allows, W
     * @param offeredW what the vehicle is offered now, W
     */
    public record Wish(boolean wantsPower, boolean steady, boolean lendable, boolean safe, double limitW, double offeredW) {
    }

    /** What all power modules together can give, W. */
    public static double ratedPowerW(Topology topology) {
        return topology.slots().stream().flatMap(slot -> slot.modules().stream()).mapToDouble(ModuleSettings::ratedPowerW).sum();
    }

    /** The input of a single cycle, each temperature taken as it is, modules that are all as new. */
    public static PlanningInput build(long now, Topology topology, SiteSettings.Values site, PlannerSettings settings,
            double gridLimitW, Map<Integer, GunState> guns, Map<String, ModuleState> modules, Map<String, ContactorState> contactors,
            Map<Integer, Wish> wishes, Plan current) {
        return build(now, topology, site, settings, gridLimitW, guns, modules, contactors, wishes, current, new Derating(),
                ModuleWear.NONE);
    }

    /**
     * The input of one cycle.
     *
     * @param derating what it knows of the temperatures of the cycles before
     * @param wear how much modules have been used
     */
    public static PlanningInput build(long now, Topology topology, SiteSettings.Values site, PlannerSettings settings,
            double gridLimitW, Map<Integer, GunState> guns, Map<String, ModuleState> modules, Map<String, ContactorState> contactors,
            Map<Integer, Wish> wishes, Plan current, Derating derating, ModuleWear wear) {
        double siteW = ratedPowerW(topology);
        List<GunInput> gunInputs = new ArrayList<>();
        for (ConnectorSettings connector : topology.connectors()) {
            gunInputs.add(gun(connector, guns.get(connector.id()), wishes.get(connector.id()), site.defaultVoltageV(), siteW,
                    share(derating, connector, guns.get(connector.id()), now)));
        }
        return new PlanningInput(now, settings, gridLimitW, slots(topology, modules, wishes, derating, wear, now), gunInputs,
                contactors(contactors), current);
    }

    private static double share(Derating derating, ConnectorSettings connector, GunState gun, long now) {
        return derating.factor("connector " + connector.id(), gun == null ? Double.NaN : gun.connectorTemperatureC(),
                CONNECTOR_DERATING_START_C, CONNECTOR_TRIP_C, now);
    }

    /**
     * What holds while no plan has been accepted: nobody charges, and idle bus contactors stay as they are, but open beside a slot that may
     * not be lent.
     */
    public static Plan unplanned(PlanningInput input) {
        Map<Integer, SlotInput> slots = new HashMap<>();
        input.slots().forEach(slot -> slots.put(slot.slotId(), slot));
        Set<String> closed = new TreeSet<>();
        input.contactors().stream().filter(contactor -> contactor.position() == ContactorState.Position.CLOSED)
                .forEach(contactor -> closed.add(contactor.contactorId()));
        closed.retainAll(input.slots().stream().filter(slot -> slot.lendable() && slots.containsKey(slot.clockwiseSlotId())
                && slots.get(slot.clockwiseSlotId()).lendable()).map(SlotInput::busContactor).toList());
        return new Plan(List.of(), closed, PlannerMemory.NONE);
    }

    private static GunInput gun(ConnectorSettings connector, GunState gun, Wish wish, double defaultVoltageV, double siteW,
            double derating) {
        double voltageV = voltage(connector, gun, defaultVoltageV);
        double maxPowerW = least(connector.maxPowerW() > 0 ? connector.maxPowerW() : siteW, gun == null ? Double.NaN : gun.evMaxPowerW());
        double maxCurrentA = least(connector.maxCurrentA() > 0 ? connector.maxCurrentA() : NO_CABLE_LIMIT_A,
                gun == null ? Double.NaN : gun.evMaxCurrentA());
        maxPowerW = Math.min(maxPowerW * derating, wish.limitW());
        maxCurrentA *= derating;
        double requestW = maxPowerW;
        double targetW = gun == null ? Double.NaN : gun.targetCurrentA() * voltageV;
        // A vehicle never asks for more than it is offered: only one that asks for clearly less has said what it wants.
        if (wish.steady() && targetW < wish.offeredW() * ASKS_FOR_LESS) {
            requestW = Math.max(targetW * HEADROOM, LEAST_REQUEST_W);
        }
        return new GunInput(connector.id(), wish.wantsPower() && maxPowerW > 0 && maxCurrentA > 0, Math.min(requestW, siteW), maxPowerW,
                maxCurrentA, voltageV, Math.max(0.1, 1 + connector.priority()));
    }

    /** The voltage a gun charges at: the vehicle's present one, what it asks for, or what is assumed. */
    private static double voltage(ConnectorSettings connector, GunState gun, double defaultVoltageV) {
        double voltageV = gun == null ? Double.NaN : gun.presentVoltageV();
        if (!(voltageV > 50)) {
            voltageV = gun == null ? Double.NaN : gun.targetVoltageV();
        }
        if (!(voltageV > 50)) {
            voltageV = defaultVoltageV;
        }
        return connector.maxVoltageV() > 0 ? Math.min(voltageV, connector.maxVoltageV()) : voltageV;
    }

    private static double least(double limit, double vehicle) {
        return Double.isNaN(vehicle) ? limit : Math.max(0, Math.min(limit, vehicle));
    }

    private static List<SlotInput> slots(Topology topology, Map<String, ModuleState> modules, Map<Integer, Wish> wishes,
            Derating derating, ModuleWear wear, long now) {
        List<SlotInput> slots = new ArrayList<>();
        SlotSettings slot = topology.slots().get(0);
        for (int i = 0; i < topology.slots().size(); i++) {
            Wish wish = wishes.get(slot.connectorId());
            List<ModuleInput> moduleInputs = new ArrayList<>();
            for (ModuleSettings module : slot.modules()) {
                moduleInputs.add(module(module, modules.get(module.id()), wish == null || wish.safe(), derating, wear, now));
            }
            slots.add(new SlotInput(slot.id(), slot.connectorId(), slot.gunContactor(), slot.busContactor(),
                    slot.openEnd() ? 0 : slot.clockwiseSlotId(), wish == null || wish.lendable(), moduleInputs));
            slot = topology.slot(slot.clockwiseSlotId()).orElseThrow();
        }
        return slots;
    }

    private static ModuleInput module(ModuleSettings module, ModuleState state, boolean safe, Derating derating, ModuleWear wear,
            long now) {
        double temperatureC = state == null ? Double.NaN : state.temperatureC();
        double capacityW = module.ratedPowerW()
                * derating.factor("module " + module.id(), temperatureC, MODULE_DERATING_START_C, MODULE_TRIP_C, now);
        return new ModuleInput(module.id(), module.contactor(), capacityW, safe && state != null && state.healthy() && capacityW > 0,
                wear.hours(module.id()), temperatureC, wear.operations(module.contactor()));
    }

    private static List<ContactorInput> contactors(Map<String, ContactorState> contactors) {
        return contactors.values().stream().map(contactor -> new ContactorInput(contactor.contactorId(), contactor.position(),
                contactor.welded(), contactor.stuckOpen(), contactor.sinceNanos())).toList();
    }
}
