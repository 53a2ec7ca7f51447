package dcocpp.planner.internal;

/**
 * Shares the site's limit out among guns whose caps are given: raises one common level, power per weight, until the limit is reached,
 * and leaves behind each gun that has reached its cap. That is the one point at which no gun can have more without taking from a gun
 * that has less.
 */
final class WaterFilling {

    private final double[] weights;
    private final long grid;
    private final double[] ratio;
    private final int[] order;
    private final long[] levels;
    private final long[] power;

    WaterFilling(Claimant[] claimants, long grid) {
        int count = claimants.length;
        weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = claimants[i].weight();
        }
        this.grid = grid;
        ratio = new double[count];
        order = new int[count];
        levels = new long[count];
        power = new long[count];
    }

    /** The value for these caps; valid until the next call. */
    Value fill(long[] caps, int served) {
        long sum = 0;
        for (int i = 0; i < caps.length; i++) {
            sum += caps[i];
            sortIn(i, caps[i] / weights[i]);
        }
        double level = sum <= grid ? Double.POSITIVE_INFINITY : level(caps);
        for (int i = 0; i < caps.length; i++) {
            int gun = order[i];
            boolean capped = ratio[gun] <= level;
            power[gun] = capped ? caps[gun] : Math.min(caps[gun], (long) (weights[gun] * level));
            levels[i] = Math.round(capped ? ratio[gun] : level);
        }
        return new Value(served, levels, Math.min(sum, grid), power);
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

    private double level(long[] caps) {
        double weight = 0;
        for (double each : weights) {
            weight += each;
        }
        long rest = grid;
        int capped = 0;
        while (capped < order.length && ratio[order[capped]] * weight <= rest) {
            rest -= caps[order[capped]];
            weight -= weights[order[capped]];
            capped++;
        }
        if (capped == order.length) {
            return Double.POSITIVE_INFINITY;
        }
        // Added up anew in the order of the guns, so that the level does not depend on the order of the caps.
        double highest = capped == 0 ? -1 : ratio[order[capped - 1]];
        weight = 0;
        for (int i = 0; i < weights.length; i++) {
            weight += ratio[i] > highest ? weights[i] : 0;
        }
        return rest / weight;
    }
}
