package dcocpp.planview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** A ring of slots with two modules of 30 kW each, gun = slot, every contactor open; and a plan for it. */
final class Rings {

    double gridLimitW = Double.POSITIVE_INFINITY;
    boolean crossSlotIslands = true;
    int radius = 6;
    boolean closedRing = true;
    final int slots;
    final Set<Integer> kept = new java.util.HashSet<>();
    final Set<String> unusable = new java.util.HashSet<>();
    final Map<Integer, GunInput> guns = new TreeMap<>();
    final Map<String, ContactorInput> contactors = new TreeMap<>();
    final List<Island> islands = new ArrayList<>();
    final Set<String> closed = new java.util.TreeSet<>();

    Rings(int slots) {
        this.slots = slots;
        for (int slot = 1; slot <= slots; slot++) {
            contactor("GC_" + slot, Position.OPEN, false, false);
            contactor("MC_" + slot, Position.OPEN, false, false);
            contactor("MN_" + slot + "_0", Position.OPEN, false, false);
            contactor("MN_" + slot + "_1", Position.OPEN, false, false);
        }
    }

    void contactor(String name, Position position, boolean welded, boolean stuckOpen) {
        contactors.put(name, new ContactorInput(name, position, welded, stuckOpen, 0));
    }

    Rings gun(int id, double requestW, double maxPowerW, double maxCurrentA) {
        guns.put(id, new GunInput(id, true, requestW, maxPowerW, maxCurrentA, 800, 1));
        return this;
    }

    Rings idleGun(int id) {
        guns.put(id, new GunInput(id, false, 0, 60_000, 200, 800, 1));
        return this;
    }

    Rings island(int gun, double powerW, List<Integer> slotIds, String... modules) {
        islands.add(new Island(gun, slotIds, List.of(modules), powerW, powerW / 800, 800, Island.Reason.MODULES));
        for (int i = 0; i + 1 < slotIds.size(); i++) {
            closed.add("MC_" + slotIds.get(i));
        }
        return this;
    }

    PlanningInput input() {
        PlannerSettings settings = new PlannerSettings(crossSlotIslands, 4, 1, radius, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
        List<SlotInput> ring = new ArrayList<>();
        for (int slot = 1; slot <= slots; slot++) {
            List<ModuleInput> modules = new ArrayList<>();
            for (int number = 0; number < 2; number++) {
                String id = "M" + slot + "_" + number;
                modules.add(new ModuleInput(id, "MN_" + slot + "_" + number, 30_000, !unusable.contains(id), 0, 40));
            }
            ring.add(new SlotInput(slot, slot, "GC_" + slot, "MC_" + slot, slot < slots ? slot + 1 : closedRing ? 1 : 0,
                    !kept.contains(slot), modules));
        }
        return new PlanningInput(0, settings, gridLimitW, ring, List.copyOf(guns.values()), List.copyOf(contactors.values()), Plan.EMPTY);
    }

    Plan plan() {
        return new Plan(islands, closed, PlannerMemory.NONE);
    }

    DispatchSummary summary() {
        return DispatchSummary.of(input(), plan());
    }
}
