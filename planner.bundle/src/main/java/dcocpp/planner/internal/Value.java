package dcocpp.planner.internal;

/**
 * What a partition is worth, before the cost of switching: the number of guns with a module, then the weighted levels from the worst
 * served gun up, then the sum.
 *
 * @param served guns with at least one module
 * @param levels power per weight, ascending, µW
 * @param sum power of all guns, µW
 * @param power power of each gun, µW
 * @param height the highest level, µW, not rounded
 * @param isCut the site's limit binds, and cuts at this height all guns that could have more
 */
record Value(int served, long[] levels, long sum, long[] power, double height, boolean isCut) implements Comparable<Value> {

    @Override
    public int compareTo(Value other) {
        int order = Integer.compare(served, other.served);
        for (int i = 0; order == 0 && i < levels.length; i++) {
            order = Long.compare(levels[i], other.levels[i]);
        }
        return order != 0 ? order : Long.compare(sum, other.sum);
    }
}
