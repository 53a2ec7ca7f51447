package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code charger demo} as a newcomer runs it. */
class DemoIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Pattern PROGRESS = Pattern.compile(
            "\\[#*-*] +\\d+\\.\\d % +\\d+\\.\\d kW +\\d+\\.\\d V +\\d+\\.\\d A +\\d+\\.\\d{3} kWh");

    @Test
    void demoOnceChargesACarAndExitsZeroBecauseJournalMeterAndCsmsAgree() throws Exception {
        TestFolder folder = TestFolder.fresh("DemoIT");
        try (ChargerProcess demo = ChargerProcess.start(folder, "demo", "--once")) {
            Await.until("the end of the demonstration", LIMIT, () -> !demo.isAlive());
            int exitCode = demo.awaitExit();
            String said = String.join("\n", demo.output());
            assertEquals(0, exitCode, said);
            assertTrue(PROGRESS.matcher(said).results().count() >= 5, said);
            for (String action : List.of("BootNotification", "StatusNotification", "Authorize", "StartTransaction", "MeterValues",
                    "StopTransaction")) {
                assertTrue(said.contains("charger -> CSMS  " + action + " "), action + " is missing in\n" + said);
            }
            assertTrue(said.contains("journal = meter = CSMS"), said);
        }
    }

    @Test
    void demoShowsSeveralGunsThatChargeAndLeavesNothingBehind() throws Exception {
        TestFolder folder = TestFolder.fresh("DemoIT-live");
        Path temporary = Files.createDirectories(folder.root().resolve("tmp"));
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"), "CHARGER_JAVA_OPTS",
                "-Djava.io.tmpdir=" + temporary);
        try (ChargerProcess demo = ChargerProcess.start(folder, environment,
                List.of(TestFolder.distribution().resolve("charger").toString(), "demo", "--minutes", "10", "--rate", "10"))) {
            demo.awaitLine("\\d\\d:\\d\\d:\\d\\d  10 times the clock  ([2-9]|1\\d) guns charge with [1-9]\\d+\\.\\d of 720 kW  back office accepted"
                    + "(  \\d+: (\\d+ % )?\\d+\\.\\d kW){2,}");
            assertEquals(1, children(temporary));
            demo.terminate();
            assertEquals(0, children(temporary), "the folder of the demonstration");
        }
    }

    private static long children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> child.getFileName().toString().startsWith("charger-demo-")).count();
        }
    }

    @Test
    void demoEndsByItselfAfterItsMinutes() throws Exception {
        var demo = ChargerProcess.call(TestFolder.fresh("DemoIT-minutes"), "demo", "--minutes", "0.1");
        assertEquals(0, demo.exitCode(), demo.text());
        assertTrue(demo.text().contains("times the clock"), demo.text());
    }

    @Test
    void demoSaysWhatItDoesNotTake() throws Exception {
        for (List<String> wrong : List.of(List.of("--rate", "0"), List.of("--minutes", "0"), List.of("--minutes", "1", "--once"),
                List.of("--limit", "5"), List.of("--once", "--limit", "0"))) {
            List<String> line = new ArrayList<>(List.of("demo"));
            line.addAll(wrong);
            var demo = ChargerProcess.call(TestFolder.fresh("DemoIT-wrong"), line.toArray(String[]::new));
            assertEquals(2, demo.exitCode(), demo.text());
            assertTrue(wrong.stream().anyMatch(option -> demo.text().contains(option + " ")), demo.text());
        }
    }
}
