package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.DemoCsms;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.launcher.ApiClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** {@code charger plan} as a person runs it, and the recording of a charger that it replays. */
class PlanIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double SAME_KW = 1e-5;
    private static final String NOTHING = "{\"islands\":[],\"closedBusContactors\":[],\"memory\":{\"schema\":\"\",\"values\":{}}}";

    private TestFolder folder;

    @BeforeEach
    void emptyFolder(TestInfo test) throws Exception {
        folder = TestFolder.fresh("PlanIT-" + test.getTestMethod().orElseThrow().getName());
    }

    /** What the command said. */
    private record Answer(int exitCode, String out, String err) {
    }

    private Answer plan(Path input, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of(TestFolder.distribution().resolve("charger").toString(), "plan"));
        line.addAll(List.of(more));
        Path out = folder.root().resolve("out");
        Path err = folder.root().resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line).redirectInput(input.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(ChargerProcess.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("charger plan does not end");
        }
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void theRecordedCasesComeOutAsTheyMust() throws Exception {
        JsonNode cases = JSON.readTree(Path.of(System.getProperty("itest.root"), "planner.bundle/src/test/resources/planner_cases.json")
                .toFile());
        StringBuilder lines = new StringBuilder();
        cases.forEach(each -> lines.append(each).append('\n'));
        Answer answer = plan(Files.writeString(folder.root().resolve("cases.jsonl"), lines));
        assertEquals(0, answer.exitCode(), answer.err());
        assertEquals("", answer.err());
        List<String> results = answer.out().lines().toList();
        assertEquals(16, results.size(), answer.out());
        for (int i = 0; i < results.size(); i++) {
            check(cases.get(i), JSON.readTree(results.get(i)));
        }
    }

    private static void check(JsonNode asked, JsonNode result) {
        String name = asked.get("name").asText();
        assertEquals(name, result.get("name").asText());
        JsonNode expected = asked.get("expected");
        List<Double> powers = numbers(result.get("pKw"), asked);
        List<Double> expectedPowers = numbers(expected.get("pKw"), asked);
        assertEquals(expectedPowers.size(), powers.size(), name);
        for (int i = 0; i < powers.size(); i++) {
            assertEquals(expectedPowers.get(i), powers.get(i), SAME_KW, name + " " + result);
        }
        assertEquals(expected.get("sumKw").asDouble(), result.get("sumKw").asDouble(), SAME_KW, name);
        assertEquals(numbers(expected.get("modules"), asked), numbers(result.get("modules"), asked), name + " " + result);
        assertEquals(powers.size(), result.get("islandSlots").size(), name);
        for (int i = 0; i < asked.get("guns").size(); i++) {
            List<Double> slots = numbers(result.get("islandSlots").get(i), asked);
            assertTrue(slots.isEmpty() || slots.contains(asked.get("guns").get(i).get("slot").asDouble()), name + " " + result);
        }
    }

    /** Where a tie may be decided either way, in ascending order. */
    private static List<Double> numbers(JsonNode array, JsonNode asked) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        if (asked.get("note").asText().contains("compare sorted")) {
            numbers.sort(null);
        }
        return numbers;
    }

    @Test
    void standardOutputHasThePlansAndNothingElse() throws Exception {
        Path svg = folder.root().resolve("ring.svg");
        Path cases = Files.writeString(folder.root().resolve("cases.jsonl"), "nonsense\n{\"gridKw\":90,\"moduleKw\":30,"
                + "\"maxModulesPerGun\":2,\"healthyPerSlot\":[2,2],\"guns\":[{\"slot\":1,\"demandKw\":60}]}\n");
        Answer answer = plan(cases, "--explain", "--svg", svg.toString());
        assertEquals(1, answer.exitCode(), answer.err());
        assertEquals("{\"pKw\":[60],\"sumKw\":60,\"modules\":[2],\"islandSlots\":[[1]],\"limitedBy\":[\"demand\"]}", answer.out().strip());
        assertTrue(answer.err().contains("charger: line 1: is no JSON"), answer.err());
        assertTrue(answer.err().contains("gun 1 at slot 1 gets 60.0 kW of 60.0 kW: the vehicle asks for no more"), answer.err());
        assertTrue(Files.readString(svg).contains("gun 1"), "the picture");
        Answer other = plan(cases, "--planner", TestFolder.distribution().resolve("bin/charger.jar").toString());
        assertEquals(1, other.exitCode());
        assertEquals("", other.out());
        assertTrue(other.err().contains("charger.jar: is no planner"), other.err());
    }

    @Test
    void aRecordingOfAChargerReplaysToTheSamePlansEachTime() throws Exception {
        Path recording = folder.data().resolve("log/planner/inputs.jsonl");
        try (DemoCsms csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"), CsmsPolicy.acceptAll(),
                Clock.systemUTC())) {
            folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString(), "/planner/record", true,
                    "/planner/recordMaxMB", 10));
            record(recording);
        }
        Answer first = plan(recording);
        assertEquals(0, first.exitCode(), first.err());
        assertEquals(first, plan(recording));
        assertEquals(Files.readAllLines(recording).size(), first.out().lines().count());
        // What was in force in the charger is, byte for byte, what the command makes of an earlier line.
        Set<String> replayed = first.out().lines().collect(Collectors.toSet());
        List<String> inForce = Files.readAllLines(recording).stream().map(PlanIT::current).filter(plan -> !plan.equals(NOTHING)).toList();
        assertEquals(List.of(), inForce.stream().filter(plan -> !replayed.contains(plan)).toList());
        assertTrue(inForce.stream().anyMatch(plan -> plan.contains("\"connectorId\":1,\"slotIds\":[")), "a plan with an island");
    }

    private static String current(String line) {
        String key = "\"current\":";
        return line.substring(line.indexOf(key) + key.length(), line.length() - 1);
    }

    /** A car comes, is charged and the charger ends. */
    private void record(Path recording) throws Exception {
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            ApiClient api = charger.api();
            Await.until("the back office", ChargerProcess.LIMIT, () -> api.get("api/status").require().at("/csms/state").asText()
                    .equals("accepted"));
            api.post("api/sim/connectors/1/plug", null).require();
            api.post("api/sim/swipe", JsonNodeFactory.instance.objectNode().put("connector", 1).put("idTag", "04A1B2C3D4E5F6")).require();
            Await.until("a gun that takes energy in the recording", ChargerProcess.LIMIT, () -> Files.exists(recording)
                    && Files.readString(recording).contains("\"connectorId\":1,\"active\":true"));
            Await.until("its modules in the API", ChargerProcess.LIMIT, () -> api.get("api/plan").require().at("/guns/0/moduleIds/0")
                    .asText().startsWith("M"));
            charger.terminate();
        }
    }
}
