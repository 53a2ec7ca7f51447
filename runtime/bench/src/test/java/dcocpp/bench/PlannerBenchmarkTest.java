package dcocpp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the planner's benchmark: once for a moment, or with {@code -Dbench=full} in all sizes; then it prints the table of
 * docs/performance.md.
 */
class PlannerBenchmarkTest {

    private static final boolean FULL = "full".equals(System.getProperty("bench"));
    private static final int SIZES = 4 * 5 * PlannerBenchmark.Situation.values().length;

    @Test
    void thePlannerCanBeMeasured() throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder().include(PlannerBenchmark.class.getName()).addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class).shouldFailOnError(true);
        if (FULL) {
            options.forks(1).warmupIterations(5).warmupTime(TimeValue.seconds(1)).measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1));
        } else {
            options.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(50))
                    .verbosity(VerboseMode.SILENT).param("guns", "6").param("slots", "16");
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        assertEquals(FULL ? SIZES : PlannerBenchmark.Situation.values().length, results.size());
        results.forEach(result -> assertTrue(median(result) > 0, () -> result.getParams().toString()));
        if (FULL) {
            System.out.println(table(results));
        }
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static double second(RunResult result, String name) {
        return result.getSecondaryResults().entrySet().stream().filter(entry -> entry.getKey().contains(name)).map(Map.Entry::getValue)
                .mapToDouble(Result::getScore).findFirst().orElseThrow();
    }

    /** A line for each ring and number of guns: median, processor time and bytes in each situation. */
    private static String table(Collection<RunResult> results) {
        Map<String, Map<String, String>> lines = new TreeMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String size = String.format(Locale.ROOT, "%3d | %2d", Integer.parseInt(params.getParam("slots")),
                    Integer.parseInt(params.getParam("guns")));
            lines.computeIfAbsent(size, key -> new TreeMap<>()).put(params.getParam("situation"), String.format(Locale.ROOT,
                    "%,.0f / %,.0f / %,.0f", median(result), second(result, "cpu"), second(result, "gc.alloc.rate.norm") / 1024));
        }
        StringBuilder table = new StringBuilder("median µs / processor time µs / KiB per plan\n"
                + "| slots | guns | steady | a car arrives | the same, radius = ring |\n|---|---|---|---|---|\n");
        lines.forEach((size, cells) -> table.append("| ").append(size).append(" | ").append(String.join(" | ",
                cells.get("STEADY"), cells.get("REPLAN"), cells.get("REPLAN_WIDE"))).append(" |\n"));
        return table.toString();
    }
}
