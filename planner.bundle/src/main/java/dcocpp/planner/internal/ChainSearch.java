package dcocpp.planner.internal;

/**
 * The search for rings with too many partitions to try them all: dynamic programming around the ring. What has been decided up to a gun
 * matters to the rest only by how many slots that gun has on its left, and the value of a partition is a sum over the guns (a count, a
 * multiset of levels that is compared from its lowest member up, two sums), so that of all ways to get there only the best one has to be
 * kept.
 *
 * <p>The site's limit couples the guns. It cuts all levels at one height, which keeps their order; so the first pass ignores it, and the
 * second repeats the search with the levels cut at the height that the first has found, in order not to switch for more than that.
 */
final class ChainSearch implements Search {

    private final Claimant[] guns;
    private final Gap[] gaps;
    private final int count;
    private final WaterFilling water;
    private double height = Double.POSITIVE_INFINITY;
    private Partition partition;
    private Value value;

    /** The best way to some point of the ring. */
    private record Way(Way before, int option, int served, long[] levels, long sum, int cost) {
    }

    /** @param site with at least two guns */
    ChainSearch(Site site) {
        guns = site.claimants();
        gaps = site.gaps();
        count = guns.length;
        water = new WaterFilling(guns, site.grid());
    }

    @Override
    public Value bestValue() {
        if (value == null) {
            partition = search();
            value = valueOf(partition);
            long highest = 0;
            long caps = 0;
            for (int gun = 0; gun < count; gun++) {
                highest = Math.max(highest, (long) Math.ceil(value.power()[gun] / guns[gun].weight()));
                caps += guns[gun].supply().cap(partition.left()[gun], partition.right()[gun]);
            }
            if (caps > value.sum()) {
                // One more for rounding: who gets less than the highest level must not be cut.
                height = highest + 1;
                partition = search();
                value = valueOf(partition);
            }
        }
        return value;
    }

    @Override
    public Partition bestPartition() {
        bestValue();
        return partition;
    }

    private Value valueOf(Partition found) {
        long[] caps = new long[count];
        int served = 0;
        for (int gun = 0; gun < count; gun++) {
            caps[gun] = guns[gun].supply().cap(found.left()[gun], found.right()[gun]);
            served += guns[gun].supply().served(found.left()[gun], found.right()[gun]) ? 1 : 0;
        }
        return water.fill(caps, served).copy();
    }

    private Partition search() {
        Way best = null;
        int start = 0;
        for (int left = 0; left < guns[0].leftSteps().length; left++) {
            if (guns[0].leftSteps()[left]) {
                Way way = around(left);
                if (way != null && better(way, best)) {
                    best = way;
                    start = left;
                }
            }
        }
        return partition(best, start);
    }

    /** The best way around the ring when the first gun gets so many slots of the gap before it. */
    private Way around(int start) {
        Way[] ways = new Way[guns[0].leftSteps().length];
        ways[start] = new Way(null, -1, 0, new long[0], 0, 0);
        for (int gun = 0; gun < count; gun++) {
            Gap gap = gaps[gun];
            Way[] next = new Way[guns[gap.cw()].leftSteps().length];
            for (int option = 0; option < gap.options(); option++) {
                boolean closes = gun < count - 1 || gap.toCw(option) == start;
                for (int left = 0; closes && left < ways.length; left++) {
                    if (ways[left] != null) {
                        Way way = step(ways[left], gun, left, option);
                        if (better(way, next[gap.toCw(option)])) {
                            next[gap.toCw(option)] = way;
                        }
                    }
                }
            }
            ways = next;
        }
        return ways[start];
    }

    private Way step(Way before, int gun, int left, int option) {
        Supply supply = guns[gun].supply();
        int right = gaps[gun].toCcw(option);
        double weight = guns[gun].weight();
        long cap = (long) Math.min(supply.cap(left, right), weight * height);
        long level = Math.round(Math.min(supply.cap(left, right) / weight, height));
        long[] levels = new long[before.levels().length + 1];
        int place = before.levels().length;
        while (place > 0 && before.levels()[place - 1] > level) {
            levels[place] = before.levels()[place - 1];
            place--;
        }
        levels[place] = level;
        System.arraycopy(before.levels(), 0, levels, 0, place);
        return new Way(before, option, before.served() + (supply.served(left, right) ? 1 : 0), levels, before.sum() + cap,
                before.cost() + gaps[gun].cost(option));
    }

    private static boolean better(Way way, Way other) {
        if (other == null || way.served() != other.served()) {
            return other == null || way.served() > other.served();
        }
        for (int i = 0; i < way.levels().length; i++) {
            if (way.levels()[i] != other.levels()[i]) {
                return way.levels()[i] > other.levels()[i];
            }
        }
        return way.sum() != other.sum() ? way.sum() > other.sum() : way.cost() < other.cost();
    }

    private Partition partition(Way best, int start) {
        Partition found = new Partition(new int[count], new int[count]);
        found.left()[0] = start;
        Way way = best;
        for (int gun = count - 1; gun >= 0; gun--) {
            found.right()[gun] = gaps[gun].toCcw(way.option());
            found.left()[gaps[gun].cw()] = gaps[gun].toCw(way.option());
            way = way.before();
        }
        return found;
    }
}
