package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * The reference for the search: tries every partition of the ring and compares them by all rules, one after the other. It takes what an
 * island can give from the planner, so that it is no proof by itself; that is what {@link BruteForce} is for.
 */
final class Enumeration {

    private final Site site;
    private final Claimant[] guns;
    private final Gap[] gaps;
    private final int count;
    private final Gap.Options[] options;
    private final ModuleChoice choice;
    private final Partition current;
    private Rank best;

    /** What a partition is worth by all rules. */
    record Rank(Value value, int operations, int modules, boolean[] used) {
    }

    Enumeration(Site site) {
        this.site = site;
        guns = site.claimants();
        gaps = site.gaps();
        count = guns.length;
        options = new Gap.Options[count];
        for (int gap = 0; gap < count; gap++) {
            options[gap] = gaps[gap].all();
        }
        choice = new ModuleChoice(site.modules(), site.settings());
        current = new Partition(new int[count], new int[count]);
    }

    /** How many partitions there are. */
    static double partitions(Site site) {
        double product = 1;
        for (Gap gap : site.gaps()) {
            product *= gap.all().count();
        }
        return product;
    }

    /** The best one. */
    Rank best() {
        best = null;
        spread(0);
        return best;
    }

    private void spread(int gap) {
        if (gap == count) {
            Rank rank = rank(current);
            if (best == null || compare(rank, best) > 0) {
                best = rank;
            }
            return;
        }
        for (int option = 0; option < options[gap].count(); option++) {
            current.right()[gaps[gap].ccw()] = options[gap].toCcw()[option];
            current.left()[gaps[gap].cw()] = options[gap].toCw()[option];
            spread(gap + 1);
        }
    }

    Rank rank(Partition partition) {
        Value value = site.water().value(partition);
        int operations = 0;
        int modules = 0;
        boolean[] used = new boolean[site.modules().count()];
        for (int gun = 0; gun < count; gun++) {
            int left = partition.left()[gun];
            int[] feeding = choice.choose(guns[gun], guns[gun].supply().modules(left, partition.right()[gun]), value.power()[gun]);
            operations += choice.operations(guns[gun], feeding);
            modules += feeding.length;
            Arrays.stream(feeding).forEach(module -> used[module] = true);
        }
        for (Gap gap : gaps) {
            operations += gap.cost(partition.right()[gap.ccw()], partition.left()[gap.cw()]);
        }
        return new Rank(value, operations, modules, used);
    }

    private static int compare(Rank a, Rank b) {
        int order = a.value().compareTo(b.value());
        order = order != 0 ? order : Integer.compare(b.operations(), a.operations());
        order = order != 0 ? order : Integer.compare(b.modules(), a.modules());
        for (int module = 0; order == 0 && module < a.used().length; module++) {
            order = Boolean.compare(a.used()[module], b.used()[module]);
        }
        return order;
    }
}
