package dcocpp.evidence;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RepositoryTest {
    private static final String GROUPS = "itest.groups";

    @Test
    void whenOnlyAPartOfTheTestsRanTheWholeIsSkippedAndNotPassed() {
        String before = System.getProperty(GROUPS);
        System.setProperty(GROUPS, "*IT *IT none *IT");
        try {
            TestAbortedException skipped = assertThrows(TestAbortedException.class, Repository::assumeWhole);
            assertTrue(skipped.getMessage().contains("only some of the tests of the whole ran"), skipped.getMessage());
        } finally {
            if (before == null) {
                System.clearProperty(GROUPS);
            } else {
                System.setProperty(GROUPS, before);
            }
        }
    }
}
