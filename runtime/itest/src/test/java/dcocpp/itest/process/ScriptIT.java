package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.TestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The script at the repository's root, and that of the distribution, on machines that lack something. */
class ScriptIT {
    private static final List<String> TOOLS = List.of("sh", "dirname", "readlink", "uname", "sed", "find", "head", "cat", "env");

    private TestFolder folder;
    private Path tools;

    @BeforeEach
    void machineWithoutJavaAndMaven(TestInfo test) throws Exception {
        folder = TestFolder.fresh("ScriptIT-" + test.getTestMethod().orElseThrow().getName());
        tools = Files.createDirectories(folder.root().resolve("bin"));
        for (String tool : TOOLS) {
            for (Path where : List.of(Path.of("/bin"), Path.of("/usr/bin"))) {
                if (Files.exists(where.resolve(tool)) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), where.resolve(tool));
                }
            }
        }
        Files.copy(TestFolder.repository().resolve("charger"), folder.root().resolve("charger"));
    }

    @Test
    void withoutJdkItSaysHowToGetOne() throws Exception {
        var call = call(Map.of("JAVA_HOME", ""), "charger");
        assertNotEquals(0, call.exitCode());
        assertTrue(call.text().contains("needs a JDK 17 or later"), call.text());
        assertTrue(call.text().contains("get it: "), call.text());
    }

    @Test
    void withoutMavenItSaysHowToGetIt() throws Exception {
        var call = call(Map.of("JAVA_HOME", System.getProperty("java.home")), "charger");
        assertNotEquals(0, call.exitCode());
        assertTrue(call.text().contains("needs Maven"), call.text());
        assertTrue(call.text().contains("get it: "), call.text());
    }

    @Test
    void theDistributionWithoutJavaSaysHowToGetIt() throws Exception {
        var call = call(Map.of("JAVA_HOME", ""), TestFolder.distribution().resolve("charger").toString());
        assertNotEquals(0, call.exitCode());
        assertTrue(call.text().contains("Java is missing"), call.text());
    }

    @Test
    void theDistributionRunsThroughALinkFromAFolderWithSpaces() throws Exception {
        Path link = Files.createSymbolicLink(Files.createDirectories(folder.root().resolve("a b")).resolve("c d"),
                TestFolder.distribution().resolve("charger"));
        var call = call(Map.of("JAVA_HOME", System.getProperty("java.home")), link.toString(), "--version");
        assertEquals(0, call.exitCode(), call.text());
        assertTrue(call.text().startsWith("charger 1."), call.text());
    }

    private ChargerProcess.Finished call(Map<String, String> environment, String... line) throws Exception {
        List<String> command = new ArrayList<>(List.of(line));
        command.set(0, folder.root().resolve(line[0]).toString());
        var all = new HashMap<>(environment);
        all.put("PATH", tools.toString());
        all.put("CHARGER_JDKS", folder.root().resolve("none").toString());
        try (ChargerProcess process = ChargerProcess.start(folder, all, command)) {
            int exitCode = process.awaitExit();
            return new ChargerProcess.Finished(exitCode, process.output());
        }
    }
}
