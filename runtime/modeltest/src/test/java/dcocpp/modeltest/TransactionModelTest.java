package dcocpp.modeltest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.simrun.charger.SimulatedCsms;

/**
 * Random lives of the real controller and the real protocol together. {@code -Dmodel.seed} says where to begin (0 = anywhere),
 * {@code -Dmodel.sequences} how many; the seed of a sequence that fails is printed with its steps.
 */
class TransactionModelTest {

    @TempDir
    private Path root;

    @Test
    void whateverHappensTheCsmsAndTheJournalAgreeOnEveryTransaction() {
        int sequences = Integer.getInteger("model.sequences", 20);
        long first = Sequences.seed();
        System.out.println("model test: " + sequences + " sequences from seed " + first);
        Tally tally = new Tally();
        for (int i = 0; i < sequences; i++) {
            long seed = first + i;
            List<Step> steps = Step.sequence(seed, World.CONNECTORS);
            List<String> faults = World.live(root.resolve("s" + seed), steps, PlantedBug.NONE, tally);
            assertEquals(List.of(), faults, () -> Sequences.report(seed, steps, root.resolve("shrink" + seed), PlantedBug.NONE));
        }
        System.out.println("model test: " + tally);
        if (sequences >= 20) {
            assertTrue(tally.leastShare() >= 0.05, tally.toString());
            assertTrue(tally.transactions() >= 2 * sequences, tally.toString());
            assertTrue(tally.kills() >= sequences, tally.toString());
        }
    }

    @Test
    void aStartWhoseTimeIsPutRightAtTheFirstContactAgreesWithTheJournal() {
        List<Step> steps = List.of(
                step(Step.Kind.LINK_LOSS, noise(random -> random.nextInt(3) != 0 && random.nextInt(60) > 50)),
                // The second one is at once.
                new Step(Step.Kind.KILL, 1, "ALICE", 0, Duration.ZERO), step(Step.Kind.KILL, 0),
                step(Step.Kind.CLOCK_JUMP, noise(random -> random.nextInt(7200) < 600)),
                step(Step.Kind.PLUG, 0), step(Step.Kind.SWIPE, 0));
        Tally tally = new Tally();
        assertEquals(List.of(), World.live(root.resolve("wrong-clock"), steps, PlantedBug.NONE, tally));
        assertEquals(1, tally.transactions());
    }

    @Test
    void aTagThatIsRefusedAfterItsStartChargesNoLonger() {
        // Without a connection a stranger may begin.
        List<Step> steps = List.of(step(Step.Kind.PLUG, 0),
                step(Step.Kind.LINK_LOSS, noise(random -> random.nextInt(3) != 0 && random.nextInt(60) == 10)),
                new Step(Step.Kind.SWIPE, 1, SimulatedCsms.STRANGER, 0, Duration.ofMinutes(2)));
        Tally tally = new Tally();
        assertEquals(List.of(), World.live(root.resolve("obedient"), steps, PlantedBug.NONE, tally));
        assertEquals(1, tally.transactions());
        List<String> faults = World.live(root.resolve("deaf"), steps, PlantedBugs.DEAF_TO_VERDICTS, tally);
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).endsWith("goes on though the CSMS has refused its tag"), faults.get(0));
    }

    private static Step step(Step.Kind kind, long noise) {
        return new Step(kind, 1, "ALICE", noise, Duration.ofSeconds(3));
    }

    /** A step whose chance falls like this. */
    private static long noise(Predicate<Random> wanted) {
        return LongStream.iterate(0, noise -> noise + 1).filter(noise -> wanted.test(new Random(noise))).findFirst().orElseThrow();
    }
}
