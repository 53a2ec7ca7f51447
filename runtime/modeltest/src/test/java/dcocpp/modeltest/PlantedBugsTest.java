package dcocpp.modeltest;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model test finds what it is there for: with one mistake in the software, one of the first sequences goes wrong. */
class PlantedBugsTest {
    private static final int SEQUENCES = 100;

    @TempDir
    private Path root;

    @Test
    void anAcknowledgementBeforeTheFsyncIsFound() {
        assertFound(PlantedBugs.ACKNOWLEDGE_BEFORE_FSYNC);
    }

    @Test
    void aCursorOutsideTheTransactionIsFound() {
        assertFound(PlantedBugs.CURSOR_OUTSIDE_THE_TRANSACTION);
    }

    @Test
    void anIdKeyedByTheNumberOfTheCsmsIsFound() {
        assertFound(PlantedBugs.KEYED_BY_THE_NUMBER_OF_THE_CSMS);
    }

    @Test
    void aRetryWithANewTimestampIsFound() {
        assertFound(PlantedBugs.retryWithANewTimestamp());
    }

    @Test
    void aQueueOrderedByPriorityIsFound() {
        assertFound(PlantedBugs.QUEUE_BY_PRIORITY);
    }

    private void assertFound(PlantedBug bug) {
        long first = Sequences.seed();
        for (int i = 0; i < SEQUENCES; i++) {
            List<String> faults = World.live(root.resolve("s" + i), Step.sequence(first + i, World.CONNECTORS), bug, new Tally());
            if (!faults.isEmpty()) {
                System.out.println("found by sequence " + (i + 1) + " (seed " + (first + i) + "): " + faults.get(0));
                return;
            }
        }
        fail("not found by " + SEQUENCES + " sequences from seed " + first);
    }
}
