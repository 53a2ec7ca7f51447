package dcocpp.controller.internal.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/**
 * Checks a plan against the safety rules before anything acts on it. Shares no code with any planner. Stateless.
 */
public final class PlanGuard {

    private static final double TOLERANCE_W = 1;
    private static final double TOLERANCE_A = 0.01;

    private PlanGuard() {
    }

    /** Why this plan must not be used; empty when it may. */
    public static Optional<String> violation(PlanningInput input, Plan plan) {
        if (plan == null) {
            return Optional.of("no plan");
        }
        try {
            Check check = new Check(input, plan);
            check.islands();
            check.grid();
            check.busContactors();
            return Optional.ofNullable(check.violation);
        } catch (RuntimeException e) {
            return Optional.of("the plan cannot be read: " + e);
        }
    }

    private static final class Check {

        private final PlanningInput input;
        private final Plan plan;
        private final Map<Integer, SlotInput> slots = new HashMap<>();
        private final Map<Integer, Integer> homeSlots = new HashMap<>();
        private final Map<String, ModuleInput> modules = new HashMap<>();
        private final Map<String, Integer> slotOfModule = new HashMap<>();
        private final Map<Integer, GunInput> guns = new HashMap<>();
        private final Map<String, ContactorInput> contactors = new HashMap<>();
        private String violation;

        Check(PlanningInput input, Plan plan) {
            this.input = input;
            this.plan = plan;
            for (SlotInput slot : input.slots()) {
                slots.put(slot.slotId(), slot);
                if (slot.connectorId() != 0) {
                    homeSlots.put(slot.connectorId(), slot.slotId());
                }
                for (ModuleInput module : slot.modules()) {
                    modules.put(module.moduleId(), module);
                    slotOfModule.put(module.moduleId(), slot.slotId());
                }
            }
            input.guns().forEach(gun -> guns.put(gun.connectorId(), gun));
            input.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        }

        private void refuse(String reason) {
            if (violation == null) {
                violation = reason;
            }
        }

        void islands() {
            Set<Integer> usedSlots = new HashSet<>();
            Set<String> usedModules = new HashSet<>();
            Set<Integer> usedGuns = new HashSet<>();
            for (Island island : plan.islands()) {
                GunInput gun = guns.get(island.connectorId());
                if (gun == null || !gun.active()) {
                    refuse("connector " + island.connectorId() + " has an island but takes no energy");
                    return;
                }
                if (!usedGuns.add(island.connectorId())) {
                    refuse("connector " + island.connectorId() + " has two islands");
                }
                slotsOf(island, usedSlots);
                double capacityW = capacityOf(island, usedModules);
                power(island, gun, capacityW);
            }
        }

        private void slotsOf(Island island, Set<Integer> usedSlots) {
            Integer home = homeSlots.get(island.connectorId());
            if (home == null || !island.slotIds().contains(home)) {
                refuse("the island of connector " + island.connectorId() + " lacks its home slot");
            }
            for (int i = 0; i < island.slotIds().size(); i++) {
                int slotId = island.slotIds().get(i);
                SlotInput slot = slots.get(slotId);
                if (slot == null || !usedSlots.add(slotId)) {
                    refuse("slot " + slotId + (slot == null ? " does not exist" : " is in two islands"));
                    return;
                }
                if (home != null && slotId != home && !slot.lendable()) {
                    refuse("slot " + slotId + " is lent although it must not be");
                }
                if (i > 0 && slots.get(island.slotIds().get(i - 1)).clockwiseSlotId() != slotId) {
                    refuse("slots " + island.slotIds() + " do not follow each other clockwise");
                }
            }
            if (!input.settings().crossSlotIslands() && island.slotIds().size() > 1) {
                refuse("connector " + island.connectorId() + " borrows slots although that is not allowed");
            }
        }

