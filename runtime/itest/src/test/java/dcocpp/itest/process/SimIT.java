package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.csms.DemoCsms;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.launcher.ApiClient;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code charger sim} at a charger that runs. */
class SimIT {
    private TestFolder folder;

    @Test
    void everyVerbReachesTheSimulation() throws Exception {
        folder = TestFolder.fresh("SimIT");
        folder.writeConfig(Map.of());
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            ApiClient api = charger.api();
            sim(0, "plug", "2", "socPercent=33.5", "evMac=112233445566");
            assertTrue(sim(0, "list", "--json").contains("\"socPercent\" : 33.5"));
            assertEquals(13, sim(0, "list").lines().count(), "a line for each connector below the names of the columns");
            Await.until("a session at connector 2", ChargerProcess.LIMIT, () -> connector(api, 2).has("session"));
            assertTrue(sim(0, "swipe", "2", "04A1B2C3D4E5F6").contains("\"connector\":2"));
            sim(0, "pause", "2");
            sim(0, "resume", "2");
            sim(0, "fault", "3", "ISOLATION");
            Await.until("a fault at connector 3", ChargerProcess.LIMIT, () -> connector(api, 3).path("status").asText().equals("Faulted"));
            sim(0, "clear", "3");
            sim(0, "unplug", "2");
            Await.until("connector 2 without a car", ChargerProcess.LIMIT, () -> !connector(api, 2).path("plugged").asBoolean());

            assertTrue(sim(1, "plug", "99").contains("99"));
            assertTrue(sim(1, "renegotiate", "2").contains("has no car"));
            assertTrue(sim(2, "plug", "2", "socPercent=full").contains("a number is asked for"));
            assertTrue(sim(2, "fault", "3").contains("CAUSE"));
        }
    }

    @Test
    void theExamplesOfTheReadmeWorkAsPrinted() throws Exception {
        folder = TestFolder.fresh("SimIT-readme");
        // A script that is played needs no charger: ScenariosTest plays it.
        List<String> examples = Files.readAllLines(TestFolder.repository().resolve("README.md")).stream()
                .filter(line -> line.matches("\\./charger (sim (?!run)|status\\b).*")).map(line -> line.replaceFirst("#.*", "").strip()).toList();
        assertEquals(List.of("./charger sim plug 1", "./charger sim swipe", "./charger status"), examples);
        try (DemoCsms csms = DemoCsms.startEphemeral()) {
            folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString()));
            try (ChargerProcess charger = ChargerProcess.run(folder)) {
                ApiClient api = charger.api();
                csms.awaitCall("BootNotification", ChargerProcess.LIMIT);
                for (String example : examples) {
                    String[] words = (example + " --data " + folder.data()).split(" ");
                    var call = ChargerProcess.call(folder, Arrays.copyOfRange(words, 1, words.length));
                    assertEquals(0, call.exitCode(), example + ": " + call.text());
                }
                Await.until("connector 1 charges", ChargerProcess.LIMIT,
                        () -> connector(api, 1).path("status").asText().equals("Charging"));
            }
        }
    }

    private String sim(int exitCode, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("sim"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", folder.data().toString()));
        var call = ChargerProcess.call(folder, line.toArray(String[]::new));
        assertEquals(exitCode, call.exitCode(), line + ": " + call.text());
        return call.text();
    }

    private static JsonNode connector(ApiClient api, int id) throws Exception {
        for (JsonNode connector : api.get("api/status").require().path("connectors")) {
            if (connector.path("id").asInt() == id) {
                return connector;
            }
        }
        throw new AssertionError("no connector " + id);
    }
}
