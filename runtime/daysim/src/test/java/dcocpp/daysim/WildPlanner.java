package dcocpp.daysim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.controller.internal.planning.PlanGuard;
import dcocpp.planner.internal.RingPlanner;

/** A planner that goes mad for ten seconds every few minutes. For one day. */
final class WildPlanner implements ChargePlanner {

    private static final long EVERY_NANOS = 200_000_000_000L;
    private static final long MAD_NANOS = 10_000_000_000L;
    private static final double TOO_MUCH = 10;

    private final ChargePlanner sane = new RingPlanner();
    private final Random random;

    private WildPlanner(long seed) {
        random = new Random(seed);
    }

    /** It goes mad before the whole guard of plans. */
    static PlantedBug guarded(long seed) {
        return bug(seed, true);
    }

    /** It goes mad and nobody checks its plans. */
    static PlantedBug unguarded(long seed) {
        return bug(seed, false);
    }

    private static PlantedBug bug(long seed, boolean guarded) {
        WildPlanner planner = new WildPlanner(seed);
        return new PlantedBug() {
            @Override
            public ChargePlanner planner() {
                return planner;
            }

            @Override
            public Optional<String> violation(PlanningInput input, Plan plan) {
                return guarded ? PlanGuard.violation(input, plan) : Optional.empty();
            }
        };
    }

    @Override
    public Plan plan(PlanningInput input) {
        Plan plan = sane.plan(input);
        return input.nowNanos() % EVERY_NANOS >= MAD_NANOS ? plan : switch (random.nextInt(5)) {
            case 0 -> new Plan(plan.islands().stream().map(island -> greedy(island, input)).toList(), plan.closedBusContactors(),
                    plan.memory());
            case 1 -> new Plan(plan.islands().stream().map(WildPlanner::generous).toList(), plan.closedBusContactors(), plan.memory());
            case 2 -> new Plan(plan.islands(), allBusContactors(input), plan.memory());
            case 3 -> new Plan(List.of(), Set.of(), plan.memory());
            default -> new Plan(swapped(plan.islands()), plan.closedBusContactors(), plan.memory());
        };
    }

    /** The gun gets its clockwise neighbour's slot as well, whoever has it. */
    private static Island greedy(Island island, PlanningInput input) {
        List<Integer> slots = new ArrayList<>(island.slotIds());
        List<String> modules = new ArrayList<>(island.moduleIds());
        int last = slots.get(slots.size() - 1);
        int next = Site.clockwise(last);
        for (SlotInput slot : input.slots()) {
            if (slot.slotId() == next && !slots.contains(next)) {
                slots.add(next);
                slot.modules().forEach(module -> modules.add(module.moduleId()));
            }
        }
        return new Island(island.connectorId(), slots, modules, island.powerW() * 2, island.currentA() * 2, island.voltageV(),
                island.reason());
    }

    private static Island generous(Island island) {
        return new Island(island.connectorId(), island.slotIds(), island.moduleIds(), island.powerW() * TOO_MUCH,
                island.currentA() * TOO_MUCH, island.voltageV(), island.reason());
    }

    /** Every gun gets the slots and modules of another. */
    private static List<Island> swapped(List<Island> islands) {
        List<Island> swapped = new ArrayList<>();
        for (int i = 0; i < islands.size(); i++) {
            Island other = islands.get((i + 1) % islands.size());
            Island one = islands.get(i);
            swapped.add(new Island(one.connectorId(), other.slotIds(), other.moduleIds(), other.powerW(), other.currentA(),
                    one.voltageV(), one.reason()));
        }
        return swapped;
    }

    private static Set<String> allBusContactors(PlanningInput input) {
        Set<String> all = new HashSet<>();
        input.slots().forEach(slot -> all.add(slot.busContactor()));
        return all;
    }
}
