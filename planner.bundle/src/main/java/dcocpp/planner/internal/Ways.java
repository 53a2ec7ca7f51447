package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * Ways to share out the ring from the first gun up to some gun. They live in flat arrays that are used again and again: a search tries tens
 * of thousands of them. A way is a number; those that end in the same state are a list.
 */
final class Ways {

    static final int NONE = -1;
    /** What any further way is measured by: the best complete one so far, or what is known to be possible. */
    private static final int MARK = 0;

    /** Which of two ways that end in the same state need not be followed. */
    enum Rule {
        /** The one that is worse, and of equally good ones the one with less power in all. */
        MOST_POWER(false),
        /** The same, but of equally good ones the one with more power in all: less is left for others under the site's limit. */
        LEAST_POWER(false),
        /** The one that is no better and takes no less power. */
        BETTER_OR_LESS_POWER(true),
        /** The one that is worse, and of equally good ones the one that costs more. */
        LEAST_COST(false),
        /** The one that is worse, of equally good ones the one with more power in all, of those with as much the one that costs more. */
        LEAST_POWER_LEAST_COST(false),
        /** The one that is worse, and of equally good ones that take the same power the one that costs more. */
        LEAST_COST_PER_POWER(true),
        /** Only of equally good ones that take the same power the one that costs more: where the best ones take too much power. */
        LEAST_COST_PER_LEVELS(true);

        private final boolean powerLimited;

        Rule(boolean powerLimited) {
            this.powerLimited = powerLimited;
        }

        /** Ways are told apart by their power, since not all of them are within the site's limit. */
        boolean isPowerLimited() {
            return powerLimited;
        }
    }

    private final Rule rule;
    private final int guns;
    private final int words;
    private final boolean powerCounts;
    private final long rounding;
    private long[] levels;
    private long[] power;
    private int[] done;
    private int[] served;
    private int[] operations;
    private int[] modules;
    private long[] used;
    private int[] before;
    private int[] left;
    private int[] right;
    private int[] next;
    private int size;
    private boolean markIsWay;
    private boolean markIsFull;
    private long fullPower = Long.MAX_VALUE;

    /**
     * @param guns how many guns a complete way has
     * @param modules how many modules the ring has
     * @param rounding powers that differ by no more are the same, µW
     * @param powerCounts of equally good ways the one with more power is better; without that they have equal power
     */
    Ways(Rule rule, int guns, int modules, boolean powerCounts, long rounding) {
        this.rule = rule;
        this.guns = guns;
        this.powerCounts = powerCounts;
        this.rounding = rounding;
        words = (modules + Long.SIZE - 1) / Long.SIZE;
        allocate(64);
        mark(new long[guns], -1, Long.MAX_VALUE);
        clear();
    }

    private void allocate(int room) {
        levels = levels == null ? new long[room * guns] : Arrays.copyOf(levels, room * guns);
        used = used == null ? new long[room * words] : Arrays.copyOf(used, room * words);
        power = power == null ? new long[room] : Arrays.copyOf(power, room);
        done = grown(done, room);
        served = grown(served, room);
        operations = grown(operations, room);
        modules = grown(modules, room);
        before = grown(before, room);
        left = grown(left, room);
        right = grown(right, room);
        next = grown(next, room);
    }

    private static int[] grown(int[] array, int room) {
        return array == null ? new int[room] : Arrays.copyOf(array, room);
    }

    /** Forgets all ways but the mark. */
    void clear() {
        size = MARK + 1;
    }

    /**
     * Only ways are of interest that are at least so good.
     *
     * @param power what the best of them gives in all
     */
    void mark(long[] atLeast, int servedAtLeast, long power) {
        fullPower = power;
        System.arraycopy(atLeast, 0, levels, MARK * guns, guns);
        served[MARK] = servedAtLeast;
        done[MARK] = guns;
        markIsWay = false;
    }

    /** A complete way is what others are measured by from now on. */
    void mark(int way) {
        copy(way, MARK);
        markIsWay = true;
        markIsFull = Math.abs(power[way] - fullPower) <= rounding;
    }

    /** How many there have been since they were forgotten. */
    int count() {
        return size;
    }

    /** The way on which nothing has been decided yet. */
    int root() {
        int way = fresh();
        done[way] = 0;
        served[way] = 0;
        power[way] = 0;
        operations[way] = 0;
        modules[way] = 0;
        Arrays.fill(used, way * words, (way + 1) * words, 0);
        before[way] = NONE;
        next[way] = NONE;
        return way;
    }

    private int fresh() {
        if (size == power.length) {
            allocate(2 * size);
        }
        return size++;
    }

    private void copy(int from, int to) {
        System.arraycopy(levels, from * guns, levels, to * guns, done[from]);
        System.arraycopy(used, from * words, used, to * words, words);
        done[to] = done[from];
        served[to] = served[from];
        power[to] = power[from];
        operations[to] = operations[from];
        modules[to] = modules[from];
    }

    /**
     * This way and one more gun.
     *
     * @return a way that is not in any list yet; {@link #drop} it or {@link #keep} it before the next one is made
     */
    int extend(int way, long level, long gunPower, boolean isServed) {
        int longer = fresh();
        copy(way, longer);
        before[longer] = way;
        int first = longer * guns;
        int place = first + done[longer]++;
        while (place > first && levels[place - 1] > level) {
            levels[place] = levels[place - 1];
            place--;
        }
        levels[place] = level;
        power[longer] += gunPower;
        served[longer] += isServed ? 1 : 0;
        return longer;
    }

