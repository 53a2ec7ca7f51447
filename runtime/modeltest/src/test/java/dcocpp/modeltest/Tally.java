package dcocpp.modeltest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the sequences were made of. */
final class Tally {

    private final Map<Step.Kind, Integer> steps = new EnumMap<>(Step.Kind.class);
    private int kills;
    private int transactions;

    void add(List<Step> taken, int killed, int made) {
        taken.forEach(step -> steps.merge(step.kind(), 1, Integer::sum));
        kills += killed;
        transactions += made;
    }

    int transactions() {
        return transactions;
    }

    int kills() {
        return kills;
    }

    /** The share of the kind that came least often, of 1. */
    double leastShare() {
        double all = steps.values().stream().mapToInt(Integer::intValue).sum();
        return steps.size() < Step.Kind.values().length ? 0
                : steps.values().stream().mapToInt(Integer::intValue).min().orElse(0) / all;
    }

    @Override
    public String toString() {
        return steps + ", " + kills + " kills, " + transactions + " transactions";
    }
}
