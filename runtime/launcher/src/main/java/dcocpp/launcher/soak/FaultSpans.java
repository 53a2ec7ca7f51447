package dcocpp.launcher.soak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long each fault was there, as far as samples tell.
 *
 * @param spans those that have come
 * @param atTheEnd those that the last sample has
 */
record FaultSpans(List<Span> spans, List<String> atTheEnd) {

    /**
     * A fault at a gun in samples that follow each other.
     *
     * @param fault as {@code gun:cause}
     * @param fromSeconds time of the first sample that has it, s
     * @param seconds from there to the last one, s
     */
    record Span(String fault, double fromSeconds, double seconds) {
    }

    static FaultSpans of(List<Sample> samples) {
        List<Span> spans = new ArrayList<>();
        Map<String, Double> since = new HashMap<>();
        double before = 0;
        for (Sample sample : samples) {
            Set<String> now = new HashSet<>(sample.faults());
            double last = before;
            since.entrySet().removeIf(open -> {
                if (now.contains(open.getKey())) {
                    return false;
                }
                spans.add(new Span(open.getKey(), open.getValue(), last - open.getValue()));
                return true;
            });
            now.forEach(fault -> since.putIfAbsent(fault, sample.atSeconds()));
            before = sample.atSeconds();
        }
        double end = before;
        since.forEach((fault, from) -> spans.add(new Span(fault, from, end - from)));
        return new FaultSpans(List.copyOf(spans), samples.isEmpty() ? List.of() : samples.get(samples.size() - 1).faults());
    }

    int count() {
        return spans.size();
    }

    Optional<Span> longest() {
        return spans.stream().max(Comparator.comparingDouble(Span::seconds));
    }
}
