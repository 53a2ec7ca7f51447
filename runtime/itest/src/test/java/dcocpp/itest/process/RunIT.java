package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The launched process: start, second start, end. */
class RunIT {
    private static final int KILLED_BY_TERM = 128 + 15;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestFolder folder;

    @BeforeEach
    void emptyFolder(TestInfo test) throws Exception {
        folder = TestFolder.fresh("RunIT-" + test.getTestMethod().orElseThrow().getName());
        folder.writeConfig(Map.of());
    }

    @Test
    void sigtermEndsItInGoodOrder() throws Exception {
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            assertEquals(KILLED_BY_TERM, charger.terminate());
            assertEquals(List.of(), charger.output().stream().filter(line -> line.contains("did not stop")).toList());
            assertTrue(charger.output().contains("stopping"), charger.output().toString());
        }
    }

    @Test
    void aSecondProcessOnTheSameDataIsRefused() throws Exception {
        try (ChargerProcess first = ChargerProcess.run(folder)) {
            var second = ChargerProcess.call(folder, "run", "--config", folder.config().toString(), "--data", folder.data().toString(),
                    "--console", "127.0.0.1:0");
            assertEquals(4, second.exitCode(), second.text());
            assertTrue(second.text().contains("in use by process"), second.text());
            assertTrue(first.isAlive());
            first.awaitHealthy();
        }
    }

    @Test
    void thePasswordIsShownAtTheFirstStartOnlyAndAKilledProcessLeavesNoLock() throws Exception {
        String password;
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            password = charger.awaitLine(".*user admin, password (\\S+) .*").group(1);
            charger.kill();
        }
        try (ChargerProcess again = ChargerProcess.run(folder)) {
            assertEquals(List.of(), again.output().stream().filter(line -> line.contains("password")).toList());
            String basic = Base64.getEncoder().encodeToString(("admin:" + password).getBytes());
            HttpRequest console = HttpRequest.newBuilder(again.awaitConsole().resolve("bundles.json"))
                    .header("Authorization", "Basic " + basic).build();
            assertEquals(200, http.send(console, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void withoutConsoleTheApiStays() throws Exception {
        try (ChargerProcess charger = ChargerProcess.run(folder, "--console", "off")) {
            assertEquals(List.of(), charger.output().stream().filter(line -> line.contains("cannot run")).toList());
            assertEquals(404, status(charger.api().base().resolve("system/console")));
            assertNotEquals(0, charger.api().base().getPort());
        }
    }

    @Test
    void statusShowsConnectorsPlanLinkAndBundles() throws Exception {
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            var status = ChargerProcess.call(folder, "status", "--data", folder.data().toString());
            assertEquals(0, status.exitCode(), status.text());
            for (String part : List.of("Available", "plan ", "CSMS ", "dcocpp.planner")) {
                assertTrue(status.text().contains(part), part + " in " + status.text());
            }
            var json = ChargerProcess.call(folder, "status", "--json", "--data", folder.data().toString());
            assertEquals(0, json.exitCode(), json.text());
            assertTrue(json.text().startsWith("{"), json.text());
            assertTrue(charger.isAlive());
        }
    }

    @Test
    void theLoggingConfigurationThatChargerJsonNamesIsUsed() throws Exception {
        folder.writeConfig(Map.of("/loggingConfig", "mine.xml"));
        Files.writeString(folder.config().resolveSibling("mine.xml"), """
                <configuration>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>${dcocpp.data}/mine.log</file>
                    <encoder><pattern>%msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="FILE"/></root>
                </configuration>
                """);
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            assertTrue(charger.isAlive());
            Await.until("a line in mine.log", ChargerProcess.LIMIT,
                    () -> Files.readString(folder.data().resolve("mine.log")).contains("12 connectors"));
        }
    }

    private int status(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
