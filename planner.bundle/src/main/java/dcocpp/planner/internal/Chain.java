package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * Dynamic programming once around the ring, for one height at which all levels are cut. What has been decided up to a gun matters to the
 * rest only by how many slots that gun has on its left. The ring is cut open in its smallest gap: for each way to share that one, the ways
 * to each state "this gun has so many slots on its left", of which only those are followed that the rule keeps.
 */
final class Chain {

    /**
     * Ways that are told apart by their power could become too many for the time there is. The best of so many is taken then; random rings
     * of up to 128 slots stay far below.
     */
    private static final int MOST_WAYS = 5_000;

    private final Claimant[] guns;
    private final Gap[] gaps;
    private final int count;
    private final int first;
    private final Ways ways;
    private final boolean powerLimited;
    private final boolean powerIsGiven;
    private final long grid;
    private final long height;
    private final long[] powerAtHeight;
    private final long[] leastPowerToCome;
    private final long[] mostPowerToCome;
    private final int[] operationsToCome;
    private final long levelToCome;
    private final Gap.Options[] options;
    private final Feeding[] feeding;
    private final int[][] switching;
    private final long rounding;
    private long leastTotal;
    private Partition best;

    /**
     * @param height level at which all levels are cut, µW per weight; infinity = nowhere
     * @param feeding what the islands cost; null when the rule does not ask for it, and then only the options are tried that share out all
     *        slots, since more slots never make a partition worse
     */
    Chain(Site site, Ways.Rule rule, double height, Feeding[] feeding) {
        guns = site.claimants();
        gaps = site.gaps();
        grid = site.grid();
        count = guns.length;
        this.feeding = feeding;
        this.height = height == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : Math.round(height);
        // The power of a gun is rounded to whole microwatts, and so is the height.
        double sum = count;
        for (Claimant gun : guns) {
            sum += gun.weight();
        }
        rounding = (long) Math.ceil(sum);
        ways = new Ways(rule, count, feeding == null ? 0 : site.modules().count(), !site.equalWeights(), rounding);
        powerLimited = rule.isPowerLimited();
        powerIsGiven = powerLimited && rule != Ways.Rule.BETTER_OR_LESS_POWER;
        powerAtHeight = new long[count];
        options = new Gap.Options[count];
        long highest = 0;
        int smallest = 0;
        for (int gun = 0; gun < count; gun++) {
            powerAtHeight[gun] = powerAt(guns[gun], height);
            options[gun] = feeding == null ? gaps[gun].full() : gaps[gun].all();
            highest = Math.max(highest, Math.round(guns[gun].supply().greatestCap() / guns[gun].weight()));
            smallest = guns[gun].leftSteps().length < guns[smallest].leftSteps().length ? gun : smallest;
        }
        first = smallest;
        levelToCome = Math.min(highest, this.height);
        leastPowerToCome = new long[count + 1];
        mostPowerToCome = new long[count + 1];
        operationsToCome = new int[count + 1];
        switching = new int[count][];
        for (int done = count - 1; done >= 0; done--) {
            int gun = (first + done) % count;
            leastPowerToCome[done] = leastPowerToCome[done + 1] + Math.min(guns[gun].supply().leastCap(), powerAtHeight[gun]);
            mostPowerToCome[done] = mostPowerToCome[done + 1] + Math.min(guns[gun].supply().greatestCap(), powerAtHeight[gun]);
            if (feeding != null) {
                operationsToCome[done] = operationsToCome[done + 1] + feeding[gun].leastOperations();
                switching[gun] = switching(gun);
            }
        }
    }

    private int[] switching(int gun) {
        int[] cost = new int[options[gun].count()];
        for (int option = 0; option < cost.length; option++) {
            cost[option] = gaps[gun].cost(options[gun].toCcw()[option], options[gun].toCw()[option]);
        }
        return cost;
    }

