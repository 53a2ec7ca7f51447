package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code charger demo --once} as a newcomer runs it. */
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
}
