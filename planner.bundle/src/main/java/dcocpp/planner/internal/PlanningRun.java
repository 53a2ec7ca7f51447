package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Island.Reason;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;

/** One call of the planner. */
final class PlanningRun {

    private final PlanningInput input;
    private final Memory memory;
    private final Site site;

    PlanningRun(PlanningInput input) {
        this.input = input;
        memory = new Memory(input.current().memory(), input.nowNanos());
        Contactors contactors = new Contactors(input.contactors(), input.nowNanos());
        site = new Site(input, contactors, new DemandFilter(memory, input.nowNanos()));
    }

    Plan plan() {
        Partition partition = new Partition(new int[0], new int[0]);
        List<Island> islands = new ArrayList<>();
        if (site.claimants().length > 0) {
            Stability stability = new Stability(site, memory);
            partition = stability.decide(new InForce(site), new ChainSearch(site));
            Value value = site.water().value(partition);
            for (int gun = 0; gun < site.claimants().length; gun++) {
                islands.add(island(gun, partition, value));
            }
            islands.sort(Comparator.comparingInt(Island::connectorId));
        }
        boolean[] closed = Layout.closed(site, partition);
        Set<String> closedNames = new TreeSet<>();
        for (int edge = 0; edge < closed.length; edge++) {
            if (closed[edge]) {
                closedNames.add(site.ring().slot(edge).busContactor());
            }
        }
        return new Plan(islands, closedNames, memory.toPlannerMemory());
    }

    private Island island(int gun, Partition partition, Value value) {
        Claimant claimant = site.claimants()[gun];
        GunInput asked = claimant.gun();
        int left = partition.left()[gun];
        int right = partition.right()[gun];
        long planned = value.power()[gun];
        int[] usable = claimant.supply().modules(left, right);
        ModuleChoice choice = new ModuleChoice(site.modules(), site.settings());
        int[] chosen = choice.rotate(claimant, usable, choice.choose(claimant, usable, planned), planned);
        int[] feeding = choice.rest(claimant, chosen, planned, memory);
        List<String> moduleIds = new ArrayList<>();
        for (int module : feeding) {
            moduleIds.add(site.modules().id(module));
        }
        List<Integer> slotIds = new ArrayList<>();
        for (int i = -claimant.lentLeft() - left; i <= claimant.lentRight() + right; i++) {
            slotIds.add(site.ring().slot(site.ring().at(claimant.home() + i)).slotId());
        }
        // The demand planned for may be that of two seconds ago; the power is never more than what is asked for now.
        long power = Math.min(planned, Watts.toMicro(asked.demandW()));
        double powerW = Watts.fromMicro(power);
        double currentA = powerW > 0 ? Math.min(powerW / asked.voltageV(), asked.maxCurrentA()) : 0;
        return new Island(claimant.id(), slotIds, moduleIds, powerW, currentA, asked.voltageV(),
                reason(claimant, power, usable.length, claimant.supply().cap(left, right)));
    }

    private static Reason reason(Claimant claimant, long power, int usable, long cap) {
        GunInput gun = claimant.gun();
        if (usable == 0 && claimant.wantsModules()) {
            return Reason.NO_MODULES;
        }
        if (power >= Watts.toMicro(gun.demandW())) {
            return gun.requestW() <= Math.min(gun.maxPowerW(), gun.maxCurrentA() * gun.voltageV()) ? Reason.DEMAND : Reason.GUN_LIMIT;
        }
        return power >= cap ? Reason.MODULES : Reason.GRID;
    }
}
