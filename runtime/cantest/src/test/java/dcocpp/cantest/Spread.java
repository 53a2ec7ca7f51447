package dcocpp.cantest;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How measured times are spread. */
final class Spread {

    private static final double NANOS_PER_MS = 1e6;

    private final List<Long> sorted;

    /** @param nanos in any order, at least one */
    Spread(Collection<Long> nanos) {
        sorted = nanos.stream().sorted().toList();
    }

    int count() {
        return sorted.size();
    }

    /** The time, ms, that this share of all does not exceed; 1 = the longest. */
    double ms(double share) {
        int rank = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, rank)) / NANOS_PER_MS;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d times, half within %.2f ms, 99 %% %.2f ms, 99.9 %% %.2f ms, longest %.2f ms", count(),
                ms(0.5), ms(0.99), ms(0.999), ms(1));
    }
}
