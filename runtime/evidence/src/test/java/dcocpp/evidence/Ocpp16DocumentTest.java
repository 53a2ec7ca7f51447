package dcocpp.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** docs/ocpp16.md promises nothing that no test has shown in this very build. */
class Ocpp16DocumentTest {

    @Test
    void everyRowNamesTestsThatRanAndPassed() throws Exception {
        Repository.assumeWhole();
        TestReports reports = new TestReports();
        for (Path folder : Repository.reports()) {
            reports.read(folder);
        }
        assertEquals("", String.join("\n", DocTable.faults(Files.readAllLines(Repository.ROOT.resolve("docs/ocpp16.md")), reports)));
    }
}
