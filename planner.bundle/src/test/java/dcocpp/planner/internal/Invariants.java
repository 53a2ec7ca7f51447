package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** What holds for every plan, written from the rules and without the planner's classes. */
final class Invariants {

    private static final double EPSILON = 1e-6;

    private Invariants() {
    }

    static void check(PlanningInput input, Plan plan) {
        Map<String, ContactorInput> contactors = new HashMap<>();
        input.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        Map<Integer, Integer> component = components(input, plan, contactors);
        assertTrue(plan.totalPowerW() <= input.gridLimitW() + EPSILON, "grid limit exceeded: " + plan);
        Set<String> usedModules = new HashSet<>();
        Set<Integer> usedSlots = new HashSet<>();
        int lastGun = Integer.MIN_VALUE;
        for (Island island : plan.islands()) {
            assertTrue(island.connectorId() > lastGun, "islands in the order of the connectors");
            lastGun = island.connectorId();
            checkIsland(input, island, component, contactors, usedSlots, usedModules);
        }
        checkBuses(input, plan, component, contactors);
    }

    private static void checkIsland(PlanningInput input, Island island, Map<Integer, Integer> component,
            Map<String, ContactorInput> contactors, Set<Integer> usedSlots, Set<String> usedModules) {
        GunInput gun = input.guns().stream().filter(each -> each.connectorId() == island.connectorId()).findFirst().orElseThrow();
        assertTrue(gun.active(), "island for an inactive gun");
        assertTrue(island.powerW() <= gun.demandW() + EPSILON, "more than the gun's demand: " + island);
        assertTrue(island.currentA() <= gun.maxCurrentA() + EPSILON, "current limit: " + island);
        assertEquals(island.powerW(), island.currentA() * island.voltageV(), 1e-3, "P = U · I");
        SlotInput home = input.slots().stream().filter(slot -> slot.connectorId() == gun.connectorId()).findFirst().orElseThrow();
        assertTrue(island.slotIds().contains(home.slotId()), "home slot is part of the island");
        assertTrue(island.moduleIds().size() <= input.settings().maxModulesPerGun(), "too many modules: " + island);
        double capacity = 0;
        Set<String> inIsland = new HashSet<>();
        int joined = 0;
        for (SlotInput slot : slots(input, island)) {
            assertTrue(usedSlots.add(slot.slotId()), "slot twice: " + slot.slotId());
            joined++;
            for (ModuleInput module : slot.modules()) {
                inIsland.add(module.moduleId());
                if (island.moduleIds().contains(module.moduleId())) {
                    assertTrue(usedModules.add(module.moduleId()), "module twice");
                    assertTrue(module.usable(), "unusable module");
                    assertTrue(slot == home || slot.lendable(), "module of a slot that is not lendable");
                    capacity += module.capacityW();
                }
            }
        }
        assertEquals(island.slotIds().size(), joined, "unknown slot");
        assertTrue(inIsland.containsAll(island.moduleIds()), "module outside the island");
        assertTrue(island.powerW() <= capacity + EPSILON, "more than the modules can give: " + island);
        int bus = component.get(home.slotId());
        assertTrue(island.slotIds().stream().allMatch(slot -> component.get(slot) == bus), "island is not joined: " + island);
        boolean noWeld = contactors.values().stream().noneMatch(ContactorInput::welded);
        if (noWeld) {
            int at = island.slotIds().indexOf(home.slotId());
            int reach = Math.max(at, island.slotIds().size() - 1 - at);
            assertTrue(reach <= input.settings().maxIslandRadius(), "radius: " + island);
            assertTrue(reach == 0 || input.settings().crossSlotIslands(), "no ring here");
        }
    }

    private static List<SlotInput> slots(PlanningInput input, Island island) {
        return input.slots().stream().filter(slot -> island.slotIds().contains(slot.slotId())).toList();
    }

    /** A bus that feeds a gun holds no slot of another island and no other gun whose contactor may be closed. */
    private static void checkBuses(PlanningInput input, Plan plan, Map<Integer, Integer> component,
            Map<String, ContactorInput> contactors) {
        for (Island island : plan.islands()) {
            int bus = component.get(island.slotIds().get(0));
            for (SlotInput slot : input.slots()) {
                if (component.get(slot.slotId()) == bus) {
                    assertTrue(island.slotIds().contains(slot.slotId()) || !slot.lendable() || welded(input, bus, component, contactors),
                            "slot " + slot.slotId() + " is joined to " + island);
                    boolean wasPlanned = input.current().island(slot.connectorId()).isPresent();
                    if (slot.connectorId() != island.connectorId() && !wasPlanned) {
                        assertEquals(Position.OPEN, contactors.get(slot.gunContactor()).position(), "second gun on the bus: " + island);
                    }
                }
            }
        }
        for (SlotInput slot : input.slots()) {
            ContactorInput mc = contactors.get(slot.busContactor());
            boolean closed = plan.closedBusContactors().contains(slot.busContactor());
            boolean inside = plan.islands().stream().anyMatch(island -> island.slotIds().contains(slot.slotId())
                    && island.slotIds().contains(slot.clockwiseSlotId()));
            assertTrue(!closed || inside || mc.position() == Position.CLOSED, "switched for cosmetics: " + mc);
            assertTrue(!closed || !mc.stuckOpen(), "does not close: " + mc);
            assertTrue(closed || !mc.welded() || slot.clockwiseSlotId() == slot.slotId() || slot.clockwiseSlotId() == 0, "does not open: " + mc);
        }
    }

    private static Map<Integer, Integer> components(PlanningInput input, Plan plan, Map<String, ContactorInput> contactors) {
        Map<Integer, Integer> component = new HashMap<>();
        input.slots().forEach(slot -> component.put(slot.slotId(), slot.slotId()));
        for (SlotInput slot : input.slots()) {
            boolean closed = plan.closedBusContactors().contains(slot.busContactor())
                    || contactors.get(slot.busContactor()).welded();
            if (closed && slot.clockwiseSlotId() != 0) {
                int from = component.get(slot.slotId());
                int to = component.get(slot.clockwiseSlotId());
                component.replaceAll((id, root) -> root == to ? from : root);
            }
        }
        return component;
    }

    private static boolean welded(PlanningInput input, int bus, Map<Integer, Integer> component, Map<String, ContactorInput> contactors) {
        return input.slots().stream().anyMatch(slot -> component.get(slot.slotId()) == bus
                && contactors.get(slot.busContactor()).welded());
    }
}
