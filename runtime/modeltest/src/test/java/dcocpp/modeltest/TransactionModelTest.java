package dcocpp.modeltest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
