package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.TestFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Exit codes and messages of the command, without a charger that runs. */
class CommandLineIT {
    private TestFolder folder;

    @BeforeEach
    void emptyFolder(TestInfo test) throws Exception {
        folder = TestFolder.fresh("CommandLineIT-" + test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void anUnknownOptionIsAUsageError() throws Exception {
        var call = ChargerProcess.call(folder, "run", "--bogus");
        assertEquals(2, call.exitCode());
        assertTrue(call.text().contains("'--bogus'"), call.text());
    }

    @Test
    void aConsoleAddressThatIsNoneIsAUsageError() throws Exception {
        var call = ChargerProcess.call(folder, "run", "--console", "8080");
        assertEquals(2, call.exitCode());
        assertTrue(call.text().contains("HOST:PORT"), call.text());
    }

    @Test
    void helpNamesCommandsAndExitCodes() throws Exception {
        var call = ChargerProcess.call(folder, "--help");
        assertEquals(0, call.exitCode());
        for (String part : List.of("run", "demo", "soak", "status", "sim", "ocpp", "plan", "Exit codes")) {
            assertTrue(call.text().contains(part), part + " in " + call.text());
        }
    }

    @Test
    void statusWithoutAChargerSaysSo() throws Exception {
        var call = ChargerProcess.call(folder, "status", "--data", folder.data().toString());
        assertEquals(5, call.exitCode());
        assertTrue(call.text().contains("no charger answers on the data folder " + folder.data()), call.text());
    }

    @Test
    void theMessageLogIsShownWithoutACharger() throws Exception {
        var none = ChargerProcess.call(folder, "ocpp", "log", "--data", folder.data().toString());
        assertEquals(1, none.exitCode());
        assertTrue(none.text().contains("there is no message log in"), none.text());
        Path log = Files.createDirectories(folder.data().resolve("log/ocpp")).resolve("ocpp.jsonl");
        Files.writeString(log, "{\"at\":\"2026-01-01T12:00:00Z\",\"connection\":1,\"direction\":\"out\","
                + "\"frame\":[2,\"a\",\"Heartbeat\",{}]}\n");
        var call = ChargerProcess.call(folder, "ocpp", "log", "--data", folder.data().toString());
        assertEquals(0, call.exitCode());
        assertTrue(call.text().contains("2026-01-01 12:00:00.000  charger -> CSMS  Heartbeat"), call.text());
    }

    @Test
    void fiveMistakesInTheConfigurationAreFiveFindings() throws Exception {
        folder.writeConfig(Map.of(
                "/chargePoint/centralSystemURI", "http://127.0.0.1/",
                "/gridLimitKW", -5,
                "/planner/maxModulesPerGun", "eight",
                "/connectors/0/maxPowerW", -1,
                "/meterSampleIntervalSeconds", 0));
        var call = ChargerProcess.call(folder, "run", "--config", folder.config().toString(), "--data", folder.data().toString());
        assertEquals(3, call.exitCode(), call.text());
        List<String> errors = call.output().stream().filter(line -> line.stripLeading().startsWith("ERROR ")).toList();
        assertEquals(5, errors.size(), call.text());
        for (String pointer : List.of("/chargePoint/centralSystemURI", "/gridLimitKW", "/planner/maxModulesPerGun",
                "/connectors/0/maxPowerW", "/meterSampleIntervalSeconds")) {
            assertEquals(1, errors.stream().filter(line -> line.contains(pointer + ":")).count(), pointer + " in " + errors);
        }
        assertFalse(call.text().contains("\tat "), call.text());
        assertFalse(Files.exists(folder.data().resolve("felix-cache")), "a framework was started");
    }

    @Test
    void aMissingConfigurationIsNamed() throws Exception {
        var call = ChargerProcess.call(folder, "run", "--config", "no/such.json", "--data", folder.data().toString());
        assertEquals(3, call.exitCode());
        assertTrue(call.text().contains("no/such.json does not exist"), call.text());
    }

    /** Of the address that is open to everybody, too, which is warned of first. */
    @Test
    void aPortThatIsTakenIsSaidInOneLineBeforeAnythingStarts() throws Exception {
        folder.writeConfig(Map.of());
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String loopback = "127.0.0.1:" + other.getLocalPort();
            var call = run("--console", loopback);
            assertEquals(1, call.exitCode(), call.text());
            assertEquals(1, call.output().size(), call.text());
            assertTrue(call.text().contains("cannot listen on " + loopback), call.text());
            assertFalse(Files.exists(folder.data().resolve("felix-cache")), "a framework was started");

            String everybody = "0.0.0.0:" + other.getLocalPort();
            var open = run("--console", everybody);
            assertEquals(1, open.exitCode(), open.text());
            assertEquals(2, open.output().size(), open.text());
            assertTrue(open.output().get(0).contains("warning: " + everybody + " is open to the network without TLS"), open.text());
        }
    }

    private ChargerProcess.Finished run(String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", "--config", folder.config().toString(), "--data", folder.data().toString()));
        line.addAll(List.of(more));
        return ChargerProcess.call(folder, line.toArray(String[]::new));
    }

    @Test
    void hardwareThatNoBundleProvidesIsRefused() throws Exception {
        folder.writeConfig(Map.of());
        var call = ChargerProcess.call(folder, "run", "--config", folder.config().toString(), "--data", folder.data().toString(),
                "--console", "127.0.0.1:0", "--hardware", "acme");
        assertNotEquals(0, call.exitCode(), call.text());
        assertTrue(call.text().contains("hardware \"acme\" is not there"), call.text());
        assertFalse(call.text().contains("\tat "), call.text());
    }
}
