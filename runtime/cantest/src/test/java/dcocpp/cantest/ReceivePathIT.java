package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import dcocpp.itest.TestFolder;

/** Runs {@link ReceivePathBenchmark}: for a moment, or with {@code -Dbench=full} as docs/performance.md shows it. */
class ReceivePathIT {

    private static final boolean FULL = "full".equals(System.getProperty("bench"));
    /** Of the frames per second of a bare read. The goal is 0.8; a moment on a busy machine shows this for sure. */
    private static final double LEAST_SHARE = 0.3;

    @Test
    void theDriverTakesFramesNearlyAsFastAsTheyCanBeRead() throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder().include(ReceivePathBenchmark.class.getName()).addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (FULL) {
            // The guest's tests are compiled less than a charger that has run for an hour.
            options.forks(2).jvmArgsAppend("-XX:TieredStopAtLevel=4").warmupIterations(5).warmupTime(TimeValue.seconds(2))
                    .measurementIterations(8).measurementTime(TimeValue.seconds(2));
        } else {
            options.forks(0).warmupIterations(2).warmupTime(TimeValue.seconds(1)).measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1)).verbosity(VerboseMode.SILENT);
        }
        Map<String, Double> nanos = new TreeMap<>();
        StringBuilder table = new StringBuilder();
        for (RunResult result : new Runner(options.build()).run()) {
            String name = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
            // The best iteration: what other programs took of the processor is in none of them.
            double best = result.getPrimaryResult().getStatistics().getMin();
            nanos.put(name, best);
            table.append(String.format(Locale.ROOT, "%-10s %6.0f ns per frame, %8.0f frames/s (mean %.0f ns), %.1f bytes per frame%n", name,
                    best, 1e9 / best, result.getPrimaryResult().getScore(),
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
        }
        System.out.print("measured:\n" + table);
        Files.writeString(TestFolder.fresh("ReceivePathIT").root().resolve("measured.txt"), table);
        assertEquals(4, nanos.size());
        double share = nanos.get("bareRead") / nanos.get("wholePath");
        assertTrue(share >= LEAST_SHARE, "share of the frames per second: " + share);
    }
}
