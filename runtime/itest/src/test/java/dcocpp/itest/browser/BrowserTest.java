package dcocpp.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.DemoCsms;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.itest.process.ChargerProcess;
import dcocpp.launcher.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/**
 * Base of the tests that look at the web console with a browser. A class has one charger with a back office, a test has a browser of its
 * own and guns that no other test of its class uses. After each test the browser must have had nothing to complain about. A test that fails
 * leaves a picture of the page in the class's folder below {@code target/work}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {
    /** Fast enough not to wait long, slow enough to see each stage. */
    private static final String RATE = "4";
    private static final String TAG = "04A1B2C3D4E5F6";

    private TestFolder folder;
    private DemoCsms csms;
    private ChargerProcess charger;
    private String password;
    private Browser browser;

    @RegisterExtension
    final AfterTestExecutionCallback pictureOfFailure = test -> {
        if (test.getExecutionException().isPresent()) {
            browser.picture(folder.root().resolve(test.getRequiredTestMethod().getName() + ".png"));
        }
    };

    /** Changes to the default charger.json: JSON pointer to new value. */
    Map<String, Object> chargerJson() {
        return Map.of();
    }

    @BeforeAll
    void startCharger() throws Exception {
        folder = TestFolder.fresh(getClass().getSimpleName());
        // The CSMS's clock runs at real speed; with a heartbeat now and then it would pull the charger's fast clock back.
        csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"),
                CsmsPolicy.acceptAll().withHeartbeatInterval(Duration.ofDays(1)), Clock.systemUTC());
        Map<String, Object> changes = new HashMap<>(chargerJson());
        changes.put("/chargePoint/centralSystemURI", csms.uri().toString());
        folder.writeConfig(changes);
        charger = ChargerProcess.run(folder, "--rate", RATE);
        password = charger.awaitLine(".*user admin, password (\\S+) .*").group(1);
        charger.awaitHealthy();
        Await.until("the back office", ChargerProcess.LIMIT, () -> status().at("/csms/state").asText().equals("accepted"));
    }

    @BeforeEach
    void openBrowser() {
        browser = Browser.open(charger.api().base());
    }

    @AfterEach
    void closeBrowserThatHadNothingToComplainAbout() {
        try (Browser closing = browser) {
            assertEquals(List.of(), closing.complaints());
        }
    }

    @AfterAll
    void stopCharger() {
        if (charger != null) {
            charger.close();
        }
        if (csms != null) {
            csms.close();
        }
    }

    final Browser browser() {
        return browser;
    }

    final TestFolder folder() {
        return folder;
    }

    final String password() {
        return password;
    }

    /** The page Charger, with the right login, once it shows the guns. */
    final void openChargerPage() {
        browser.login("admin", password);
        browser.visible(By.cssSelector("#dcocpp .gun"));
    }

    /** A page of the console, with the right login. */
    final void openConsole(String page) {
        openChargerPage();
        browser.open("system/console/" + page);
    }

    /** What the charger's API says. */
    final JsonNode status() throws Exception {
        return charger.api().get("api/status").require();
    }

    /** One of the simulation's calls, such as {@code connectors/1/plug}. */
    final void sim(String call) throws Exception {
        charger.api().post("api/sim/" + call, null).require();
    }

    /** Makes the simulation report a fault of a gun's isolation. */
    final void fault(int gun) throws Exception {
        JsonNode isolation = JsonNodeFactory.instance.objectNode().put("cause", "ISOLATION");
        charger.api().post("api/sim/connectors/" + gun + "/fault", isolation).require();
    }

    /** Plugs a car in and holds a card to the reader; returns once energy flows. */
    final void charge(int gun) throws Exception {
        ApiClient api = charger.api();
        sim("connectors/" + gun + "/plug");
        Await.until("a session", ChargerProcess.LIMIT, () -> connector(gun).has("session"));
        swipe(gun);
        Await.until("energy at gun " + gun, ChargerProcess.LIMIT, () -> connector(gun).at("/session/energyMilliWh").asLong() > 0);
    }

    /** Holds a card to the reader. */
    final void swipe(int gun) throws Exception {
        charger.api().post("api/sim/swipe", JsonNodeFactory.instance.objectNode().put("connector", gun).put("idTag", TAG)).require();
    }

    /** What the charger's API says of a gun. */
    final JsonNode connector(int gun) throws Exception {
        return status().required("connectors").required(gun - 1);
    }

    /** The card of a gun on the page Charger. */
    static By gun(String label) {
        return By.xpath("//div[contains(@class, 'gun ')][.//b[.='" + label + "']]");
    }

    /** A button of a gun's card. */
    static By button(String label, String text) {
        return By.xpath("//div[contains(@class, 'gun ')][.//b[.='" + label + "']]//button[.='" + text + "']");
    }

    /** Keeps a picture for the documentation. */
    final void picture(String name) throws IOException {
        browser.picture(Path.of(System.getProperty("itest.screenshots")).resolve(name + ".png"));
    }
}
