package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * What a gun's island can give for each reach to the left and to the right. Built up slot by slot: the greatest capacities of a reach are
 * those of the reach that is one shorter and the modules of one more slot.
 */
final class Supply {

    private final Ring ring;
    private final int maxModules;
    private final Modules all;
    private final Claimant claimant;
    private final int width;
    private final long[] cap;
    private final long[] level;
    private final boolean[] served;
    private long greatestCap;
    private boolean mayBeServed;

    /** @param most the most slots left and right together */
    Supply(Ring ring, Modules all, Claimant claimant, int maxModules, int most) {
        this.ring = ring;
        this.all = all;
        this.claimant = claimant;
        this.maxModules = Math.min(maxModules, all.count());
        boolean[] left = claimant.leftSteps();
        boolean[] right = claimant.rightSteps();
        width = right.length;
        cap = new long[left.length * width];
        level = new long[cap.length];
        served = new boolean[cap.length];
        Greatest row = new Greatest(this.maxModules);
        for (int slot = -claimant.lentLeft(); slot <= claimant.lentRight(); slot++) {
            row.add(claimant.home() + slot);
        }
        Greatest reach = width > 1 ? new Greatest(this.maxModules) : row;
        for (int l = 0; l < left.length; l++) {
            if (l > 0) {
                row.add(claimant.home() - claimant.lentLeft() - l);
            }
            if (left[l]) {
                reach.take(row);
                row(l, right, most - l, reach);
            }
        }
    }

    private void row(int l, boolean[] right, int most, Greatest reach) {
        long demand = claimant.demand();
        for (int r = 0; r < width && r <= most; r++) {
            // More slots do not help a gun that has all it asks for.
            if (r > 0 && (reach.sum < demand || reach.count == 0)) {
                reach.add(claimant.home() + claimant.lentRight() + r);
            }
            if (right[r]) {
                int cell = cell(l, r);
                served[cell] = claimant.wantsModules() && reach.count > 0;
                cap[cell] = Math.min(demand, reach.sum);
                level[cell] = Math.round(cap[cell] / claimant.weight());
                greatestCap = Math.max(greatestCap, cap[cell]);
                mayBeServed |= served[cell];
            }
        }
    }

    /** The greatest capacities of some slots, as many as one gun may have. */
    private final class Greatest {

        private final long[] capacities;
        private int count;
        private long sum;

        Greatest(int most) {
            capacities = new long[most];
        }

        void take(Greatest other) {
            if (other != this) {
                System.arraycopy(other.capacities, 0, capacities, 0, other.count);
                count = other.count;
                sum = other.sum;
            }
        }

        void add(int slot) {
            for (int module : all.ofSlot(ring.at(slot))) {
                add(all.capacity(module));
            }
        }

        private void add(long capacity) {
            if (count == capacities.length) {
                if (count == 0 || capacities[count - 1] >= capacity) {
                    return;
                }
                sum -= capacities[--count];
            }
            int place = count++;
            while (place > 0 && capacities[place - 1] < capacity) {
                capacities[place] = capacities[place - 1];
                place--;
            }
            capacities[place] = capacity;
            sum += capacity;
        }
    }

    /** Numbers the pairs of reaches. */
    int cell(int left, int right) {
        return left * width + right;
    }

    /** How many pairs of reaches there are. */
    int cells() {
        return cap.length;
    }

    /** What the gun can have at most, µW. */
    long cap(int left, int right) {
        return cap[cell(left, right)];
    }

    /** The same per weight, in whole µW. */
    long level(int left, int right) {
        return level[cell(left, right)];
    }

    boolean served(int left, int right) {
        return served[cell(left, right)];
    }

    /** Modules of the island, best first. */
    int[] modules(int left, int right) {
        int first = claimant.home() - claimant.lentLeft() - left;
        int last = claimant.home() + claimant.lentRight() + right;
        int count = 0;
        for (int slot = first; slot <= last; slot++) {
            count += all.ofSlot(ring.at(slot)).length;
        }
        int[] modules = new int[count];
        for (int slot = last; slot >= first; slot--) {
            int[] ofSlot = all.ofSlot(ring.at(slot));
            count -= ofSlot.length;
            System.arraycopy(ofSlot, 0, modules, count, ofSlot.length);
        }
        Arrays.sort(modules);
        return modules;
    }

    /** The greatest cap of all reaches. */
    long greatestCap() {
        return greatestCap;
    }

    /** What the gun has at least: with its base alone. */
    long leastCap() {
        return cap[0];
    }

    /** Some reach has a module for it. */
    boolean mayBeServed() {
        return mayBeServed;
    }

    /** How many modules this power needs at least, whatever the reach. */
    int fewestModules(long power) {
        Greatest all = new Greatest(maxModules);
        int first = claimant.home() - claimant.lentLeft() - claimant.leftSteps().length + 1;
        for (int slot = first; slot < claimant.home() + claimant.lentRight() + width; slot++) {
            all.add(slot);
        }
        int fewest = 0;
        for (long missing = power; missing > 0 && fewest < all.count; fewest++) {
            missing -= all.capacities[fewest];
        }
        return fewest;
    }

    /** Whether the level of any reach lies between these two, both included. */
    boolean anyLevelWithin(long lowest, long highest) {
        for (long each : level) {
            if (each >= lowest && each <= highest) {
                return true;
            }
        }
        return false;
    }
}
