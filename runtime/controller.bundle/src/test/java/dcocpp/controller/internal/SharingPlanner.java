package dcocpp.controller.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** Gives each active gun its home slot and an equal share of the site's limit. */
final class SharingPlanner implements ChargePlanner {

    int calls;
    RuntimeException failure;
    double factor = 1;

    @Override
    public Plan plan(PlanningInput input) {
        calls++;
        if (failure != null) {
            throw failure;
        }
        List<Island> islands = new ArrayList<>();
        long active = input.guns().stream().filter(GunInput::active).count();
        for (GunInput gun : input.guns()) {
            if (gun.active()) {
                SlotInput slot = input.slots().stream().filter(one -> one.connectorId() == gun.connectorId()).findFirst().orElseThrow();
                List<String> modules = slot.modules().stream().filter(ModuleInput::usable).map(ModuleInput::moduleId).toList();
                double power = Math.min(gun.demandW(), Math.min(modules.size() * 30_000.0, input.gridLimitW() / active)) * factor;
                islands.add(new Island(gun.connectorId(), List.of(slot.slotId()), modules, power, power / gun.voltageV(), gun.voltageV(),
                        Island.Reason.DEMAND));
            }
        }
        return new Plan(islands, Set.of(), PlannerMemory.NONE);
    }
}
