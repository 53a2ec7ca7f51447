package dcocpp.planner.internal;

import java.util.Arrays;

import dcocpp.api.planner.PlannerSettings;

/**
 * Which modules of an island feed its gun: the ones that are on stay on, as many are added as the power needs, and among as many the
 * least worn. One goes off when the rest could give the power with a fifth to spare for ten seconds.
 */
final class ModuleChoice {

    private static final long OFF_DELAY_NANOS = 10_000_000_000L;
    /** A module that is on gives way to one that has run so much less, h. */
    private static final double ROTATION_HOURS = 50;

    private final Modules modules;
    private final int fewest;
    private final int most;

    ModuleChoice(Modules modules, PlannerSettings settings) {
        this.modules = modules;
        fewest = settings.minModulesPerActiveGun();
        most = settings.maxModulesPerGun();
    }

    /**
     * The modules for this power, best first.
     *
     * @param island usable modules of the island, best first
     */
    int[] choose(Claimant gun, int[] island, long power) {
        int[] kept = new int[island.length];
        int[] others = new int[island.length];
        int keptCount = 0;
        int otherCount = 0;
        for (int module : island) {
            if (gun.on()[module]) {
                insertByCapacity(kept, keptCount++, module);
            } else {
                insertByCapacity(others, otherCount++, module);
            }
        }
        int bestKeep = 0;
        int bestAdd = Math.min(otherCount, most);
        int bestCost = Integer.MAX_VALUE;
        for (int keep = Math.min(keptCount, most); keep >= 0; keep--) {
            int dropCost = (keptCount - keep) * gun.dropCost();
            int add = additions(kept, keep, others, otherCount, power);
            int cost = dropCost + add;
            if (add >= 0 && (cost < bestCost || cost == bestCost && keep + add < bestKeep + bestAdd)) {
                bestKeep = keep;
                bestAdd = add;
                bestCost = cost;
            }
        }
        int[] chosen = Arrays.copyOf(kept, bestKeep + bestAdd);
        add(chosen, bestKeep, Arrays.copyOf(others, otherCount), power - sum(kept, bestKeep));
        Arrays.sort(chosen);
        return chosen;
    }

    /** How many modules must be added to the first kept ones; -1 = it cannot be done. */
    private int additions(int[] kept, int keep, int[] others, int otherCount, long power) {
        long sum = sum(kept, keep);
        int add = 0;
        while (sum < power || keep + add < fewest && add < otherCount) {
            if (add == otherCount || keep + add == most) {
                return -1;
            }
            sum += modules.capacity(others[add++]);
        }
        return add;
    }

    private long sum(int[] chosen, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += modules.capacity(chosen[i]);
        }
        return sum;
    }

    private void insertByCapacity(int[] sorted, int count, int module) {
        int place = count;
        while (place > 0 && modules.capacity(sorted[place - 1]) < modules.capacity(module)) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = module;
    }

    /** Fills the places of {@code chosen} from {@code from} on with the best modules that together give this power. */
    private void add(int[] chosen, int from, int[] byCapacity, long power) {
        int[] byRank = byCapacity.clone();
        Arrays.sort(byRank);
        long missing = power;
        int place = from;
        for (int i = 0; i < byRank.length && place < chosen.length; i++) {
            int left = chosen.length - place - 1;
            long capacity = modules.capacity(byRank[i]);
            if (byRank.length - i - 1 >= left && capacity + greatest(byCapacity, byRank[i], left) >= missing
                    || byRank.length - i - 1 < left + 1) {
                chosen[place++] = byRank[i];
                missing -= capacity;
            }
        }
    }

    /** Sum of the greatest capacities among the modules that come after this one. */
    private long greatest(int[] byCapacity, int after, int count) {
        long sum = 0;
        int taken = 0;
        for (int i = 0; i < byCapacity.length && taken < count; i++) {
            if (byCapacity[i] > after) {
                sum += modules.capacity(byCapacity[i]);
                taken++;
            }
        }
        return sum;
    }

    /** Cost of switching from the modules that are on to these. */
    int operations(Claimant gun, int[] chosen) {
        int same = 0;
        for (int module : chosen) {
            same += gun.on()[module] ? 1 : 0;
        }
        return chosen.length - same + (gun.onCount() - same) * gun.dropCost();
    }

    /**
     * Lets one module that is on give way to one that has run far less, when both have been as they are for long enough. So wear is
     * levelled also where a session lasts for days.
     */
    int[] rotate(Claimant gun, int[] island, int[] chosen, long power) {
        int worn = -1;
        long sum = sum(chosen, chosen.length);
        for (int module : chosen) {
            boolean mayGo = gun.on()[module] && modules.settled(module);
            worn = mayGo && (worn < 0 || modules.hours(module) > modules.hours(worn)) ? module : worn;
        }
        if (worn < 0) {
            return chosen;
        }
        int fresh = -1;
        for (int module : island) {
            boolean mayCome = !gun.on()[module] && modules.settled(module) && Arrays.binarySearch(chosen, module) < 0
                    && sum - modules.capacity(worn) + modules.capacity(module) >= power;
            fresh = mayCome && (fresh < 0 || modules.hours(module) < modules.hours(fresh)) ? module : fresh;
        }
        if (fresh < 0 || !(modules.hours(worn) - modules.hours(fresh) > ROTATION_HOURS)) {
            return chosen;
        }
        int[] rotated = chosen.clone();
        rotated[Arrays.binarySearch(chosen, worn)] = fresh;
        Arrays.sort(rotated);
        return rotated;
    }

    /** Takes one module away when that has been possible for long enough. */
    int[] rest(Claimant gun, int[] chosen, long power, Memory memory) {
        String timer = "spare." + gun.id();
        int spared = -1;
        boolean possible = false;
        long sum = sum(chosen, chosen.length);
        for (int module : chosen) {
            long rest = sum - modules.capacity(module);
            if (chosen.length > fewest && (power == 0 || power * 10 < rest * 8)) {
                possible = true;
                spared = modules.settled(module) ? module : spared;
            }
        }
        if (!possible) {
            return chosen;
        }
        if (memory.run(timer) < OFF_DELAY_NANOS || spared < 0) {
            return chosen;
        }
        memory.restart(timer);
        int[] rest = new int[chosen.length - 1];
        int count = 0;
        for (int module : chosen) {
            if (module != spared) {
                rest[count++] = module;
            }
        }
        return rest;
    }
}
