package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    private static final List<String> TOOLS = List.of("sh", "dirname", "readlink", "uname", "sed", "find", "head", "cat", "env", "mkdir");
    private static final String APT_THAT_INSTALLS = """
            case "$*" in
              *install*) for tool in chromium chromedriver; do /bin/ln -s /bin/true "${0%/*}/$tool"; done ;;
            esac
            """;

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

    @Test
    void testsInstallTheBrowserThatIsMissingWhereRootRunsThem() throws Exception {
        machineForTests(0, APT_THAT_INSTALLS);
        var call = test();
        assertEquals(0, call.exitCode(), call.text());
        assertEquals(List.of("charger: installing chromium and chromium-driver for the tests of the web console"), said(call));
        assertTrue(calls("apt-get").matches(".* install .*chromium\\S* chromium-\\S*driver\\n"), calls("apt-get"));
        assertFalse(calls("mvn").contains("itest.browser"), calls("mvn"));
    }

    @Test
    void testsFetchTheListsOfPackagesOnceWhereThereAreNone() throws Exception {
        machineForTests(0, """
                case "$*" in
                  *update*) : >"${0%/*}/lists" ;;
                  *) [ -e "${0%/*}/lists" ] || exit 100 ;;
                esac
                """ + APT_THAT_INSTALLS);
        var call = test();
        assertEquals(0, call.exitCode(), call.text());
        assertEquals(List.of("install", "update", "install"), calls("apt-get").lines()
                .map(line -> line.contains("update") ? "update" : "install").toList());
        assertFalse(calls("mvn").contains("itest.browser"), calls("mvn"));
    }

    @Test
    void whoMayNotInstallTheBrowserIsToldHowAndWhatDoesNotRun() throws Exception {
        machineForTests(1000, APT_THAT_INSTALLS);
        var call = test();
        assertEquals(0, call.exitCode(), call.text());
        assertEquals("", calls("apt-get"));
        notRun("chromium and chromium-driver", call);
    }

    @Test
    void whenTheBrowserCannotBeInstalledTheRestRunsAllTheSame() throws Exception {
        machineForTests(0, "exit 100\n");
        program("chromium", "");
        var call = test();
        assertEquals(0, call.exitCode(), call.text());
        notRun("chromium-driver", call);
    }

    @Test
    void withoutNodeTheOtherCsmsIsNotRunAndTheRestIs() throws Exception {
        machineForTests(1000, "");
        program("chromium", "");
        program("chromedriver", "");
        Files.delete(tools.resolve("npm"));
        var call = test();
        assertEquals(0, call.exitCode(), call.text());
        assertTrue(calls("mvn").contains(" -Ditest.interop=none"), calls("mvn"));
        assertFalse(calls("mvn").contains("itest.browser"), calls("mvn"));
        assertEquals(2, call.output().stream().filter(line -> line.contains("NOT RUN: interop (npm missing): ")).count(), call.text());
    }

    @Test
    void withoutCanBusItsTestsAreNotRunAndTheRestIs() throws Exception {
        machineForTests(1000, "");
        program("chromium", "");
        program("chromedriver", "");
        withVcan("echo none; exit 1\n");
        var call = test();
        assertEquals(0, call.exitCode(), call.text());
        assertTrue(calls("mvn").contains(" -Ditest.can=none"), calls("mvn"));
        assertEquals(2, call.output().stream()
                .filter(line -> line.matches(".*NOT RUN: can \\(SocketCAN or user-mode-linux missing\\): .+")).count(), call.text());
    }

    @Test
    void testsThatFailFailAlsoWithoutABrowser() throws Exception {
        machineForTests(1000, "");
        program("mvn", "exit 3\n");
        var call = test();
        assertEquals(3, call.exitCode(), call.text());
    }

    @Test
    void nothingIsInstalledForTestsThatNeedNoBrowserOrHaveIt() throws Exception {
        machineForTests(0, APT_THAT_INSTALLS);
        assertEquals(0, test("-Ditest.browser=none", "-Ditest.interop=none").exitCode());
        program("chromium-browser", "");
        program("chromedriver", "");
        assertEquals(0, test().exitCode());
        assertEquals("", calls("apt-get"));
    }

    /** Says what is not run before the tests and after them, where it is still on the screen. */
    private void notRun(String missing, ChargerProcess.Finished call) throws Exception {
        assertTrue(calls("mvn").contains(" -Ditest.browser=none"), calls("mvn"));
        List<String> lines = call.output().stream().filter(line -> line.contains("NOT RUN: browser (" + missing + " missing): ")).toList();
        assertEquals(2, lines.size(), call.text());
        assertEquals(lines.get(1), call.output().get(call.output().size() - 1));
        assertFalse(lines.get(0).endsWith(": "), lines.get(0));
    }

    /** A machine with all but a browser. */
    private void machineForTests(int user, String aptGet) throws Exception {
        withVcan("echo direct\n");
        program("node", "");
        program("npm", "");
        program("id", "echo " + user + "\n");
        program("mvn", "echo \"$@\" >>\"${0%/*}/mvn.calls\"\n");
        program("apt-get", "echo \"$@\" >>\"${0%/*}/apt-get.calls\"\n" + aptGet);
    }

    private void withVcan(String body) throws Exception {
        Path script = folder.root().resolve("runtime/cantest/src/vcan/with-vcan");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + body);
        assertTrue(script.toFile().setExecutable(true));
    }

    private void program(String name, String body) throws Exception {
        Files.deleteIfExists(tools.resolve(name));
        Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body);
        assertTrue(tools.resolve(name).toFile().setExecutable(true));
    }

    private String calls(String program) throws Exception {
        Path calls = tools.resolve(program + ".calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    private static List<String> said(ChargerProcess.Finished call) {
        return call.output().stream().filter(line -> line.startsWith("charger: ")).toList();
    }

    private ChargerProcess.Finished test(String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("charger", "test"));
        line.addAll(List.of(more));
        return call(Map.of("JAVA_HOME", System.getProperty("java.home")), line.toArray(String[]::new));
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
