package dcocpp.daysim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/**
 * Days at a site of twelve guns. {@code -Ddaysim.seed} says which is the first (0 = any), {@code -Ddaysim.days} how many; the seed of a
 * day that goes wrong is printed with what went wrong.
 */
class DaySimulationTest {

    /** Of what could have been delivered if nothing took time, on any day and on the average. */
    private static final double LEAST_SHARE = 0.90;
    private static final double MEAN_SHARE = 0.95;

    @Test
    void noDayHurtsAnybodyAndEveryCarGetsItsEnergy() throws InterruptedException, ExecutionException {
        int days = Integer.getInteger("daysim.days", 2);
        long first = seed();
        System.out.println("day simulation: " + days + " days from seed " + first);
        List<Verdict> verdicts = verdicts(first, days);
        assertEquals("", verdicts.stream().filter(verdict -> !verdict.good()).map(DaySimulationTest::report).collect(Collectors.joining()));
        for (Verdict verdict : verdicts) {
            assertTrue(verdict.share() >= LEAST_SHARE, verdict::toString);
            assertTrue(verdict.busOperations() > 0, () -> "no module was ever lent: " + verdict);
        }
        double mean = verdicts.stream().mapToDouble(Verdict::deliveredWh).sum() / verdicts.stream().mapToDouble(Verdict::idealWh).sum();
        System.out.printf("day simulation: %.1f %% of what could have been delivered%n", mean * 100);
        assertTrue(mean >= MEAN_SHARE, () -> "mean share " + mean);
    }

    /** Day by day, each on whatever processor is free: a parallel stream would share them out in advance. */
    private static List<Verdict> verdicts(long first, int days) throws InterruptedException, ExecutionException {
        ExecutorService processors = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Callable<Verdict>> tasks = LongStream.range(first, first + days).<Callable<Verdict>>mapToObj(seed -> () -> {
                Verdict verdict = DayRunner.run(seed, PlantedBug.NONE);
                System.out.println(verdict);
                return verdict;
            }).toList();
            List<Verdict> verdicts = new ArrayList<>();
            for (Future<Verdict> day : processors.invokeAll(tasks)) {
                verdicts.add(day.get());
            }
            return verdicts;
        } finally {
            processors.shutdownNow();
        }
    }

    @Test
    void sameSeedIsTheSameDay() {
        long seed = seed();
        Verdict once = DayRunner.runUntil(8 * Day.HOUR_MS, seed, PlantedBug.NONE);
        assertEquals(once, DayRunner.runUntil(8 * Day.HOUR_MS, seed, PlantedBug.NONE));
    }

    /** The seed of the first day. */
    static long seed() {
        long seed = Long.getLong("daysim.seed", 20_260_101L);
        return seed == 0 ? System.currentTimeMillis() : seed;
    }

    /** What went wrong on a day, and what had happened before. */
    static String report(Verdict verdict) {
        return "\n-Ddaysim.days=1 -Ddaysim.seed=" + verdict.seed() + "\n  "
                + verdict.faults().stream().limit(20).collect(Collectors.joining("\n  ")) + "\n the day:\n  "
                + Day.events(verdict.seed()).stream().filter(event -> event.kind() != Event.Kind.ARRIVE).map(Event::toString)
                        .collect(Collectors.joining("\n  "));
    }
}
