package dcocpp.launcher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.api.planner.PlanningInput;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.Main;
import dcocpp.planjson.PlanningJson;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlanCommandTest {
    private static final String CASE = "{\"name\":\"A\",\"note\":\"n\",\"gridKw\":90,\"moduleKw\":30,\"maxModulesPerGun\":2,"
            + "\"healthyPerSlot\":[2,1],\"reservedSlots\":[1],\"guns\":[{\"slot\":2,\"demandKw\":60,\"limitKw\":60,\"weight\":1},"
            + "{\"slot\":1,\"demandKw\":28.3333333,\"limitKw\":60}],\"expected\":{},\"original\":\"?\"}";
    private static final String RESULT = "{\"name\":\"A\",\"pKw\":[30,28.333333],\"sumKw\":58.333333,\"modules\":[1,2],"
            + "\"islandSlots\":[[2],[1]],\"limitedBy\":[\"modules\",\"demand\"]}";

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path planner;

    @BeforeEach
    void makePlanner() throws Exception {
        planner = PlannerJars.of(folder, PlannerJars.HomeSlots.class);
    }

    private int plan(Path jar, String cases, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("cases.jsonl"), cases);
        List<String> line = new ArrayList<>(List.of("plan", file.toString(), "--planner", jar.toString()));
        line.addAll(List.of(more));
        CommandLine command = Main.command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(line.toArray(String[]::new));
    }

    private String output() {
        return out.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void aCompactCaseGivesItsGunsInItsOrder() throws Exception {
        assertEquals(ExitCode.OK, plan(planner, CASE + "\n"), err.toString());
        assertEquals(RESULT + "\n", output());
        assertEquals("", err.toString());
    }

    @Test
    void aRecordedInputGivesTheWholePlanAndTheSameOneEachTime() throws Exception {
        PlanningInput input = CompactCase.read(PlanningJson.parse(CASE)).input();
        String line = PlanningJson.write(input);
        assertEquals(ExitCode.OK, plan(planner, line + "\n" + line + "\r\n\n  " + line), err.toString());
        String plan = PlanningJson.write(new PlannerJars.HomeSlots().plan(input));
        assertEquals((plan + "\n").repeat(3), output());
    }

    @Test
    void badLinesAreToldWithTheirNumberAndNothingElseIsLost() throws Exception {
        String twice = CASE.replace("\"slot\":1", "\"slot\":2");
        assertEquals(ExitCode.FAILED, plan(planner, "nonsense\n" + CASE + "\n\n" + twice + "\n{}\n5\n" + CASE));
        assertEquals((RESULT + "\n").repeat(2), output());
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("charger: line 1: is no JSON at column"), err.toString());
        assertEquals(List.of("charger: line 4: /guns/1/slot: is 2; right: each slot has one gun",
                "charger: line 5: \"gridKw\" is missing; right: the field gridKw is there",
                "charger: line 6: is 5; right: an object {...}",
                "charger: 4 of 6 cases could not be planned"), lines.subList(1, lines.size()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "\"gridKw\":90           | \"gridKw\":-1          | /gridKw: is -1; right: a number of at least 0, or \"unlimited\"",
        "\"moduleKw\":30         | \"moduleKw\":\"x\"     | /moduleKw: is \"x\"; right: a number of at least 0, or \"unlimited\"",
        "\"maxModulesPerGun\":2  | \"maxModulesPerGun\":0 | /maxModulesPerGun: is 0; right: a whole number of at least 1",
        "[2,1]                   | []                     | /healthyPerSlot: is []; right: 1 to 10000 slots",
        "[2,1]                   | [2,-1]                 | /healthyPerSlot/1: is -1; right: a whole number from 0 to 64",
        "\"reservedSlots\":[1]   | \"reservedSlots\":[3]  | /reservedSlots/0: is 3; right: a whole number from 1 to 2",
        "\"slot\":2              | \"slot\":3             | /guns/0/slot: is 3; right: a whole number from 1 to 2",
        "\"demandKw\":60         | \"demandKw\":null      | /guns/0/demandKw: is null; right: a number of at least 0, or \"unlimited\"",
        "\"weight\":1            | \"weight\":0           | /guns/0/weight: is 0; right: a number of at least 0.1, or \"unlimited\"",
        "\"note\":\"n\"          | \"maxIslandRadius\":0  | /maxIslandRadius: is 0; right: a whole number of at least 1"})
    void whatIsWrongInACaseIsSaidWithItsPlace(String right, String wrong, String message) throws Exception {
        assertEquals(ExitCode.FAILED, plan(planner, CASE.replace(right, wrong)));
        assertEquals("charger: line 1: " + message, err.toString().lines().findFirst().orElseThrow());
        assertEquals("", output());
    }

    @Test
    void aFieldThatMeansNothingInACaseIsWarnedOf() throws Exception {
        String unknown = CASE.replace("\"note\"", "\"radius\":3,\"note\"").replace("\"weight\":1", "\"speed\":1");
        assertEquals(ExitCode.OK, plan(planner, unknown), err.toString());
        assertEquals(RESULT + "\n", output());
        assertTrue(err.toString().startsWith("charger: warning: line 1: /radius: is no field here; right: one of name, note, "), err.toString());
        assertTrue(err.toString().contains("warning: line 1: /guns/0/speed: is no field here"), err.toString());
    }

    @Test
    void aRingReachesAsFarAsItIsLargeUnlessTheCaseSaysOtherwise() throws Exception {
        String large = "{\"gridKw\":\"unlimited\",\"moduleKw\":1,\"maxModulesPerGun\":300,\"healthyPerSlot\":[" + "1,".repeat(299)
                + "1],\"guns\":[]}";
        assertEquals(300, CompactCase.read(PlanningJson.parse(large)).input().settings().maxIslandRadius());
        assertEquals(5, CompactCase.read(PlanningJson.parse(large.replace("\"guns\"", "\"maxIslandRadius\":5,\"guns\""))).input().settings()
                .maxIslandRadius());
    }

    @Test
    void aListIsRefusedWithTheWayToSplitIt() throws Exception {
        assertEquals(ExitCode.FAILED, plan(planner, "[\n " + CASE + "\n]\n"));
        assertTrue(err.toString().contains("line 1 begins a JSON list; one case per line is wanted, as \"jq -c '.[]' FILE\""), err.toString());
        assertEquals("", output());
    }

    @Test
    void thePlannersFailuresCostTheirOwnLineOnly() throws Exception {
        String cases = "";
        for (int kilowatts = 5; kilowatts >= 1; kilowatts--) {
            cases += CASE.replace("90", Integer.toString(kilowatts)) + "\n";
        }
        assertEquals(ExitCode.FAILED, plan(PlannerJars.of(folder, PlannerJars.Bad.class), cases + CASE, "--timeout", "2"));
        String nothing = "{\"name\":\"A\",\"pKw\":[0,0],\"sumKw\":0,\"modules\":[0,0],\"islandSlots\":[[],[]],"
                + "\"limitedBy\":[\"no_modules\",\"no_modules\"]}\n";
        assertEquals(nothing + "{\"name\":\"A\",\"pKw\":[0,null],\"sumKw\":null,\"modules\":[0,1],\"islandSlots\":[[],[77]],"
                + "\"limitedBy\":[\"no_modules\",\"grid\"]}\n" + nothing, output());
        assertEquals(List.of("charger: line 3: the planner gives no plan (null)",
                "charger: line 4: the planner threw java.lang.IllegalStateException: no idea",
                "charger: line 5: the planner does not return within 2.0 s", "charger: 3 of 6 cases could not be planned"),
                err.toString().lines().toList());
    }

    @Test
    void aPlannerThatNeverReturnsIsGivenUp() throws Exception {
        assertEquals(ExitCode.FAILED, plan(PlannerJars.of(folder, PlannerJars.Bad.class), (CASE.replace("90", "1") + "\n").repeat(9),
                "--timeout", "0.05"));
        assertTrue(err.toString().contains("the planner did not return 3 times: given up after line 3"), err.toString());
    }

    @Test
    void theExplanationGoesToStandardErrorAndThePictureIntoItsFile() throws Exception {
        Path svg = folder.resolve("ring.svg");
        assertEquals(ExitCode.OK, plan(planner, CASE + "\n" + CASE.replace("\"A\"", "\"B\\u001b\""), "--explain", "--svg", svg.toString()));
        assertEquals(2, output().lines().count());
        assertTrue(err.toString().contains("line 1 (A):"), err.toString());
        assertTrue(err.toString().contains("line 2 (B\\u001b):"), err.toString());
        assertTrue(err.toString().contains("gun 2 at slot 2 gets 30.0 kW of 60.0 kW: "), err.toString());
        assertTrue(err.toString().contains(" [  1] ##   gun 1 28.3 kW"), err.toString());
        assertTrue(Files.readString(svg).startsWith("<svg "), Files.readString(svg));
    }

    @Test
    void aPictureThatCannotBeWrittenIsSaid() throws Exception {
        assertEquals(ExitCode.FAILED, plan(planner, CASE, "--svg", folder.toString()));
        assertTrue(err.toString().contains("the picture cannot be written"), err.toString());
    }

    @Test
    void whatThePlannerPrintsGoesElsewhereAndStandardOutputComesBack() throws Exception {
        PrintStream before = System.out;
        assertEquals(ExitCode.OK, plan(planner, CASE));
        assertSame(before, System.out);
        assertEquals(RESULT + "\n", output());
    }

    @Test
    void aJarThatIsNoPlannerIsSaid() throws Exception {
        Path none = PlannerJars.jar(folder.resolve("none.jar"), "", "", null);
        assertEquals(ExitCode.FAILED, plan(none, CASE));
        Path other = PlannerJars.jar(folder.resolve("other.jar"), "OSGI-INF/*.xml", PlannerJars.component("java.lang.Runnable", "X"), null);
        assertEquals(ExitCode.FAILED, plan(other, CASE));
        assertEquals(2, err.toString().lines().filter(line -> line.contains(".jar: is no planner: none of its Service-Component")).count(),
                err.toString());
    }

    @Test
    void aPlannerThatCannotBeMadeIsSaid() throws Exception {
        assertEquals(ExitCode.FAILED, plan(PlannerJars.of(folder, PlannerJars.Demanding.class), CASE));
        assertTrue(err.toString().contains("cannot be made without a framework: java.lang.NoSuchMethodException"), err.toString());
        assertEquals(ExitCode.FAILED, plan(PlannerJars.of(folder, PlannerJars.Broken.class), CASE));
        assertTrue(err.toString().contains("cannot be made: it threw java.lang.IllegalStateException: out of order"), err.toString());
        assertEquals(ExitCode.FAILED, plan(PlannerJars.of(folder, PlannerJarsWithout.class), CASE));
        assertTrue(err.toString().contains("does not implement dcocpp.api.planner.ChargePlanner"), err.toString());
    }

    /** Says that it is one, and is not. */
    public static final class PlannerJarsWithout {
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.jar", "text.jar", "."})
    void aFileThatIsNoJarIsSaid(String name) throws Exception {
        Files.writeString(folder.resolve("text.jar"), "no jar at all");
        assertEquals(ExitCode.FAILED, plan(folder.resolve(name), CASE));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("is no file") || err.toString().contains("is no bundle that can be read"), err.toString());
    }

    @Test
    void aDescriptionWithADocumentTypeIsNotRead() throws Exception {
        Path jar = PlannerJars.jar(folder.resolve("doctype.jar"), "OSGI-INF/planner.xml", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>"
                + PlannerJars.component("dcocpp.api.planner.ChargePlanner", "&y;"), null);
        assertEquals(ExitCode.FAILED, plan(jar, CASE));
        assertTrue(err.toString().contains("is no bundle that can be read") && !err.toString().contains("root:"), err.toString());
    }

    @Test
    void casesThatAreNotThereAreSaid() {
        CommandLine command = Main.command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertEquals(ExitCode.FAILED, command.execute("plan", folder.resolve("no.jsonl").toString(), "--planner", planner.toString()));
        assertTrue(err.toString().contains("the cases cannot be read: java.nio.file.NoSuchFileException"), err.toString());
        assertEquals(ExitCode.USAGE, command.execute("plan", "--timeout", "0"));
    }
}
