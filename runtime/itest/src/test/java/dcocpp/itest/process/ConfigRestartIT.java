package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.launcher.ApiClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the console has changed outlives the process. */
class ConfigRestartIT {

    @Test
    void consoleEditOfTheGridLimitIsInForceStandsInTheFileAndSurvivesAKill() throws Exception {
        TestFolder folder = TestFolder.fresh("ConfigRestartIT");
        folder.writeConfig(Map.of());
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            String password = charger.awaitLine(".*user admin, password (\\S+) .*").group(1);
            assertEquals(302, postGridLimit(charger, password, "480"));
            Await.until("480 kW in force", ChargerProcess.LIMIT, () -> gridLimitW(charger) == 480_000);
            Await.until("480 kW in the file", ChargerProcess.LIMIT,
                    () -> Files.readString(folder.config()).contains("\"gridLimitKW\" : 480"));
            charger.kill();
        }
        try (ChargerProcess again = ChargerProcess.run(folder)) {
            Await.until("480 kW in force again", ChargerProcess.LIMIT, () -> gridLimitW(again) == 480_000);
        }
    }

    private static double gridLimitW(ChargerProcess charger) throws Exception {
        ApiClient api = charger.api();
        return api.get("api/status").require().at("/plan/gridLimitW").asDouble();
    }

    private static int postGridLimit(ChargerProcess charger, String password, String kilowatts) throws Exception {
        String login = Base64.getEncoder().encodeToString(("admin:" + password).getBytes());
        HttpRequest request = HttpRequest.newBuilder(charger.awaitConsole().resolve("configMgr/dcocpp.planner"))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "apply=true&action=ajaxConfigManager&%24location=%3F&propertylist=gridLimitKW&gridLimitKW=" + kilowatts))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
