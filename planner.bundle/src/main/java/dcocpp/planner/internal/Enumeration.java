package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * Tries every partition, in two passes. The greatest value needs only the partitions in which no gun could be given another slot, since
 * more slots never make a value smaller. The second pass looks, among all partitions of that value, for the one with the fewest
 * operations, the fewest modules and the least worn ones; it skips what provably cannot be it.
 */
final class Enumeration implements Search {

    private final Claimant[] guns;
    private final Gap[] gaps;
    private final int count;
    private final Modules modules;
    private final ModuleChoice choice;
    private final WaterFilling water;
    private final int[] left;
    private final int[] right;
    private final long[] caps;
    private final boolean[] served;

    private Value best;
    private final long[] bestCaps;

    private final long[] greatestCap;
    private final int[] fewestAdded;
    private Partition chosen;
    private int chosenCost;
    private int chosenModules;
    private boolean[] chosenUsed;
    private boolean[] used;

    Enumeration(Site site) {
        guns = site.claimants();
        gaps = site.gaps();
        count = guns.length;
        modules = site.modules();
        choice = new ModuleChoice(modules, site.settings());
        water = new WaterFilling(guns, site.grid());
        left = new int[count];
        right = new int[count];
        caps = new long[count];
        served = new boolean[count];
        bestCaps = new long[count];
        greatestCap = new long[count];
        fewestAdded = new int[count];
    }

    /** How many partitions the second pass has to look at, at most. */
    static double partitions(Site site) {
        double product = 1;
        for (Gap gap : site.gaps()) {
            product *= gap.options();
        }
        return product;
    }

    @Override
    public Value bestValue() {
        if (best == null) {
            spread(0);
        }
        return best;
    }

    private void spread(int depth) {
        Gap gap = gap(depth);
        for (int option = 0; option < gap.options(); option++) {
            if (gap.full(option)) {
                take(gap, option);
                complete(depth);
                if (depth < count - 1) {
                    spread(depth + 1);
                } else if (best == null || anyCapAboveBest()) {
                    Value value = water.fill(caps, servedCount());
                    if (best == null || value.compareTo(best) > 0) {
                        best = value.copy();
                        System.arraycopy(caps, 0, bestCaps, 0, count);
                    }
                }
            }
        }
    }

    /** The first gap taken is the one before the first gun, so that each further one completes a gun. */
    private Gap gap(int depth) {
        return gaps[depth == 0 ? count - 1 : depth - 1];
    }

    private void take(Gap gap, int option) {
        right[gap.ccw()] = gap.toCcw(option);
        left[gap.cw()] = gap.toCw(option);
    }

    private int firstCompleted(int depth) {
        return count == 1 ? 0 : depth - 1;
    }

    private int lastCompleted(int depth) {
        return depth == count - 1 ? depth : depth - 1;
    }

    private void complete(int depth) {
        for (int gun = Math.max(0, firstCompleted(depth)); gun <= lastCompleted(depth); gun++) {
            caps[gun] = guns[gun].supply().cap(left[gun], right[gun]);
            served[gun] = guns[gun].supply().served(left[gun], right[gun]);
        }
    }

    /** Only then can the value be greater: it grows with the caps alone. */
    private boolean anyCapAboveBest() {
        for (int gun = 0; gun < count; gun++) {
            if (caps[gun] > bestCaps[gun]) {
                return true;
            }
        }
        return servedCount() > best.served();
    }

    private int servedCount() {
        int sum = 0;
        for (boolean each : served) {
            sum += each ? 1 : 0;
        }
        return sum;
    }

    @Override
    public Partition bestPartition() {
        if (chosen == null) {
            bestValue();
            used = new boolean[modules.count()];
            chosenUsed = new boolean[modules.count()];
            bound();
            int added = 0;
            long rest = 0;
            for (int gun = 0; gun < count; gun++) {
                added += fewestAdded[gun];
                rest += greatestCap[gun];
            }
            narrow(0, added, rest);
        }
        return chosen;
    }

    /** What each gun can have at most, and how many modules it must add at least in any partition of the greatest value. */
    private void bound() {
        long sum = 0;
        for (int gun = 0; gun < count; gun++) {
            greatestCap[gun] = guns[gun].supply().greatestCap();
            sum += greatestCap[gun];
        }
        for (int gun = 0; gun < count; gun++) {
            double atLowest = (best.levels()[0] - 1) * guns[gun].weight();
            long least = Math.max((long) atLowest, best.sum() - count - (sum - greatestCap[gun]));
            long power = Math.min(least, greatestCap[gun]);
            fewestAdded[gun] = Math.max(0, guns[gun].supply().fewest(power) - guns[gun].onCount());
        }
    }

    /**
     * @param cost least cost of what is decided and what is not
     * @param most greatest sum of caps of what is decided and what is not
     */
    private void narrow(int depth, int cost, long most) {
        Gap gap = gap(depth);
        for (int option = 0; option < gap.options(); option++) {
            int costHere = cost + gap.cost(option);
            if (chosen != null && costHere > chosenCost) {
                continue;
            }
            take(gap, option);
            complete(depth);
            long mostHere = most;
            boolean possible = true;
            for (int gun = Math.max(0, firstCompleted(depth)); gun <= lastCompleted(depth); gun++) {
                mostHere -= greatestCap[gun] - caps[gun];
                possible &= Math.round(caps[gun] / guns[gun].weight()) >= best.levels()[0];
            }
            if (!possible || mostHere < best.sum()) {
                continue;
            }
            if (depth < count - 1) {
                narrow(depth + 1, costHere, mostHere);
            } else {
                judge(costHere);
            }
        }
    }

    /** A complete partition: is it of the greatest value, and better than the best so far by the further rules? */
    private void judge(int leastCost) {
        int servedHere = servedCount();
        if (servedHere < best.served()) {
            return;
        }
        Value value = water.fill(caps, servedHere);
        if (value.compareTo(best) < 0) {
            return;
        }
        int cost = leastCost;
        int moduleCount = 0;
        Arrays.fill(used, false);
        for (int gun = 0; gun < count; gun++) {
            int[] feeding = choice.choose(guns[gun], guns[gun].supply().modules(left[gun], right[gun]), value.power()[gun]);
            cost += choice.operations(guns[gun], feeding) - fewestAdded[gun];
            moduleCount += feeding.length;
            for (int module : feeding) {
                used[module] = true;
            }
        }
        int order = chosen == null ? -1 : Integer.compare(cost, chosenCost);
        order = order != 0 ? order : Integer.compare(moduleCount, chosenModules);
        order = order != 0 ? order : compareUse();
        if (order < 0) {
            chosen = new Partition(left, right).copy();
            chosenCost = cost;
            chosenModules = moduleCount;
            boolean[] swap = chosenUsed;
            chosenUsed = used;
            used = swap;
        }
    }

    /** Which uses the better modules: the one that has the best module that the other has not. */
    private int compareUse() {
        for (int module = 0; module < used.length; module++) {
            if (used[module] != chosenUsed[module]) {
                return used[module] ? -1 : 1;
            }
        }
        return 0;
    }
}
