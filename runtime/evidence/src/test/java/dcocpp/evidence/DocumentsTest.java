package dcocpp.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents promise nothing that no test has shown in this very build. */
class DocumentsTest {

    @ParameterizedTest
    @CsvSource({"docs/ocpp16.md, dcocpp.ocpp.", "docs/can/defects.md, dcocpp.can.", "docs/defects.md, dcocpp.controller.",
        "docs/hil.md, dcocpp.itest."})
    void everyRowNamesTestsThatRanAndPassed(String document, String preferred) throws Exception {
        Repository.assumeWhole();
        TestReports reports = new TestReports(preferred);
        for (Path folder : Repository.reports()) {
            reports.read(folder);
        }
        assertEquals("", String.join("\n", DocTable.faults(Files.readAllLines(Repository.ROOT.resolve(document)), reports)));
    }
}
