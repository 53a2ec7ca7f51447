package dcocpp.bench;

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
import dcocpp.planner.internal.RingPlanner;

/**
 * A ring of slots with two modules of 30 kW each and a gun each, whose contactors follow each plan at once. The active guns are spread
 * evenly and ask for more than there is: 240 kW each, of which the site allows 50 kW per gun; every third gun counts twice.
 */
final class PlannerSite {

    static final long TICK_NANOS = 100_000_000;
    private static final double REQUEST_W = 240_000;
    private static final double GRID_PER_GUN_W = 50_000;

    private final int slots;
    private final int guns;
    private final PlannerSettings settings;
    private final RingPlanner planner = new RingPlanner();
    private final Map<Integer, GunInput> active = new TreeMap<>();
    private final Map<String, ContactorInput> contactors = new TreeMap<>();
    private Plan current = Plan.EMPTY;
    private long nowNanos = 1_000_000_000_000L;

    PlannerSite(int slots, int guns, int maxIslandRadius) {
        this.slots = slots;
        this.guns = guns;
        settings = new PlannerSettings(true, 8, 1, maxIslandRadius, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
        for (int slot = 1; slot <= slots; slot++) {
            for (String name : List.of("GC_" + slot, "MC_" + slot, "MN_" + slot + "_1", "MN_" + slot + "_2")) {
                contactors.put(name, new ContactorInput(name, Position.OPEN, false, false, 0));
            }
        }
        for (int number = 0; number < guns; number++) {
            arrive(number);
        }
    }

    private int connector(int number) {
        return 1 + number * slots / guns;
    }

    /** A car at the gun of this number, 0 and up. */
    void arrive(int number) {
        request(number, REQUEST_W);
    }

    void request(int number, double requestW) {
        int connector = connector(number);
        active.put(connector, new GunInput(connector, true, requestW, 400_000, 500, 800, number % 3 == 2 ? 2 : 1));
    }

    void leave(int number) {
        active.remove(connector(number));
    }

    PlanningInput input() {
        List<SlotInput> ring = new ArrayList<>();
        for (int slot = 1; slot <= slots; slot++) {
            ring.add(new SlotInput(slot, slot, "GC_" + slot, "MC_" + slot, slot % slots + 1, !active.containsKey(slot),
                    List.of(module(slot, 1), module(slot, 2))));
        }
        return new PlanningInput(nowNanos, settings, guns * GRID_PER_GUN_W, ring, List.copyOf(active.values()),
                List.copyOf(contactors.values()), current);
    }

    private static ModuleInput module(int slot, int number) {
        return new ModuleInput("M_" + slot + "_" + number, "MN_" + slot + "_" + number, 30_000, true, slot * 7 % 5, 40);
    }

    Plan plan(PlanningInput input) {
        return planner.plan(input);
    }

    /** The plan is in force and the next tenth of a second begins. */
    void follow(Plan plan) {
        Set<String> closed = new HashSet<>(plan.closedBusContactors());
        for (Island island : plan.islands()) {
            closed.add("GC_" + island.connectorId());
            island.moduleIds().forEach(module -> closed.add(module.replace("M_", "MN_")));
        }
        contactors.replaceAll((name, old) -> {
            Position position = closed.contains(name) ? Position.CLOSED : Position.OPEN;
            return old.position() == position ? old : new ContactorInput(name, position, false, false, nowNanos);
        });
        current = plan;
        nowNanos += TICK_NANOS;
    }

    /** Goes on for so many ticks. */
    void run(int ticks) {
        for (int tick = 0; tick < ticks; tick++) {
            follow(plan(input()));
        }
    }
}