        private double capacityOf(Island island, Set<String> usedModules) {
            double capacityW = 0;
            for (String moduleId : island.moduleIds()) {
                ModuleInput module = modules.get(moduleId);
                if (module == null || !module.usable()) {
                    refuse("module " + moduleId + (module == null ? " does not exist" : " cannot be used"));
                    continue;
                }
                if (!usedModules.add(moduleId)) {
                    refuse("module " + moduleId + " is used twice");
                }
                if (!island.slotIds().contains(slotOfModule.get(moduleId))) {
                    refuse("module " + moduleId + " is not in a slot of connector " + island.connectorId());
                }
                capacityW += module.capacityW();
            }
            if (island.moduleIds().size() > input.settings().maxModulesPerGun()) {
                refuse("connector " + island.connectorId() + " has " + island.moduleIds().size() + " modules");
            }
            return capacityW;
        }

        private void power(Island island, GunInput gun, double capacityW) {
            boolean finite = Double.isFinite(island.powerW()) && Double.isFinite(island.currentA())
                    && Double.isFinite(island.voltageV()) && island.powerW() >= 0 && island.currentA() >= 0 && island.voltageV() >= 0;
            if (!finite) {
                refuse("connector " + island.connectorId() + " gets " + island.powerW() + " W, " + island.currentA() + " A, "
                        + island.voltageV() + " V");
                return;
            }
            if (island.powerW() > capacityW + TOLERANCE_W) {
                refuse("connector " + island.connectorId() + " gets " + island.powerW() + " W of modules for " + capacityW + " W");
            }
            if (island.powerW() > gun.maxPowerW() + TOLERANCE_W || island.currentA() > gun.maxCurrentA() + TOLERANCE_A) {
                refuse("connector " + island.connectorId() + " gets " + island.powerW() + " W, " + island.currentA()
                        + " A, more than its limits");
            }
        }

        void grid() {
            if (plan.totalPowerW() > input.gridLimitW() + TOLERANCE_W) {
                refuse("all guns together get " + plan.totalPowerW() + " W of " + input.gridLimitW() + " W");
            }
        }

        /** No two guns on one bus, also where a contactor is welded or its position is not known. */
        void busContactors() {
            Set<String> known = new HashSet<>();
            slots.values().forEach(slot -> known.add(slot.busContactor()));
            if (!known.containsAll(plan.closedBusContactors())) {
                refuse("unknown bus contactor in " + plan.closedBusContactors());
            }
            for (Set<Integer> bus : buses()) {
                List<Integer> charging = new ArrayList<>();
                for (Island island : plan.islands()) {
                    if (bus.contains(homeSlots.get(island.connectorId()))) {
                        charging.add(island.connectorId());
                        if (!bus.containsAll(island.slotIds())) {
                            refuse("the bus of connector " + island.connectorId() + " is cut within its island");
                        }
                    }
                }
                for (Map.Entry<Integer, Integer> home : homeSlots.entrySet()) {
                    if (bus.contains(home.getValue()) && !charging.contains(home.getKey()) && mayBeClosed(home.getValue())) {
                        charging.add(home.getKey());
                    }
                }
                if (charging.size() > 1) {
                    refuse("connectors " + charging + " are joined on one bus");
                }
            }
        }

        private boolean mayBeClosed(int slotId) {
            ContactorInput contactor = contactors.get(slots.get(slotId).gunContactor());
            return contactor != null && (contactor.welded() || contactor.position() != ContactorState.Position.OPEN);
        }

        private List<Set<Integer>> buses() {
            Map<Integer, Set<Integer>> busOf = new HashMap<>();
            slots.keySet().forEach(id -> busOf.put(id, new HashSet<>(Set.of(id))));
            for (SlotInput slot : slots.values()) {
                ContactorInput contactor = contactors.get(slot.busContactor());
                boolean joined = plan.closedBusContactors().contains(slot.busContactor())
                        || contactor != null && contactor.welded();
                if (joined && slots.containsKey(slot.clockwiseSlotId())) {
                    Set<Integer> bus = busOf.get(slot.slotId());
                    bus.addAll(busOf.get(slot.clockwiseSlotId()));
                    bus.forEach(id -> busOf.put(id, bus));
                }
            }
            return new ArrayList<>(new HashSet<>(busOf.values()));
        }
    }
}
