package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code charger sim run}: exit codes and what is printed. */
class SimRunCommandTest {
    private static final String SHORT = """
            duration: 2 min
            visits: { at: 1 s, plug: { connector: 2 }, idTag: CAFE }
            expect:
              - { transactions: { count: { is: %d } } }
            """;

    @TempDir
    private Path root;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.command().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] line = new String[arguments.length + 2];
        line[0] = "sim";
        line[1] = "run";
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return command.execute(line);
    }

    private String script(String text) throws IOException {
        return Files.writeString(root.resolve("script.yaml"), text).toString();
    }

    @Test
    void whatComesAsExpectedIsZero() throws Exception {
        assertEquals(ExitCode.OK, run(script(SHORT.formatted(1))), err.toString());
        assertTrue(out.toString().contains("ok     transactions, 1"), out.toString());
        assertTrue(out.toString().endsWith("ok: all 1 expectations\n"), out.toString());
    }

    @Test
    void whatDoesNotComeIsOneAndSaysWhatWasSeen() throws Exception {
        assertEquals(ExitCode.FAILED, run(script(SHORT.formatted(2)), "--json"), err.toString());
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertEquals("script", report.path("name").asText());
        assertTrue(!report.path("ok").asBoolean(true), out.toString());
        assertEquals("1", report.path("expectations").path(0).path("seen").asText());
        assertEquals("running", report.path("guns").path(1).path("stopReasons").fieldNames().next());
    }

    @Test
    void aScriptThatIsWrongIsOneAndNamesTheLine() throws Exception {
        assertEquals(ExitCode.FAILED, run(script("duration: 1 h\nsite: { grid: 5 }\n")));
        assertTrue(err.toString().contains("script.yaml:2: site.grid: there is no grid here; there is config, gridLimitKW, ocpp"), err.toString());
        assertEquals(ExitCode.FAILED, run(root.resolve("none.yaml").toString()));
        assertTrue(err.toString().contains("none.yaml cannot be read: there is no such file"), err.toString());
    }

    @Test
    void aWrongCommandLineIsTwo() {
        assertEquals(ExitCode.USAGE, run());
        assertEquals(ExitCode.USAGE, run("a.yaml", "--jason"));
    }

    @Test
    void databasesAreKeptWhereTheyAreWantedAndNowhereElse() throws Exception {
        Path kept = root.resolve("kept");
        assertEquals(ExitCode.OK, run(script(SHORT.formatted(1)), "--keep", kept.toString()), err.toString());
        assertTrue(Files.exists(kept.resolve("db").resolve("journal.db")), out.toString());
        assertEquals(ExitCode.FAILED, run(script(SHORT.formatted(1)), "--keep", kept.toString()));
        assertTrue(err.toString().contains("kept is not empty; a scenario begins with a new charger"), err.toString());
    }
}
