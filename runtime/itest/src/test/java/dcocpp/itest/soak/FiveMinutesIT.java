package dcocpp.itest.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.itest.process.ChargerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code charger soak} for five minutes, and its report drawn again from its samples. */
class FiveMinutesIT {

    private static final Duration LIMIT = Duration.ofMinutes(12);
    private static final Set<String> DISTURBANCES = Set.of("planner replaced", "OCPP bundle replaced", "link lost", "PLC silent",
            "connector hot", "meter stale", "soft reset", "emergency stop");

    @Test
    void fiveMinutesOfTrafficPassAndTheReportCanBeDrawnAgainFromTheSamples() throws Exception {
        TestFolder folder = TestFolder.fresh("FiveMinutesIT");
        Path out = folder.root().resolve("soak");
        String said;
        try (ChargerProcess soak = ChargerProcess.start(folder, "soak", "--minutes", "5", "--sample", "5", "--out", out.toString())) {
            Await.until("the end of the soak test", LIMIT, () -> !soak.isAlive());
            said = String.join("\n", soak.output());
            assertEquals(0, soak.awaitExit(), said);
        }
        assertFalse(said.contains("FAILED"), said);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("samples.jsonl"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        List<JsonNode> samples = of(lines, "sample");
        assertTrue(samples.size() >= 40, samples.size() + " samples");
        for (String figure : List.of("rssBytes", "heapUsedBytes", "metaspaceUsedBytes", "threads", "openFiles", "sockets", "loadedClasses",
                "longestTickMs", "csmsWh", "journalMilliWh", "violations")) {
            assertTrue(samples.stream().allMatch(sample -> sample.path("figures").has(figure)), figure);
        }
        assertTrue(samples.stream().filter(sample -> sample.path("figures").has("classLoaders")).count() >= 5, "collections of garbage");
        assertEquals(DISTURBANCES, of(lines, "event").stream().map(event -> event.path("kind").asText()).filter(DISTURBANCES::contains)
                .collect(Collectors.toSet()));
        List<JsonNode> transactions = of(lines, "transaction");
        assertTrue(transactions.size() > 12, transactions.size() + " transactions");
        for (JsonNode transaction : transactions) {
            assertEquals(Math.floorDiv(transaction.path("stopMilliWh").asLong(), 1000L), transaction.path("csmsStopWh").asLong());
        }
        drawnAgain(folder, out, samples.size());
    }

    private static void drawnAgain(TestFolder folder, Path out, int samples) throws Exception {
        Map<String, String> first = drawings(out);
        assertEquals(Set.of("report.md", "memory.svg", "resources.svg", "power.svg", "energy.svg", "control.svg", "guns.svg"), first.keySet());
        String curve = first.get("memory.svg").lines().filter(line -> line.startsWith("<polyline")).findFirst().orElseThrow();
        assertEquals(samples, curve.split("points=\"")[1].split("\"")[0].split(" ").length, "each sample is a point of the curve");
        for (String name : first.keySet()) {
            Files.delete(out.resolve(name));
        }
        var again = ChargerProcess.call(folder, "soak", "report", out.toString());
        assertEquals(0, again.exitCode(), again.text());
        assertEquals(first, drawings(out));
        assertTrue(first.get("report.md").startsWith("# Soak test: passed"), first.get("report.md"));
    }

    private static List<JsonNode> of(List<JsonNode> lines, String type) {
        return lines.stream().filter(line -> line.path("type").asText().equals(type)).toList();
    }

    private static Map<String, String> drawings(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(md|svg)")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
