package dcocpp.launcher.soak;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What must not grow while a charger works: a straight line through the samples after the warm-up, up to the last car that came. */
final class Growth {

    private static final double MOST_DRIFT_PERCENT = 5;
    private static final double BYTES_PER_MB = 1e6;
    /** In less time the memory of a process that has just started is not settled, and a trend says nothing, s. */
    private static final double LEAST_FOR_MEMORY = 1800;
    private static final double LEAST_FOR_COUNTS = 150;

    private Growth() {
    }

    static List<Criterion> of(SoakRecord record) {
        return List.of(
                memory(record, "Memory (RSS)", Figure.RSS_BYTES),
                memory(record, "Live heap after collections", Figure.HEAP_LIVE_BYTES),
                memory(record, "Metaspace", Figure.METASPACE_BYTES),
                count(record, "Threads", Figure.THREADS, 2),
                count(record, "Open files", Figure.OPEN_FILES, 4),
                count(record, "Sockets", Figure.SOCKETS, 3),
                count(record, "Class loaders after collections", Figure.CLASS_LOADERS, 2));
    }

    private static Criterion memory(SoakRecord record, String what, Figure figure) {
        String wanted = String.format(Locale.ROOT, "drift below %.0f %% after the warm-up", MOST_DRIFT_PERCENT);
        Trend trend = Trend.of(series(record, figure));
        if (trend == null) {
            return Criterion.notJudged(what, wanted, "too few samples");
        }
        String found = String.format(Locale.ROOT, "%+.1f %%, %.1f to %.1f MB in %.0f min", trend.growthPercent(), trend.from() / BYTES_PER_MB,
                trend.to() / BYTES_PER_MB, (trend.toSeconds() - trend.fromSeconds()) / 60);
        return trend.toSeconds() - trend.fromSeconds() < LEAST_FOR_MEMORY
                ? Criterion.notJudged(what, wanted, found + ": too short, half an hour after the warm-up it takes")
                : Criterion.of(what, wanted, found, trend.growthPercent() < MOST_DRIFT_PERCENT);
    }

    /** @param most by how many the line may rise: what a pool has more at one time than at another */
    private static Criterion count(SoakRecord record, String what, Figure figure, int most) {
        String wanted = "not growing: by fewer than " + most + " in the run";
        Trend trend = Trend.of(figure == Figure.CLASS_LOADERS ? loaders(record) : series(record, figure));
        if (trend == null) {
            return Criterion.notJudged(what, wanted, "too few samples");
        }
        String found = String.format(Locale.ROOT, "%+.1f, %.1f to %.1f", trend.growth(), trend.from(), trend.to());
        return trend.toSeconds() - trend.fromSeconds() < LEAST_FOR_COUNTS ? Criterion.notJudged(what, wanted, found + ": too short")
                : Criterion.of(what, wanted, found, trend.growth() < most);
    }

    /** Those of bundles and libraries: what the JVM makes for reflection is none of ours. */
    private static List<Trend.Point> loaders(SoakRecord record) {
        List<Trend.Point> all = series(record, Figure.CLASS_LOADERS);
        List<Trend.Point> accessors = series(record, Figure.ACCESSOR_LOADERS);
        return IntStream.range(0, Math.min(all.size(), accessors.size()))
                .mapToObj(i -> new Trend.Point(all.get(i).seconds(), all.get(i).value() - accessors.get(i).value())).toList();
    }

    /** The samples of a figure that are judged. */
    static List<Trend.Point> series(SoakRecord record, Figure figure) {
        double until = record.end().map(SoakRecord.End::trafficSeconds).orElse(Double.POSITIVE_INFINITY);
        return record.samples().stream()
                .filter(sample -> sample.atSeconds() >= record.run().warmUpSeconds() && sample.atSeconds() <= until)
                .filter(sample -> sample.figure(figure).isPresent())
                .map(sample -> new Trend.Point(sample.atSeconds(), sample.figure(figure).getAsDouble())).toList();
    }
}
