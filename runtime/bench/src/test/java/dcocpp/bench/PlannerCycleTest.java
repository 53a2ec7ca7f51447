package dcocpp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.Plan;

/**
 * Ten minutes of planning for 12 guns of 12 slots ten times a second, in real time, while cars come and go and their requests waver and
 * garbage collections are forced in between: with {@code -Dbench=full}. Otherwise a few hundred cycles without a pause, and no judgement on
 * time.
 */
class PlannerCycleTest {

    private static final boolean FULL = "full".equals(System.getProperty("bench"));
    private static final int CYCLES = FULL ? 6_000 : 300;
    /** As the planner's thread of a charger that has been running for a while. */
    private static final int WARM_UP = FULL ? 6_000 : 0;
    private static final int GUNS = 12;
    private static final int CYCLES_PER_COLLECTION = 50;
    private static final double LONGEST_MS = 10;

    private final PlannerSite site = new PlannerSite(GUNS, GUNS, 6);
    private final Random random = new Random(4711);
    private final boolean[] here = new boolean[GUNS];
    private final double[] cycleMs = new double[CYCLES];
    private final double[] processorMs = new double[CYCLES];
    private int cycle;

    private void next() {
        for (int gun = 0; gun < GUNS; gun++) {
            // A car stays for a minute on average, and its request wavers by a tenth.
            if (random.nextInt(600) == 0) {
                here[gun] = !here[gun];
            }
            if (here[gun]) {
                site.request(gun, 90_000 * (0.9 + 0.2 * random.nextDouble()));
            } else {
                site.leave(gun);
            }
        }
    }

    private Plan plan() {
        next();
        // The controller makes the input in each cycle too.
        Plan plan = site.plan(site.input());
        site.follow(plan);
        return plan;
    }

    private void measure() {
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        plan();
        cycleMs[cycle] = (System.nanoTime() - begin) / 1e6;
        processorMs[cycle] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor) / 1e6;
        if (++cycle % CYCLES_PER_COLLECTION == 0) {
            System.gc();
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    @Test
    void noCycleTakesLong() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            plan();
        }
        long collections = collections();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "dcocpp-bench-cycle"));
        try {
            if (FULL) {
                ScheduledFuture<?> ticks = thread.scheduleAtFixedRate(() -> {
                    if (cycle < CYCLES) {
                        measure();
                    } else {
                        thread.shutdown();
                    }
                }, 0, PlannerSite.TICK_NANOS, TimeUnit.NANOSECONDS);
                // Throws what a cycle has thrown; the last one ends them all.
                assertThrows(CancellationException.class, () -> ticks.get(2L * CYCLES * PlannerSite.TICK_NANOS, TimeUnit.NANOSECONDS));
            } else {
                thread.submit(() -> {
                    while (cycle < CYCLES) {
                        measure();
                    }
                }).get(60, TimeUnit.SECONDS);
            }
        } finally {
            thread.shutdownNow();
        }
        assertEquals(CYCLES, cycle);
        assertTrue(collections() - collections >= CYCLES / CYCLES_PER_COLLECTION, "forced garbage collections");
        Arrays.sort(cycleMs);
        Arrays.sort(processorMs);
        System.out.printf(Locale.ROOT, "%d cycles, %d garbage collections: median %.3f ms, 99 %% %.3f ms, longest %.3f ms; "
                + "processor time %.3f, %.3f, %.3f ms%n",
                CYCLES, collections() - collections, cycleMs[CYCLES / 2], cycleMs[CYCLES * 99 / 100], cycleMs[CYCLES - 1],
                processorMs[CYCLES / 2], processorMs[CYCLES * 99 / 100], processorMs[CYCLES - 1]);
        assertTrue(!FULL || cycleMs[CYCLES - 1] < LONGEST_MS, () -> "longest cycle " + cycleMs[CYCLES - 1] + " ms");
    }
}