    /** What the last gun of a way costs. */
    void cost(int way, int switching, Feeding feeding, int cell) {
        operations[way] += switching + feeding.operations(cell);
        modules[way] += feeding.modules(cell);
        feeding.addTo(used, way * words, cell);
    }

    /** How far the island of the last gun reaches. */
    void reach(int way, int toLeft, int toRight) {
        left[way] = toLeft;
        right[way] = toRight;
    }

    void drop(int way) {
        size = way;
    }

    /** Puts a way into the list that begins with this one, unless it is dominated; returns what the list begins with now. */
    int keep(int way, int head) {
        for (int other = head; other != NONE; other = next[other]) {
            if (dominates(other, way)) {
                drop(way);
                return head;
            }
        }
        int kept = head;
        int last = NONE;
        for (int other = head; other != NONE; other = next[other]) {
            if (!dominates(way, other)) {
                last = other;
            } else if (last == NONE) {
                kept = next[other];
            } else {
                next[last] = next[other];
            }
        }
        next[way] = kept;
        return way;
    }

    /** Whether a way that is not complete can still become as good as the mark if each gun to come is served and gets this level. */
    boolean mayReachMark(int way, long levelToCome) {
        int servedAtMost = served[way] + guns - done[way];
        if (servedAtMost != served[MARK]) {
            return servedAtMost > served[MARK];
        }
        for (int i = 0; i < done[way]; i++) {
            long level = levels[way * guns + i];
            long bar = levels[MARK * guns + i];
            if (level != bar || level > levelToCome) {
                return level >= bar && mayMatch(way);
            }
        }
        return mayMatch(way);
    }

    private boolean valueIsKnown() {
        return rule == Rule.LEAST_COST_PER_POWER || rule == Rule.LEAST_COST_PER_LEVELS;
    }

    /** Where ways are told apart by their power, whether the mark has each level of the way, as often: nothing is better than the mark. */
    private boolean mayMatch(int way) {
        if (!valueIsKnown()) {
            return true;
        }
        int bar = 0;
        for (int i = 0; i < done[way]; i++) {
            while (bar < guns && levels[MARK * guns + bar] < levels[way * guns + i]) {
                bar++;
            }
            if (bar == guns || levels[MARK * guns + bar++] != levels[way * guns + i]) {
                return false;
            }
        }
        return true;
    }

    /** How many operations a way has taken. */
    int operations(int way) {
        return operations[way];
    }

    /** Whether a way that takes so many operations at least cannot become better than the mark any more. */
    boolean isTooDear(int leastOperations) {
        return markIsFull && leastOperations > operations[MARK];
    }

    /** Whether a complete way is better than the mark. */
    boolean beatsMark(int way) {
        int order = quality(way, MARK);
        if (order != 0 || !markIsWay) {
            return order >= 0;
        }
        if (valueIsKnown()) {
            long more = power[way] - power[MARK];
            return more > rounding || more >= -rounding && cost(way, MARK) < 0;
        }
        return !dominates(MARK, way);
    }

    /** Better in what comes before all else: guns served, then the levels from the lowest up. */
    private int quality(int a, int b) {
        if (served[a] != served[b]) {
            return served[a] < served[b] ? -1 : 1;
        }
        int fromA = a * guns;
        int fromB = b * guns;
        for (int i = 0; i < done[a]; i++) {
            if (levels[fromA + i] != levels[fromB + i]) {
                return levels[fromA + i] < levels[fromB + i] ? -1 : 1;
            }
        }
        return 0;
    }

    /** Operations, then modules, then which modules: the one that has the best module that the other has not. */
    private int cost(int a, int b) {
        if (operations[a] != operations[b]) {
            return operations[a] < operations[b] ? -1 : 1;
        }
        if (modules[a] != modules[b]) {
            return modules[a] < modules[b] ? -1 : 1;
        }
        for (int word = 0; word < words; word++) {
            long inA = used[a * words + word];
            long inB = used[b * words + word];
            if (inA != inB) {
                return (inA & Long.lowestOneBit(inA ^ inB)) != 0 ? -1 : 1;
            }
        }
        return 0;
    }

    private boolean dominates(int a, int b) {
        int order = quality(a, b);
        if (rule == Rule.BETTER_OR_LESS_POWER) {
            return order >= 0 && power[a] <= power[b];
        }
        if (rule == Rule.LEAST_COST_PER_LEVELS) {
            return order == 0 && power[a] == power[b] && cost(a, b) <= 0;
        }
        if (order != 0) {
            return order > 0;
        }
        return switch (rule) {
            case MOST_POWER -> power[a] >= power[b];
            case LEAST_POWER -> power[a] <= power[b];
            case LEAST_POWER_LEAST_COST -> Math.abs(power[a] - power[b]) > rounding ? power[a] < power[b] : cost(a, b) <= 0;
            case LEAST_COST_PER_POWER -> power[a] == power[b] && cost(a, b) <= 0;
            default -> powerCounts && power[a] != power[b] ? power[a] > power[b] : cost(a, b) <= 0;
        };
    }

    long power(int way) {
        return power[way];
    }

    int next(int way) {
        return next[way];
    }

    int before(int way) {
        return before[way];
    }

    int left(int way) {
        return left[way];
    }

    int right(int way) {
        return right[way];
    }
}
