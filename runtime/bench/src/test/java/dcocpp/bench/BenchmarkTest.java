package dcocpp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks: each once for a moment, or with {@code -Dbench=full} as docs/performance.md shows them. Judges no speed. */
class BenchmarkTest {
    private static final boolean FULL = "full".equals(System.getProperty("bench"));

    /**
     * A whole charge point and a CSMS: after four seconds the compiler still takes more of the processor than they do, and what it had
     * compiled for text frames alone it does again when the first ping goes, after thirty.
     */
    private static final int WHOLE_WAY_WARMUP = 35;

    private static Collection<RunResult> run(Class<?> benchmark, String smokeParameter) throws Exception {
        return run(benchmark, smokeParameter, 4);
    }

    private static Collection<RunResult> run(Class<?> benchmark, String smokeParameter, int warmupSeconds) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder().include(benchmark.getName()).addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class).shouldFailOnError(true);
        if (FULL) {
            options.forks(2).warmupIterations(warmupSeconds).warmupTime(TimeValue.seconds(1)).measurementIterations(6)
                    .measurementTime(TimeValue.seconds(1));
        } else {
            options.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(50))
                    .verbosity(VerboseMode.SILENT);
            if (!smokeParameter.isEmpty()) {
                options.param("message", smokeParameter);
            }
        }
        return new Runner(options.build()).run();
    }

    private static void assertAllRan(int expected, Collection<RunResult> results) {
        assertEquals(expected, results.size());
        results.forEach(result -> assertTrue(result.getPrimaryResult().getScore() > 0, result.getParams().getBenchmark()));
    }

    @Test
    void theCodecsCanBeMeasured() throws Exception {
        assertAllRan(FULL ? 2 * Messages.values().length : 2, run(CodecBenchmark.class, "MeterValues"));
    }

    @Test
    void theWholeWayCanBeMeasured() throws Exception {
        Collection<RunResult> results = run(PathBenchmark.class, "", WHOLE_WAY_WARMUP);
        assertAllRan(7, results);
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().endsWith("InTurns")) {
                Statistics all = new ListStatistics(result.getBenchmarkResults().stream()
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .mapToDouble(iteration -> iteration.getSecondaryResults().get("timesAsFast").getScore()).toArray());
                assertTrue(all.getMin() > 0, "without a time");
                if (FULL) {
                    System.out.printf(Locale.ROOT, "%s: %.3f ± %.3f times as fast as Java-OCA-OCPP, the mean of %d iterations%n",
                            result.getParams().getBenchmark().replaceFirst(".*\\.", ""), all.getMean(), all.getMeanErrorAt(0.99), all.getN());
                }
            }
        }
    }

    @Test
    void theCodecOfThePlcBusCanBeMeasured() throws Exception {
        assertAllRan(6, run(CanCodecBenchmark.class, ""));
    }
}