    /** What a gun gets at most when the common level is this high, µW. */
    static long powerAt(Claimant gun, double height) {
        return (long) Math.min(Long.MAX_VALUE, gun.weight() * height);
    }

    /** Only partitions are of interest that are at least so good when cut at the height. */
    Chain atLeast(Value value) {
        long[] levels = value.levels().clone();
        for (int i = 0; i < count; i++) {
            levels[i] = Math.min(levels[i], height);
        }
        ways.mark(levels, value.served(), value.sum());
        leastTotal = powerIsGiven ? value.sum() - rounding : 0;
        return this;
    }

    /** The best partition; null = none is good enough. */
    Partition run() {
        boolean[] starts = guns[first].leftSteps();
        for (int start = 0; start < starts.length; start++) {
            if (starts[start]) {
                around(start);
            }
        }
        return best;
    }

    /** The ways around the ring on which the first gun gets so many slots of the gap before it. */
    private void around(int start) {
        ways.clear();
        int[] heads = new int[guns[first].leftSteps().length];
        Arrays.fill(heads, Ways.NONE);
        heads[start] = ways.root();
        for (int done = 0; done < count; done++) {
            int gun = (first + done) % count;
            int[] reached = new int[guns[gaps[gun].cw()].leftSteps().length];
            Arrays.fill(reached, Ways.NONE);
            for (int option = 0; option < options[gun].count(); option++) {
                boolean closes = done < count - 1 || options[gun].toCw()[option] == start;
                if (closes && !ways.isTooDear(leastOperations(done, option))) {
                    for (int left = 0; left < heads.length; left++) {
                        if (heads[left] != Ways.NONE) {
                            extend(heads[left], done, left, option, reached);
                        }
                    }
                }
            }
            heads = reached;
        }
        for (int way = heads[start]; way != Ways.NONE; way = ways.next(way)) {
            if (ways.beatsMark(way)) {
                ways.mark(way);
                best = partition(way);
            }
        }
    }

    /** How many operations it takes at least from this gun on. */
    private int leastOperations(int done, int option) {
        return feeding == null ? 0 : switching[(first + done) % count][option] + operationsToCome[done];
    }

    /** The ways of one list and one more gun. */
    private void extend(int list, int done, int left, int option, int[] reached) {
        int gun = (first + done) % count;
        int right = options[gun].toCcw()[option];
        int toCw = options[gun].toCw()[option];
        Supply supply = guns[gun].supply();
        long level = Math.min(supply.level(left, right), height);
        long power = Math.min(supply.cap(left, right), powerAtHeight[gun]);
        boolean served = supply.served(left, right);
        int toCome = leastOperations(done, option);
        for (int way = list; way != Ways.NONE; way = ways.next(way)) {
            if (ways.isTooDear(ways.operations(way) + toCome)) {
                continue;
            }
            int longer = ways.extend(way, level, power, served);
            if (isPossible(longer, done)) {
                ways.reach(longer, left, right);
                if (feeding != null) {
                    ways.cost(longer, switching[gun][option], feeding[gun], feeding[gun].cell(left, right));
                }
                reached[toCw] = ways.keep(longer, reached[toCw]);
            } else {
                ways.drop(longer);
            }
        }
    }

    private boolean isPossible(int way, int done) {
        if (powerLimited && ways.count() > MOST_WAYS) {
            return false;
        }
        long power = ways.power(way);
        return ways.mayReachMark(way, levelToCome) && (!powerLimited
                || power + leastPowerToCome[done + 1] <= grid && power + mostPowerToCome[done + 1] >= leastTotal);
    }

    private Partition partition(int complete) {
        Partition found = new Partition(new int[count], new int[count]);
        int way = complete;
        for (int done = count - 1; done >= 0; done--) {
            int gun = (first + done) % count;
            found.left()[gun] = ways.left(way);
            found.right()[gun] = ways.right(way);
            way = ways.before(way);
        }
        return found;
    }
}
