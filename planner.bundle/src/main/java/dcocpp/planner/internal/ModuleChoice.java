package dcocpp.planner.internal;

import java.util.Arrays;

import dcocpp.api.planner.PlannerSettings;

/**
 * Which modules of an island feed its gun: the ones that are on stay on, as many are added as the power needs. Which of them stay where not
 * all can, and which are added, goes by wear: of all sets with as many that stay and as many that are added the best one is taken. One goes
 * off when the rest could give the power with a fifth to spare for ten seconds.
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
     * @param power no more than the greatest of them can give, as many as a gun may have, µW
     */
    int[] choose(Claimant gun, int[] island, long power) {
        int[] kept = byCapacity(gun, island, true);
        int[] others = byCapacity(gun, island, false);
        int bestKeep = 0;
        int bestAdd = Math.min(others.length, most);
        int bestCost = Integer.MAX_VALUE;
        for (int keep = Math.min(kept.length, most); keep >= 0; keep--) {
            int dropCost = (kept.length - keep) * gun.dropCost();
            int add = additions(kept, keep, others, power);
            int cost = dropCost + add;
            if (add >= 0 && (cost < bestCost || cost == bestCost && keep + add < bestKeep + bestAdd)) {
                bestKeep = keep;
                bestAdd = add;
                bestCost = cost;
            }
        }
        return best(gun, island, kept, bestKeep, others, bestAdd, power);
    }

    /** How many modules must be added to the first kept ones; -1 = it cannot be done. */
    private int additions(int[] kept, int keep, int[] others, long power) {
        long sum = sum(kept, keep);
        int add = 0;
        while (sum < power || keep + add < fewest && add < others.length) {
            if (add == others.length || keep + add == most) {
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

    /** The modules of an island that are on, or those that are not; the greatest first, of equal ones the best. */
    private int[] byCapacity(Claimant gun, int[] island, boolean on) {
        int[] sorted = new int[island.length];
        int count = 0;
        for (int module : island) {
            if (gun.on()[module] == on) {
                int place = count++;
                while (place > 0 && modules.capacity(sorted[place - 1]) < modules.capacity(module)) {
                    sorted[place] = sorted[place - 1];
                    place--;
                }
                sorted[place] = module;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /**
     * The best modules of which so many are on and so many are not, and that together give this power. A module is taken whenever the
     * greatest ones that come after it can give the rest.
     *
     * @param kept the modules of the island that are on, greatest first
     * @param others those that are not, greatest first
     */
    private int[] best(Claimant gun, int[] island, int[] kept, int keep, int[] others, int add, long power) {
        int[] chosen = new int[keep + add];
        int place = 0;
        int toKeep = keep;
        int toAdd = add;
        long missing = power;
        for (int module : island) {
            boolean on = gun.on()[module];
            int keepAfter = on ? toKeep - 1 : toKeep;
            int addAfter = on ? toAdd : toAdd - 1;
            long capacity = modules.capacity(module);
            if (keepAfter >= 0 && addAfter >= 0
                    && capacity + greatest(kept, module, keepAfter) + greatest(others, module, addAfter) >= missing) {
                chosen[place++] = module;
                toKeep = keepAfter;
                toAdd = addAfter;
                missing -= capacity;
            }
        }
        return chosen;
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
