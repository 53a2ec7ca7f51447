package dcocpp.launcher.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** The plots of a record. Stateless. */
final class Plots {

    private static final double HEIGHT = 260;
    private static final double ROW = 22;
    private static final List<String> COLOURS = List.of("#0b57a4", "#0b7a53", "#a03a6b", "#8a5a00", "#7a3e9d");
    private static final Map<String, String> STATUS_COLOURS = statusColours();
    private static final String UNKNOWN_STATUS = "#17212e";
    private static final double BYTES_PER_MB = 1e6;
    private static final double MILLI_PER_KILO = 1e6;
    private static final double KILO = 1e3;

    private final SoakRecord record;
    private final double endSeconds;

    /** A series in the unit of its axis. */
    private record Series(String name, List<Trend.Point> points, boolean dots) {
    }

    private Plots(SoakRecord record) {
        this.record = record;
        endSeconds = record.samples().isEmpty() ? record.run().seconds() : record.samples().get(record.samples().size() - 1).atSeconds();
    }

    /** All of them, by the names of their files. */
    static Map<String, String> of(SoakRecord record) {
        Plots plots = new Plots(record);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("memory.svg", plots.lines("Memory of the charger's process", "MB", List.of(
                plots.series("RSS", Figure.RSS_BYTES, BYTES_PER_MB, false),
                plots.series("heap, committed", Figure.HEAP_COMMITTED_BYTES, BYTES_PER_MB, false),
                plots.series("heap, used", Figure.HEAP_USED_BYTES, BYTES_PER_MB, false),
                plots.series("heap, alive", Figure.HEAP_LIVE_BYTES, BYTES_PER_MB, true),
                plots.series("metaspace", Figure.METASPACE_BYTES, BYTES_PER_MB, false))));
        files.put("resources.svg", plots.lines("Threads, files, sockets, class loaders", "number", List.of(
                plots.series("threads", Figure.THREADS, 1, false),
                plots.series("open files", Figure.OPEN_FILES, 1, false),
                plots.series("sockets", Figure.SOCKETS, 1, false),
                plots.series("class loaders", Figure.CLASS_LOADERS, 1, true),
                plots.series("of the JVM for reflection", Figure.ACCESSOR_LOADERS, 1, true))));
        files.put("power.svg", plots.lines("Power of all guns", "kW", List.of(plots.series("power", Figure.POWER_W, KILO, false))));
        files.put("energy.svg", plots.lines("Energy since the beginning", "kWh", List.of(
                plots.meters(),
                plots.series("journal, ended", Figure.JOURNAL_MILLI_WH, MILLI_PER_KILO, false),
                plots.series("CSMS, ended", Figure.CSMS_WH, KILO, false))));
        files.put("control.svg", plots.lines("Control thread", "ms, rounds", List.of(
                plots.series("longest round, ms", Figure.LONGEST_TICK_MS, 1, false),
                plots.series("rounds above 100 ms", Figure.OVERRUNS, 1, false))));
        files.put("guns.svg", plots.guns());
        return files;
    }

    private Series series(String name, Figure figure, double unit, boolean dots) {
        return new Series(name, record.samples().stream().filter(sample -> sample.figure(figure).isPresent())
                .map(sample -> new Trend.Point(sample.atSeconds(), sample.figure(figure).getAsDouble() / unit)).toList(), dots);
    }

    private Series meters() {
        double first = record.samples().isEmpty() ? 0 : Verdict.registers(record.samples().get(0));
        return new Series("meters", record.samples().stream().map(sample -> new Trend.Point(sample.atSeconds(),
                (Verdict.registers(sample) - first) / MILLI_PER_KILO)).toList(), false);
    }

    private String lines(String title, String unit, List<Series> all) {
        Svg svg = new Svg(title, HEIGHT, endSeconds);
        DoubleFunction<Double> y = svg.valueAxis(all.stream().flatMap(series -> series.points().stream()).mapToDouble(Trend.Point::value).max()
                .orElse(0), unit);
        double warmUp = record.run().warmUpSeconds();
        if (warmUp < endSeconds) {
            svg.line(svg.x(warmUp), Svg.TOP, svg.x(warmUp), Svg.TOP + HEIGHT, Svg.INK, 0.5);
            svg.label(svg.x(warmUp) + 4, Svg.TOP + 12, "start", "warm-up is over");
        }
        for (int i = 0; i < all.size(); i++) {
            Series series = all.get(i);
            String colour = COLOURS.get(i % COLOURS.size());
            if (series.points().isEmpty()) {
                continue;
            }
            svg.legend(series.name(), colour);
            svg.curve(series.points().stream().map(point -> Svg.number(svg.x(point.seconds())) + "," + Svg.number(y.apply(point.value())))
                    .collect(Collectors.joining(" ")), colour);
            if (series.dots()) {
                series.points().forEach(point -> svg.dot(svg.x(point.seconds()), y.apply(point.value()), colour));
            }
        }
        return svg.toString();
    }

    /** A row for each gun, in the colours of its statuses. */
    private String guns() {
        int guns = record.samples().stream().mapToInt(sample -> sample.statuses().size()).max().orElse(0);
        Svg svg = new Svg("Status of the guns", Math.max(1, guns) * ROW, endSeconds);
        for (int gun = 0; gun < guns; gun++) {
            double top = Svg.TOP + gun * ROW + 3;
            svg.label(Svg.LEFT - 8, top + 13, "end", "gun " + (gun + 1));
            for (Stretch stretch : stretches(gun)) {
                svg.bar(svg.x(stretch.fromSeconds()), top, svg.x(stretch.toSeconds()) - svg.x(stretch.fromSeconds()), ROW - 6,
                        STATUS_COLOURS.getOrDefault(stretch.status(), UNKNOWN_STATUS));
            }
        }
        List<String> seen = record.samples().stream().flatMap(sample -> sample.statuses().stream()).distinct().toList();
        STATUS_COLOURS.forEach((status, colour) -> {
            if (seen.contains(status)) {
                svg.legend(status, colour);
            }
        });
        return svg.toString();
    }

    private record Stretch(String status, double fromSeconds, double toSeconds) {
    }

    private List<Stretch> stretches(int gun) {
        List<Stretch> stretches = new ArrayList<>();
        String status = null;
        double from = 0;
        for (Sample sample : record.samples()) {
            String now = gun < sample.statuses().size() ? sample.statuses().get(gun) : "";
            if (!now.equals(status)) {
                if (status != null) {
                    stretches.add(new Stretch(status, from, sample.atSeconds()));
                }
                status = now;
                from = sample.atSeconds();
            }
        }
        if (status != null) {
            stretches.add(new Stretch(status, from, endSeconds));
        }
        return stretches;
    }

    private static Map<String, String> statusColours() {
        Map<String, String> colours = new LinkedHashMap<>();
        colours.put("Available", "#dde3ea");
        colours.put("Preparing", "#f0c419");
        colours.put("Charging", "#0b7a53");
        colours.put("SuspendedEV", "#7ac7a3");
        colours.put("SuspendedEVSE", "#4d9de0");
        colours.put("Finishing", "#8a8f98");
        colours.put("Faulted", "#b3261e");
        colours.put("Reserved", "#7a3e9d");
        colours.put("Unavailable", "#5b6a7c");
        return colours;
    }
}
