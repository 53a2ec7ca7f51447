package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code charger soak} as far as it does not take five minutes. */
class SoakIT {

    private static final Pattern WHOLE_TIME = Pattern.compile("passed {6}The whole time: (1[2-9]|2\\d) s");

    @Test
    void endedEarlyItLetsTheCarsLeaveAndReportsWhatThereIs() throws Exception {
        TestFolder folder = TestFolder.fresh("SoakIT-early");
        Path out = folder.root().resolve("soak");
        try (ChargerProcess soak = ChargerProcess.start(folder, "soak", "--minutes", "60", "--sample", "1", "--out", out.toString())) {
            soak.awaitLine("from here on there is traffic.*");
            Await.until("a gun that charges", ChargerProcess.LIMIT, () -> Files.readString(out.resolve("samples.jsonl")).contains("\"Charging\""));
            soak.terminate();
            String said = String.join("\n", soak.output());
            assertTrue(said.contains("not judged  The whole time: ended early after "), said);
            assertTrue(said.contains("not judged  Traffic: "), said);
            for (String question : List.of("Transactions", "Energy", "Registers", "Stop", "Log", "The judge of the simulated cabinet")) {
                assertTrue(said.contains("passed      " + question + ": "), question + " in\n" + said);
            }
        }
        assertTrue(Files.readString(out.resolve("report.md")).contains("ended early"));
        assertTrue(Files.readString(out.resolve("guns.svg")).contains("Charging"));
    }

    @Test
    void aChargerThatRunsIsWatchedAndLeftAlone() throws Exception {
        TestFolder folder = TestFolder.fresh("SoakIT-observe");
        folder.writeConfig(Map.of());
        Path out = folder.root().resolve("soak");
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            var soak = ChargerProcess.call(folder, "soak", "--observe", "--minutes", "0.2", "--sample", "1", "--data", folder.data().toString(),
                    "--out", out.toString());
            assertEquals(0, soak.exitCode(), soak.text());
            // at least the 12 s that were asked for; more where the last look came late
            assertTrue(WHOLE_TIME.matcher(soak.text()).find(), soak.text());
            assertTrue(soak.text().contains("not judged  Energy: 0.000 Wh in the journal"), soak.text());
            var twin = ChargerProcess.call(folder, "soak", "--minutes", "1", "--data", folder.data().toString(), "--out",
                    folder.root().resolve("twin").toString());
            assertEquals(1, twin.exitCode(), "no second charger on a folder that is in use: " + twin.text());
            assertTrue(charger.isAlive());
            charger.awaitHealthy();
        }
        assertTrue(Files.readString(out.resolve("report.md")).contains("sim, observed"));
    }

    @Test
    void itSaysWhatItDoesNotTake() throws Exception {
        TestFolder folder = TestFolder.fresh("SoakIT-wrong");
        for (List<String> wrong : List.of(List.<String>of(), List.of("--hours", "-1", "--minutes", "90"), List.of("--minutes", "1", "--sample", "0"),
                List.of("--minutes", "many"))) {
            List<String> line = new ArrayList<>(List.of("soak"));
            line.addAll(wrong);
            var soak = ChargerProcess.call(folder, line.toArray(String[]::new));
            assertEquals(2, soak.exitCode(), soak.text());
            assertTrue(soak.text().contains("--minutes") || soak.text().contains("--sample"), soak.text());
        }
        var nobody = ChargerProcess.call(folder, "soak", "--observe", "--minutes", "1", "--data", folder.data().toString(), "--out",
                folder.root().resolve("soak").toString());
        assertEquals(5, nobody.exitCode(), nobody.text());
        var nothing = ChargerProcess.call(folder, "soak", "report", folder.root().toString());
        assertEquals(1, nothing.exitCode(), nothing.text());
        assertTrue(nothing.text().contains("there is no samples.jsonl"), nothing.text());
        assertFalse(Files.exists(folder.root().resolve("report.md")));
    }
}
