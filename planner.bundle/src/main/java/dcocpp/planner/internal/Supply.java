package dcocpp.planner.internal;

import java.util.Arrays;

/** What a gun's island can give for each reach to the left and to the right. */
final class Supply {

    private final long[][] cap;
    private final boolean[][] served;
    private final int[][][] modules;
    private final Modules all;

    /** @param most the most slots left and right together */
    Supply(Ring ring, Modules all, Claimant claimant, int maxModules, int most) {
        this.all = all;
        boolean[] left = claimant.leftSteps();
        boolean[] right = claimant.rightSteps();
        cap = new long[left.length][right.length];
        served = new boolean[left.length][right.length];
        modules = new int[left.length][right.length][];
        long[] best = new long[Math.min(maxModules, all.count())];
        for (int l = 0; l < left.length; l++) {
            for (int r = 0; left[l] && r < right.length && l + r <= most; r++) {
                if (right[r]) {
                    int[] island = modulesOf(ring, all, claimant, l, r);
                    modules[l][r] = island;
                    served[l][r] = claimant.wantsModules() && island.length > 0;
                    cap[l][r] = Math.min(claimant.demand(), best(all, island, best));
                }
            }
        }
    }

    private static int[] modulesOf(Ring ring, Modules all, Claimant claimant, int left, int right) {
        int first = claimant.home() - claimant.lentLeft() - left;
        int last = claimant.home() + claimant.lentRight() + right;
        int count = 0;
        for (int i = first; i <= last; i++) {
            count += all.ofSlot(ring.at(i)).length;
        }
        int[] modules = new int[count];
        for (int i = last; i >= first; i--) {
            int[] slot = all.ofSlot(ring.at(i));
            count -= slot.length;
            System.arraycopy(slot, 0, modules, count, slot.length);
        }
        Arrays.sort(modules);
        return modules;
    }

    /** Sum of the greatest capacities. */
    private static long best(Modules all, int[] modules, long[] best) {
        int count = 0;
        for (int module : modules) {
            long capacity = all.capacity(module);
            int place = count < best.length ? count++ : count;
            while (place > 0 && best[place - 1] < capacity) {
                if (place < best.length) {
                    best[place] = best[place - 1];
                }
                place--;
            }
            if (place < best.length) {
                best[place] = capacity;
            }
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += best[i];
        }
        return sum;
    }

    /** What the gun can have at most, µW. */
    long cap(int left, int right) {
        return cap[left][right];
    }

    boolean served(int left, int right) {
        return served[left][right];
    }

    /** Modules of the island, best first. */
    int[] modules(int left, int right) {
        return modules[left][right];
    }

    /** The greatest cap of all reaches. */
    long greatestCap() {
        long greatest = 0;
        for (long[] row : cap) {
            for (long each : row) {
                greatest = Math.max(greatest, each);
            }
        }
        return greatest;
    }

    /** How many modules this power needs at least, whatever the reach. */
    int fewest(long power) {
        int fewest = Integer.MAX_VALUE;
        for (int[][] row : modules) {
            for (int r = row.length - 1; r >= 0; r--) {
                if (row[r] != null) {
                    fewest = Math.min(fewest, fewest(row[r], power));
                    break;
                }
            }
        }
        return fewest == Integer.MAX_VALUE ? 0 : fewest;
    }

    private int fewest(int[] island, long power) {
        long[] capacities = new long[island.length];
        for (int i = 0; i < island.length; i++) {
            capacities[i] = all.capacity(island[i]);
        }
        Arrays.sort(capacities);
        long missing = power;
        int count = 0;
        while (missing > 0 && count < capacities.length) {
            missing -= capacities[capacities.length - ++count];
        }
        return missing > 0 ? Integer.MAX_VALUE : count;
    }
}
