package dcocpp.launcher.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Records of runs that a test makes up: an hour with two guns in which nothing is wrong, and what is changed in it. */
final class Records {

    static final double SECONDS = 3600;
    static final double EACH = 10;

    private Records() {
    }

    static SoakRecord.Run run(boolean observed) {
        return run("sim", observed);
    }

    static SoakRecord.Run run(String hardware, boolean observed) {
        return new SoakRecord.Run("2026-01-31T12:00:00Z", "charger soak --hours 1", "charger 1.0.0", "abc", Map.of("dcocpp.planner", "1.0.0"),
                "2 processors", hardware, observed, SECONDS, 600, EACH);
    }

    static SoakRecord good() {
        return new SoakRecord(run(false), samples(Map.of()), List.of(new SoakRecord.Event(60, "link lost", "for 20 s", 25)), List.of(),
                List.of(transaction(1, 0, 4_200_900), transaction(2, 10_500, 99_999)),
                Optional.of(new SoakRecord.End(SECONDS + 30, SECONDS, false, true, 0, 0, "stopped", "")));
    }

    static SoakRecord.Transaction transaction(int gun, long startMilliWh, long stopMilliWh) {
        return new SoakRecord.Transaction(gun, startMilliWh, stopMilliWh, "Local", startMilliWh / 1000, stopMilliWh / 1000, 1, 1);
    }

    /** Samples of the hour; a figure that is not given stays the same. */
    static List<Sample> samples(Map<Figure, DoubleUnaryOperator> changing) {
        List<Sample> samples = new ArrayList<>();
        for (double at = 0; at <= SECONDS; at += EACH) {
            Map<String, Double> figures = new TreeMap<>();
            for (Figure figure : Figure.values()) {
                figures.put(figure.key(), figure == Figure.TICKS ? at * 10 : figure == Figure.VIOLATIONS || figure == Figure.OVERRUNS ? 0.0
                        : 100_000_000.0);
            }
            double now = at;
            changing.forEach((figure, value) -> figures.put(figure.key(), value.applyAsDouble(now)));
            samples.add(new Sample(at, figures, List.of("Charging", "Available"), List.of((long) at * 1000, 10L), List.of()));
        }
        return samples;
    }

    static SoakRecord with(List<Sample> samples) {
        SoakRecord good = good();
        return new SoakRecord(good.run(), samples, good.events(), good.complaints(), good.transactions(), good.end());
    }

    static SoakRecord with(SoakRecord.Transaction... transactions) {
        SoakRecord good = good();
        return new SoakRecord(good.run(), good.samples(), good.events(), good.complaints(), List.of(transactions), good.end());
    }

    static SoakRecord with(SoakRecord.Event event) {
        SoakRecord good = good();
        return new SoakRecord(good.run(), good.samples(), List.of(event), good.complaints(), good.transactions(), good.end());
    }

    static SoakRecord with(SoakRecord.Complaint complaint) {
        SoakRecord good = good();
        return new SoakRecord(good.run(), good.samples(), good.events(), List.of(complaint), good.transactions(), good.end());
    }

    static SoakRecord with(SoakRecord.End end) {
        SoakRecord good = good();
        return new SoakRecord(good.run(), good.samples(), good.events(), good.complaints(), good.transactions(), Optional.ofNullable(end));
    }

    /** The samples from one to another, but with this fault. */
    static List<Sample> faulty(String fault, int from, int to) {
        List<Sample> samples = samples(Map.of());
        for (int i = from; i < to; i++) {
            Sample sample = samples.get(i);
            samples.set(i, new Sample(sample.atSeconds(), sample.figures(), sample.statuses(), sample.registersMilliWh(),
                    Collections.singletonList(fault)));
        }
        return samples;
    }
}
