package dcocpp.planner.internal;

/**
 * Shares the site's limit out among guns whose caps are given: raises one common level, power per weight, until the limit is reached,
 * and leaves behind each gun that has reached its cap. That is the one point at which no gun can have more without taking from a gun
 * that has less.
 */
final class WaterFilling {

    private final Claimant[] guns;
    private final long grid;
    private final double[] ratio;
    private final int[] order;

    WaterFilling(Claimant[] guns, long grid) {
        this.guns = guns;
        this.grid = grid;
        ratio = new double[guns.length];
        order = new int[guns.length];
    }

    /** What a partition is worth. */
    Value value(Partition partition) {
        long[] caps = new long[guns.length];
        int served = 0;
        for (int gun = 0; gun < caps.length; gun++) {
            int left = partition.left()[gun];
            int right = partition.right()[gun];
            caps[gun] = guns[gun].supply().cap(left, right);
            served += guns[gun].supply().served(left, right) ? 1 : 0;
        }
        return fill(caps, served);
    }

    /** The value for these caps. */
    Value fill(long[] caps, int served) {
        long sum = 0;
        for (int gun = 0; gun < caps.length; gun++) {
            sum += caps[gun];
            sortIn(gun, caps[gun] / guns[gun].weight());
        }
        double height = sum <= grid ? Double.POSITIVE_INFINITY : height(caps);
        long[] levels = new long[caps.length];
        long[] power = new long[caps.length];
        for (int i = 0; i < caps.length; i++) {
            int gun = order[i];
            boolean capped = ratio[gun] <= height;
            power[gun] = capped ? caps[gun] : Math.min(caps[gun], (long) (guns[gun].weight() * height));
            levels[i] = Math.round(capped ? ratio[gun] : height);
        }
        boolean cut = height != Double.POSITIVE_INFINITY;
        return new Value(served, levels, Math.min(sum, grid), power, cut ? height : ratio[order[caps.length - 1]], cut);
    }

    private void sortIn(int gun, double gunRatio) {
        ratio[gun] = gunRatio;
        int place = gun;
        while (place > 0 && ratio[order[place - 1]] > gunRatio) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = gun;
    }

    private double height(long[] caps) {
        double weight = 0;
        for (Claimant gun : guns) {
            weight += gun.weight();
        }
        long rest = grid;
        int capped = 0;
        while (capped < order.length && ratio[order[capped]] * weight <= rest) {
            rest -= caps[order[capped]];
            weight -= guns[order[capped]].weight();
            capped++;
        }
        if (capped == order.length) {
            return Double.POSITIVE_INFINITY;
        }
        // Added up anew in the order of the guns, so that the level does not depend on the order of the caps.
        double highest = capped == 0 ? -1 : ratio[order[capped - 1]];
        weight = 0;
        for (int gun = 0; gun < guns.length; gun++) {
            weight += ratio[gun] > highest ? guns[gun].weight() : 0;
        }
        return rest / weight;
    }
}
