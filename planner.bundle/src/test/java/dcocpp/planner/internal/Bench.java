package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.HashSet;
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
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** A site on the bench: slots 1…n in a ring, gun = slot, contactors that follow each plan at once and count how often they switch. */
final class Bench {

    static final long SECOND = 1_000_000_000L;

    final List<SlotInput> slots = new ArrayList<>();
    final Map<Integer, GunInput> guns = new TreeMap<>();
    final Map<String, ContactorInput> contactors = new TreeMap<>();
    final RingPlanner planner = new RingPlanner();
    PlannerSettings settings = settings(true, 8, 6);
    double gridW = 1_000_000;
    long now = 1_000 * SECOND;
    Plan current = Plan.EMPTY;
    int operations;

    static PlannerSettings settings(boolean crossSlot, int maxModules, int radius) {
        return new PlannerSettings(crossSlot, maxModules, 1, radius, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
    }

    static ModuleInput module(int slot, int number, double capacityW, boolean usable, double hours) {
        return new ModuleInput("M" + slot + "_" + number, "MN_" + slot + "_" + number, capacityW, usable, hours, 40);
    }

    /** A ring in which every slot has so many modules of 30 kW. */
    static Bench ring(int... modulesPerSlot) {
        Bench bench = new Bench();
        for (int slot = 1; slot <= modulesPerSlot.length; slot++) {
            List<ModuleInput> modules = new ArrayList<>();
            for (int number = 0; number < modulesPerSlot[slot - 1]; number++) {
                modules.add(module(slot, number, 30_000, true, 0));
            }
            bench.slot(slot, slot % modulesPerSlot.length + 1, modules);
        }
        return bench;
    }

    static Bench ringOf(int slots) {
        int[] modules = new int[slots];
        java.util.Arrays.fill(modules, 2);
        return ring(modules);
    }

    void slot(int id, int clockwise, List<ModuleInput> modules) {
        slots.add(new SlotInput(id, id, "GC_" + id, "MC_" + id, clockwise, true, modules));
        contactor("GC_" + id, Position.OPEN);
        contactor("MC_" + id, Position.OPEN);
        modules.forEach(module -> contactor(module.contactor(), Position.OPEN));
    }

    void contactor(String name, Position position) {
        contactors.put(name, new ContactorInput(name, position, false, false, 0));
    }

    /** The contactor is as it is since so many seconds. */
    void switchedBefore(String name, int seconds) {
        ContactorInput old = contactors.get(name);
        contactors.put(name, new ContactorInput(name, old.position(), old.welded(), old.stuckOpen(), now - seconds * SECOND));
    }

    void weld(String name) {
        contactors.put(name, new ContactorInput(name, Position.CLOSED, true, false, 0));
    }

    void stuckOpen(String name) {
        contactors.put(name, new ContactorInput(name, Position.OPEN, false, true, 0));
    }

    void lendable(int slot, boolean lendable) {
        SlotInput old = slots.get(slot - 1);
        slots.set(slot - 1, new SlotInput(old.slotId(), old.connectorId(), old.gunContactor(), old.busContactor(),
                old.clockwiseSlotId(), lendable, old.modules()));
    }

    void modules(int slot, ModuleInput... modules) {
        SlotInput old = slots.get(slot - 1);
        slots.set(slot - 1, new SlotInput(old.slotId(), old.connectorId(), old.gunContactor(), old.busContactor(),
                old.clockwiseSlotId(), old.lendable(), List.of(modules)));
    }

    /** A car on the gun that asks for so much. */
    void gun(int id, double requestW, double limitW, double weight) {
        guns.put(id, new GunInput(id, true, requestW, limitW, 1e6, 800, weight));
        lendable(id, false);
    }

    void gun(int id, double requestW) {
        gun(id, requestW, 1e6, 1);
    }

    void unplug(int id) {
        guns.remove(id);
        lendable(id, true);
    }

    PlanningInput input() {
        return new PlanningInput(now, settings, gridW, slots, new ArrayList<>(guns.values()), new ArrayList<>(contactors.values()),
                current);
    }

    /** Plans, and lets the contactors follow. */
    Plan plan() {
        Plan plan = planner.plan(input());
        if (!plan.islands().equals(current.islands()) || !plan.closedBusContactors().equals(current.closedBusContactors())) {
            Invariants.check(input(), plan);
        }
        Set<String> closed = new HashSet<>(plan.closedBusContactors());
        for (Island island : plan.islands()) {
            for (SlotInput slot : slots) {
                for (ModuleInput module : slot.modules()) {
                    if (island.moduleIds().contains(module.moduleId())) {
                        closed.add(module.contactor());
                    }
                }
            }
            if (!island.moduleIds().isEmpty()) {
                closed.add("GC_" + island.connectorId());
            }
        }
        contactors.replaceAll((name, old) -> {
            Position position = closed.contains(name) ? Position.CLOSED : Position.OPEN;
            if (old.welded() || old.stuckOpen() || old.position() == position) {
                return old;
            }
            operations++;
            return new ContactorInput(name, position, false, false, now);
        });
        current = plan;
        return plan;
    }

    /** Goes on planning ten times a second. */
    Plan run(double seconds) {
        for (int tick = 0; tick < seconds * 10; tick++) {
            now += SECOND / 10;
            plan();
        }
        return current;
    }

    double kW(int gun) {
        return current.island(gun).map(Island::powerW).orElse(0.0) / 1000;
    }

    int moduleCount(int gun) {
        return current.island(gun).map(island -> island.moduleIds().size()).orElse(0);
    }

    List<Integer> slotsOf(int gun) {
        return current.island(gun).map(Island::slotIds).orElse(List.of());
    }
}
