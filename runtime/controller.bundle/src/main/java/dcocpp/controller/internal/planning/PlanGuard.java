package dcocpp.controller.internal.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

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

    /**
     * Why this plan must not be used; empty when it may. Guns that are joined whatever is planned cost only those a plan who are on their
     * bus: what is done about them is not the plan's matter, and the others go on.
     */
    public static Optional<String> violation(PlanningInput input, Plan plan) {
        if (plan == null) {
            return Optional.of("no plan");
        }
        try {
            Check check = checked(input, plan);
            return Optional.ofNullable(check.violation).or(() -> Optional.ofNullable(check.misfortune));
        } catch (RuntimeException e) {
            return Optional.of("the plan cannot be read: " + e);
        }
    }

    /** A plan with a {@link #violation} must not be used, but not by its own fault: its guns are joined with others as it is. */
    public static boolean excused(PlanningInput input, Plan plan) {
        try {
            return plan != null && checked(input, plan).violation == null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Check checked(PlanningInput input, Plan plan) {
        Check check = new Check(input, plan);
        check.islands();
        check.grid();
        check.sharedBuses();
        check.busContactors();
        check.joinedNow();
        return check;
    }

    /**
     * The guns that a plan in force would leave on one bus with another: of what has happened since, such as a weld, the plan knows
     * nothing.
     */
    public static Set<Integer> sharing(PlanningInput input, Plan plan) {
        return new Check(input, plan).sharing();
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
        private final Map<Integer, Integer> islandOfSlot = new HashMap<>();
        /** What the plan does. */
        private String violation;
        /** What is so with any plan, and concerns this one. */
        private String misfortune;

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
            plan.islands().forEach(island -> island.slotIds().forEach(slot -> islandOfSlot.putIfAbsent(slot, island.connectorId())));
        }

        private void refuse(String reason) {
            if (violation == null) {
                violation = reason;
            }
        }

        private void excuse(String reason) {
            if (misfortune == null) {
                misfortune = reason;
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
                if (home != null && slotId != home) {
                    lent(slot);
                }
                if (i > 0) {
                    follows(island, slots.get(island.slotIds().get(i - 1)), slotId);
                }
            }
            if (home != null && (island.slotIds().indexOf(home) > input.settings().maxIslandRadius()
                    || island.slotIds().size() - 1 - island.slotIds().indexOf(home) > input.settings().maxIslandRadius())) {
                refuse("connector " + island.connectorId() + " borrows slots farther away than " + input.settings().maxIslandRadius());
            }
            if (!input.settings().crossSlotIslands() && island.slotIds().size() > 1) {
                refuse("connector " + island.connectorId() + " borrows slots although that is not allowed");
            }
        }

        private void lent(SlotInput slot) {
            GunInput gun = guns.get(slot.connectorId());
            if (!slot.lendable() || gun != null && gun.active()) {
                refuse("slot " + slot.slotId() + " is lent although it must not be");
            }
            for (ModuleInput module : slot.modules()) {
                ContactorInput contactor = contactors.get(module.contactor());
                if (contactor != null && contactor.welded()) {
                    refuse("slot " + slot.slotId() + " is lent although " + module.contactor() + " is welded");
                }
            }
        }

        private void follows(Island island, SlotInput before, int slotId) {
            if (before.clockwiseSlotId() != slotId) {
                refuse("slots " + island.slotIds() + " do not follow each other clockwise");
            }
            ContactorInput contactor = contactors.get(before.busContactor());
            if (contactor != null && contactor.stuckOpen() && contactor.position() != ContactorState.Position.CLOSED) {
                refuse("slots " + island.slotIds() + " cannot be joined: " + before.busContactor() + " does not close");
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

        /** Islands are joined within and with nothing else; beside a slot that may not be lent nothing is closed. */
        void busContactors() {
            Set<String> known = new HashSet<>();
            slots.values().forEach(slot -> known.add(slot.busContactor()));
            if (!known.containsAll(plan.closedBusContactors())) {
                refuse("unknown bus contactor in " + plan.closedBusContactors());
            }
            for (SlotInput slot : slots.values()) {
                SlotInput next = slots.get(slot.clockwiseSlotId());
                if (plan.closedBusContactors().contains(slot.busContactor()) && !welded(slot) && next != null) {
                    closed(slot, next);
                }
            }
            for (Set<Integer> bus : buses(this::joinedByPlan)) {
                for (Island island : plan.islands()) {
                    if (bus.contains(homeSlots.get(island.connectorId())) && !bus.containsAll(island.slotIds())) {
                        refuse("the bus of connector " + island.connectorId() + " is cut within its island");
                    }
                }
            }
        }

        private void closed(SlotInput slot, SlotInput next) {
            Integer one = islandOfSlot.get(slot.slotId());
            Integer other = islandOfSlot.get(next.slotId());
            if (one != null || other != null) {
                if (one == null || !one.equals(other)) {
                    refuse(slot.busContactor() + " would join an island with what is not part of it");
                }
            } else if (idlesApart(slot) || idlesApart(next)) {
                refuse(slot.busContactor() + " is beside a slot that must not be lent");
            } else if (gunWelded(slot) || gunWelded(next)) {
                refuse(slot.busContactor() + " is beside a welded gun contactor");
            }
        }

        /** Whatever is plugged in there is on the bus of this slot, and nobody can part them: a slot of its own, both sides open. */
        private boolean gunWelded(SlotInput slot) {
            ContactorInput contactor = contactors.get(slot.gunContactor());
            return contactor != null && contactor.welded();
        }

        /** A slot without island that may not be lent, and whose gun is not just being stopped: its bus is its own. */
        private boolean idlesApart(SlotInput slot) {
            return !slot.lendable() && !mayBeClosed(slot.slotId());
        }

        /** Guns that would be on one bus with another, also where a contactor is welded or its position is not known. */
        Set<Integer> sharing() {
            Set<Integer> sharing = new TreeSet<>();
            buses(this::joinedByPlan).stream().map(this::charging).filter(charging -> charging.size() > 1).forEach(sharing::addAll);
            return sharing;
        }

        /** No two guns on one bus; those that are on one whatever is planned only get nothing. */
        void sharedBuses() {
            List<Set<Integer>> joinedAnyway = joinedAnyway();
            for (Set<Integer> bus : buses(this::joinedByPlan)) {
                Set<Integer> charging = charging(bus);
                if (charging.size() <= 1) {
                    continue;
                }
                String reason = "connectors " + charging + " are joined on one bus";
                if (joinedAnyway.stream().noneMatch(guns -> guns.containsAll(charging))) {
                    refuse(reason);
                } else if (feeds(bus)) {
                    excuse(reason);
                }
            }
        }

        /** Two closed gun contactors on what is one bus at this moment: no energy there, whatever a plan says of the future. */
        void joinedNow() {
            for (Set<Integer> bus : buses(this::joinedAtThisMoment)) {
                int closed = guns(bus, this::closedNow).size();
                if (closed > 1 && feeds(bus)) {
                    excuse(closed + " guns are joined on one bus");
                }
            }
        }

        /** Guns that are on one bus with each other before any plan: by welds, or by what is closed at this moment. */
        private List<Set<Integer>> joinedAnyway() {
            List<Set<Integer>> joined = new ArrayList<>();
            buses(this::welded).forEach(bus -> joined.add(guns(bus, this::mayBeClosed)));
            buses(this::joinedAtThisMoment).forEach(bus -> joined.add(guns(bus, this::closedNow)));
            return joined;
        }

        /** Guns of this bus that the plan feeds, or whose contactors may be closed. */
        private Set<Integer> charging(Set<Integer> bus) {
            Set<Integer> charging = guns(bus, this::mayBeClosed);
            plan.islands().stream().filter(island -> bus.contains(homeSlots.get(island.connectorId())))
                    .forEach(island -> charging.add(island.connectorId()));
            return charging;
        }

        private boolean feeds(Set<Integer> bus) {
            return plan.islands().stream().anyMatch(island -> bus.contains(homeSlots.get(island.connectorId())));
        }

        private Set<Integer> guns(Set<Integer> bus, IntPredicate homeSlot) {
            Set<Integer> guns = new TreeSet<>();
            homeSlots.forEach((connector, slot) -> {
                if (bus.contains(slot) && homeSlot.test(slot)) {
                    guns.add(connector);
                }
            });
            return guns;
        }

        private ContactorState.Position position(String contactorId) {
            ContactorInput contactor = contactors.get(contactorId);
            return contactor == null ? ContactorState.Position.OPEN : contactor.position();
        }

        private boolean joinedByPlan(SlotInput slot) {
            return plan.closedBusContactors().contains(slot.busContactor()) || welded(slot);
        }

        private boolean welded(SlotInput slot) {
            ContactorInput contactor = contactors.get(slot.busContactor());
            return contactor != null && contactor.welded();
        }

        private boolean joinedAtThisMoment(SlotInput slot) {
            return position(slot.busContactor()) == ContactorState.Position.CLOSED;
        }

        private boolean closedNow(int slotId) {
            return position(slots.get(slotId).gunContactor()) == ContactorState.Position.CLOSED;
        }

        private boolean mayBeClosed(int slotId) {
            ContactorInput contactor = contactors.get(slots.get(slotId).gunContactor());
            return contactor != null && (contactor.welded() || contactor.position() != ContactorState.Position.OPEN);
        }

        private List<Set<Integer>> buses(Predicate<SlotInput> joined) {
            Map<Integer, Set<Integer>> busOf = new HashMap<>();
            slots.keySet().forEach(id -> busOf.put(id, new HashSet<>(Set.of(id))));
            for (SlotInput slot : slots.values()) {
                if (slots.containsKey(slot.clockwiseSlotId()) && joined.test(slot)) {
                    Set<Integer> bus = busOf.get(slot.slotId());
                    bus.addAll(busOf.get(slot.clockwiseSlotId()));
                    bus.forEach(id -> busOf.put(id, bus));
                }
            }
            return new ArrayList<>(new HashSet<>(busOf.values()));
        }
    }
}
