package dcocpp.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocTableTest {

    private final TestReports reports = new TestReports("dcocpp.ocpp.");

    @BeforeEach
    void setUp() {
        reports.add("dcocpp.ocpp.internal.GoodTest", "works", true);
        reports.add("dcocpp.ocpp.internal.GoodTest", "worksToo", true);
        reports.add("dcocpp.ocpp.internal.HalfTest", "works", true);
        reports.add("dcocpp.ocpp.internal.HalfTest", "isSkipped", false);
        reports.add("dcocpp.config.internal.TwiceTest", "works", true);
        reports.add("dcocpp.ocpp.internal.TwiceTest", "isSkipped", false);
    }

    private List<String> check(String... rows) {
        List<String> lines = new ArrayList<>(List.of("| message | shown by |", "|---|---|"));
        lines.addAll(List.of(rows));
        return DocTable.faults(lines, reports);
    }

    @Test
    void rowsWithTestsThatRanAreFine() {
        assertEquals(List.of(), check("| a | `GoodTest` |", "| b, `Anything` | `GoodTest.works` *wire*, `HalfTest.works` |",
                "| `A\\|B` | `GoodTest` |"));
    }

    @Test
    void aRowWithoutATestIsFound() {
        assertEquals(List.of("line 3: the row names no test"), check("| a | by reading the code |"));
    }

    @Test
    void aTestThatThereIsNotIsFound() {
        assertEquals(List.of("line 3: NoSuchTest did not run", "line 4: GoodTest.noSuchMethod did not run"),
                check("| a | `NoSuchTest`, `GoodTest` |", "| b | `GoodTest.noSuchMethod` |"));
    }

    @Test
    void aSkippedTestIsFound() {
        assertEquals(List.of("line 3: HalfTest was skipped or failed", "line 4: HalfTest.isSkipped was skipped or failed"),
                check("| a | `HalfTest` |", "| b | `HalfTest.isSkipped` |"));
    }

    @Test
    void aNameThatTwoModulesHaveMeansThePreferredOne() {
        assertEquals(List.of("line 3: TwiceTest.works did not run"), check("| a | `TwiceTest.works` |"));
    }

    @Test
    void aTableThatPromisesHasAColumnForItsTests() {
        List<String> table = List.of("| part | does |", "|---|---|", "| a | b |");
        assertEquals(List.of("line 1: the table has no last column \"shown by\""), DocTable.faults(table, reports));
        assertEquals(List.of(), DocTable.faults(List.of(DocTable.NO_PROMISES, "| part | does |", "|---|---|", "| a | b |"), reports));
    }

    @Test
    void reportsAreReadWithParametersAndSkippedTests(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("TEST-x.xml"), """
                <testsuite name="x" tests="3">
                  <testcase name="withNumbers(int, String)[1]" classname="a.b.ReadTest" time="1"/>
                  <testcase name="inFelix:a.b.FelixIT:[native]" classname="a.b.FelixIT" time="1"><system-out>x</system-out></testcase>
                  <testcase name="later" classname="a.b.LaterTest" time="0"><skipped message="no"/></testcase>
                </testsuite>
                """);
        TestReports read = new TestReports("dcocpp.ocpp.");
        read.read(folder);
        assertEquals("", read.fault("ReadTest.withNumbers"));
        assertEquals("", read.fault("FelixIT.inFelix"));
        assertEquals("LaterTest was skipped or failed", read.fault("LaterTest"));
    }
}
