package dcocpp.planview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

/** An input and its plan, by id. What a plan names and the input does not have is passed over: a plan may be anybody's. Immutable. */
final class Site {

    private final PlanningInput input;
    private final Plan plan;
    private final Map<Integer, SlotInput> slots = new LinkedHashMap<>();
    private final Map<Integer, Integer> counterClockwise = new HashMap<>();
    private final Map<Integer, GunInput> guns = new LinkedHashMap<>();
    private final Map<String, ContactorInput> contactors = new HashMap<>();
    private final Map<Integer, Integer> islandOfSlot = new HashMap<>();
    private final Set<String> feeding = new LinkedHashSet<>();

    Site(PlanningInput input, Plan plan) {
        this.input = input;
        this.plan = plan;
        input.slots().forEach(slot -> slots.put(slot.slotId(), slot));
        input.slots().forEach(slot -> counterClockwise.putIfAbsent(slot.clockwiseSlotId(), slot.slotId()));
        input.guns().forEach(gun -> guns.put(gun.connectorId(), gun));
        input.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        for (Island island : plan.islands()) {
            island.slotIds().forEach(slot -> islandOfSlot.putIfAbsent(slot, island.connectorId()));
            feeding.addAll(island.moduleIds());
        }
    }

    PlanningInput input() {
        return input;
    }

    Plan plan() {
        return plan;
    }

    Optional<SlotInput> slot(int slotId) {
        return Optional.ofNullable(slots.get(slotId));
    }

    Optional<SlotInput> home(int connectorId) {
        return connectorId == 0 ? Optional.empty()
                : slots.values().stream().filter(slot -> slot.connectorId() == connectorId).findFirst();
    }

    /** The neighbour of a slot; empty where the ring is open. */
    Optional<SlotInput> neighbour(SlotInput slot, boolean clockwise) {
        int id = clockwise ? slot.clockwiseSlotId() : counterClockwise.getOrDefault(slot.slotId(), 0);
        return id == 0 || id == slot.slotId() ? Optional.empty() : slot(id);
    }

    Optional<GunInput> gun(int connectorId) {
        return Optional.ofNullable(guns.get(connectorId));
    }

    boolean active(int connectorId) {
        return gun(connectorId).filter(GunInput::active).isPresent();
    }

    /** The gun whose island a slot belongs to; 0 = none. */
    int islandOf(int slotId) {
        return islandOfSlot.getOrDefault(slotId, 0);
    }

    boolean feeds(ModuleInput module) {
        return feeding.contains(module.moduleId());
    }

    /** A module can be joined to its bus. */
    boolean usable(ModuleInput module) {
        return module.usable() && module.capacityW() > 0 && !stuckOpen(module.contactor());
    }

    boolean welded(String contactorId) {
        return contactors.containsKey(contactorId) && contactors.get(contactorId).welded();
    }

    boolean stuckOpen(String contactorId) {
        return contactors.containsKey(contactorId) && contactors.get(contactorId).stuckOpen();
    }

    /** What the feedback says; what has none is unknown. */
    ContactorState.Position position(String contactorId) {
        return contactors.containsKey(contactorId) ? contactors.get(contactorId).position() : ContactorState.Position.UNKNOWN;
    }

    /** The slots of a gun's island that there are; its home slot when it has none. */
    List<SlotInput> run(int connectorId) {
        List<SlotInput> run = new ArrayList<>();
        plan.island(connectorId).ifPresent(island -> island.slotIds().forEach(id -> slot(id).ifPresent(run::add)));
        if (run.isEmpty()) {
            home(connectorId).ifPresent(run::add);
        }
        return run;
    }

    /** The ring, clockwise from the first slot of the input; slots that cannot be reached that way at the end. */
    List<SlotInput> clockwise() {
        Set<SlotInput> ring = new LinkedHashSet<>();
        for (SlotInput start : slots.values()) {
            Optional<SlotInput> slot = Optional.of(start);
            while (slot.isPresent() && ring.add(slot.get())) {
                slot = neighbour(slot.get(), true);
            }
        }
        return List.copyOf(ring);
    }
}
