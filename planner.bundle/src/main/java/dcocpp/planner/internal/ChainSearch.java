package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * Looks for the best partition of the ring. The value of a partition is a sum over the guns under an order that one more gun on both sides
 * does not change (a count, a multiset of levels that is compared from its lowest member up, sums, sets that do not overlap), so that
 * {@link Chain} finds the greatest without trying all.
 *
 * <p>The site's limit couples the guns: it cuts all levels at one height, which depends on the partition. With equal weights the partition
 * that is best without the limit is best with it too. With unequal weights another one may leave more to the guns above the lowest: the
 * height is raised step by step, and at each one the best partition is looked for whose power at that height is within the limit.
 * docs/planner.md says why that finds the optimum.
 */
final class ChainSearch {

    /** Each round passes the cap of some gun, so that it never comes to this; it bounds the time for absurd inputs. */
    private static final int MOST_ROUNDS = 1000;

    private final Site site;
    private final Claimant[] guns;
    private final int count;
    private final long grid;
    private final WaterFilling water;
    private Partition found;
    private Value value;
    private Partition chosen;
    /** Without a limit that binds, or with equal weights, partitions of the greatest value cannot take too much power. */
    private Ways.Rule costRule = Ways.Rule.LEAST_COST;

    ChainSearch(Site site) {
        this.site = site;
        guns = site.claimants();
        count = guns.length;
        grid = site.grid();
        water = site.water();
    }

    /** A value that no partition exceeds: each gun with the best of all its islands. */
    Value bound() {
        long[] caps = new long[count];
        int served = 0;
        for (int gun = 0; gun < count; gun++) {
            caps[gun] = guns[gun].supply().greatestCap();
            served += guns[gun].supply().mayBeServed() ? 1 : 0;
        }
        return water.fill(caps, served);
    }

    /** The greatest value that any partition has. */
    Value bestValue() {
        if (value == null) {
            found = new Chain(site, Ways.Rule.MOST_POWER, Double.POSITIVE_INFINITY, null).run();
            value = water.value(found);
            if (value.isCut() && !site.equalWeights()) {
                raise();
            }
        }
        return value;
    }

    /** Raises the height as long as a better partition is to be found there. All partitions whose own level is lower have been compared. */
    private void raise() {
        long[] unlimited = levels(found);
        long height = (long) value.height();
        boolean more = true;
        for (int round = 0; more && round < MOST_ROUNDS; round++) {
            long above = height + 1;
            Partition partition = best(Ways.Rule.LEAST_POWER, above);
            if (partition != null && powerAt(partition, above) > grid) {
                partition = mayBeBeaten(unlimited, height) ? best(Ways.Rule.BETTER_OR_LESS_POWER, above) : null;
            }
            more = partition != null;
            if (more) {
                Value better = water.value(partition);
                if (better.compareTo(value) > 0) {
                    value = better;
                    found = partition;
                }
                // Up to where the next gun of this partition reaches its cap no other one is better.
                long next = lowestFrom(above, levels(partition));
                more = next >= 0;
                height = Math.max(above, Math.min(next, (long) better.height()));
            }
        }
        if (value.sum() < grid) {
            // Another one may be as good by its levels and give more in all.
            Partition partition = new Chain(site, Ways.Rule.LEAST_COST_PER_LEVELS, value.height(), null).atLeast(value).run();
            found = partition == null ? found : partition;
            value = water.value(found);
        }
        long end = (long) value.height();
        if (!isBestWithoutLimit(unlimited, end)) {
            costRule = Ways.Rule.LEAST_COST_PER_LEVELS;
        } else if (!value.isCut() || anyCapAt(end)) {
            costRule = Ways.Rule.LEAST_COST_PER_POWER;
        } else {
            // All partitions of that value that take the least power are just within the limit, and those that take more are not.
            costRule = Ways.Rule.LEAST_POWER_LEAST_COST;
        }
    }

    private Partition best(Ways.Rule rule, double height) {
        return new Chain(site, rule, height, null).atLeast(value).run();
    }

    /**
     * No partition that is best without the limit is within it above this height. Another one can be better than what has been found only
     * if one of its guns has its cap at this very height.
     */
    private boolean mayBeBeaten(long[] unlimited, long height) {
        return anyCapAt(height) || !isBestWithoutLimit(unlimited, height);
    }

    private boolean anyCapAt(long height) {
        for (Claimant gun : guns) {
            if (gun.supply().anyLevelWithin(height - 1, height + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Cut at this height, what has been found is as good as the best without the limit. */
    private boolean isBestWithoutLimit(long[] unlimited, long height) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(value.levels()[i] - Math.min(unlimited[i], height)) > 1) {
                return false;
            }
        }
        return true;
    }

    private long powerAt(Partition partition, double height) {
        long power = 0;
        for (int gun = 0; gun < count; gun++) {
            long cap = guns[gun].supply().cap(partition.left()[gun], partition.right()[gun]);
            power += Math.min(cap, Chain.powerAt(guns[gun], height));
        }
        return power;
    }

    /** What the guns of a partition could have without the site's limit, per weight, ascending. */
    private long[] levels(Partition partition) {
        long[] levels = new long[count];
        for (int gun = 0; gun < count; gun++) {
            levels[gun] = guns[gun].supply().level(partition.left()[gun], partition.right()[gun]);
        }
        Arrays.sort(levels);
        return levels;
    }

    private static long lowestFrom(long from, long[] ascending) {
        for (long each : ascending) {
            if (each >= from) {
                return each;
            }
        }
        return -1;
    }

    /** Of the partitions with the greatest value the one that is best by all further rules. */
    Partition bestPartition() {
        if (chosen == null) {
            Value best = bestValue();
            double height = best.height();
            ModuleChoice choice = new ModuleChoice(site.modules(), site.settings());
            Feeding[] feeding = new Feeding[count];
            for (int gun = 0; gun < count; gun++) {
                feeding[gun] = new Feeding(guns[gun], choice, leastPower(guns[gun], best), Chain.powerAt(guns[gun], height));
            }
            chosen = new Chain(site, costRule, height, feeding).atLeast(best).run();
            chosen = chosen == null ? found : chosen;
        }
        return chosen;
    }

    /** What a gun gets at least in any partition of this value: the lowest of its levels that the gun does not exceed with its base. */
    private static long leastPower(Claimant gun, Value best) {
        long level = lowestFrom(Math.min(gun.supply().level(0, 0), best.levels()[best.levels().length - 1]), best.levels());
        // Levels are rounded.
        return (long) (gun.weight() * (level - 0.5)) - 1;
    }
}
