package dcocpp.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.itest.Await;
import dcocpp.itest.Jars;
import dcocpp.itest.TestFolder;
import dcocpp.itest.process.ChargerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** A bundle is uploaded through the forms that a person sees. */
class HotUpdateIT extends BrowserTest {
    private static final By JOBS = By.xpath("//h2[.='Hot update']/following-sibling::div[contains(@class, 'panel')][2]");
    private static final By PLANNERS = By.xpath("//h2[.='Planners']/following-sibling::div[1]");
    private static final By OWN_FORM = By.xpath("//h2[.='Hot update']/following-sibling::div[1]");
    private static final By OWN_FILE = By.cssSelector("#dcocpp input[type=file]");
    private static final By INSTALL = By.xpath("//form//button[.='Install']");
    private static final By CONSOLE_INSTALL = By.xpath("//div[contains(@class, 'ui-dialog')]//button[contains(., 'Install or Update')]");

    @Override
    Map<String, Object> chargerJson() {
        return Map.of("/update/allowUnsigned", true);
    }

    @BeforeEach
    void nothingIsBeingInstalled() {
        Await.until("one planner", ChargerProcess.LIMIT, () -> status().required("planners").size() == 1);
    }

    @Test
    void aPlannerFromTheConsolesOwnFormTakesOverBeforeTheEyesOfThePersonAndTheSessionGoesOn() throws Exception {
        charge(1);
        String version = nextVersion();
        chooseInTheConsolesForm(planner(version));
        picture("console-upload");
        browser().click(CONSOLE_INSTALL);
        browser().awaitText(JOBS, version);
        assertEquals("/system/console/charger", browser().address().getPath());
        browser().awaitText(JOBS, "in use, on probation");
        browser().awaitText(PLANNERS, "standby");
        double energy = browser().await("the energy on probation", ignored -> energyKWh());
        assertEquals(true, browser().script("var r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.top < window.innerHeight",
                browser().visible(JOBS)), "the person is shown it");
        browser().desktop(1100, 460);
        browser().script("arguments[0].previousElementSibling.scrollIntoView()", browser().visible(PLANNERS));
        picture("console-probation");
        browser().await("energy to rise on probation", browser -> energyKWh() > energy);
        browser().awaitText(JOBS, "in use, the old one is gone");
        browser().await("one planner, active", browser -> browser.text(PLANNERS).contains(version)
                && browser.text(PLANNERS).contains("active") && !browser.text(PLANNERS).contains("standby"));
        double after = browser().await("the energy on the new planner", ignored -> energyKWh());
        browser().await("energy to rise on the new planner", browser -> energyKWh() > after);
        assertTrue(browser().text(gun("Gun 1")).contains("Charging"), browser().text(gun("Gun 1")));
        sim("connectors/1/unplug");
    }

    @Test
    void aPlannerFromThePageChargerIsSeenThroughToItsEnd() throws Exception {
        String version = nextVersion();
        openChargerPage();
        browser().visible(OWN_FILE).sendKeys(planner(version).toString());
        browser().click(INSTALL);
        browser().awaitText(JOBS, version);
        browser().awaitText(PLANNERS, version);
        browser().awaitText(JOBS, "in use, the old one is gone");
    }

    @Test
    void theConsolesFormTellsWhyAJarIsRefused() throws Exception {
        browser().desktop(1100, 330);
        chooseInTheConsolesForm(planner(active().required("version").asText()));
        browser().click(CONSOLE_INSTALL);
        browser().await("the refusal", browser -> browser.text().contains("Refused") && browser.text().contains("bump the version"));
        picture("console-refused");
        browser().click(By.linkText("Charger"));
        browser().visible(gun("Gun 1"));
    }

    @Test
    void thePageChargerTellsWhyAJarIsRefusedAlsoOnAPhone() throws Exception {
        openChargerPage();
        browser().phone(390);
        browser().click(INSTALL);
        browser().awaitText(OWN_FORM, "Choose a jar first.");
        browser().visible(OWN_FILE).sendKeys(Files.writeString(folder().root().resolve("notes.jar"), "no jar").toString());
        browser().click(INSTALL);
        browser().await("the reason", browser -> browser.all(By.cssSelector("#dcocpp .says.red")).stream()
                .anyMatch(says -> says.getText().contains("jar")));
        assertEquals(390L, browser().script("return document.documentElement.scrollWidth"));
    }

    private void chooseInTheConsolesForm(Path jar) {
        openConsole("bundles");
        browser().click(By.className("installButton"));
        browser().visible(By.cssSelector("#uploadDialog input[type=file]")).sendKeys(jar.toString());
    }

    private JsonNode active() throws Exception {
        for (JsonNode planner : status().required("planners")) {
            if (planner.required("role").asText().equals("active")) {
                return planner;
            }
        }
        throw new AssertionError("no active planner");
    }

    private String nextVersion() throws Exception {
        return Integer.parseInt(active().required("version").asText().split("\\.")[0]) + 1 + ".0.0";
    }

    private Path planner(String version) throws Exception {
        try (var jars = Files.list(TestFolder.distribution().resolve("bundle"))) {
            Path jar = jars.filter(file -> file.getFileName().toString().startsWith("dcocpp.planner-")).findFirst().orElseThrow();
            return Files.write(folder().root().resolve("dcocpp.planner-" + version + ".jar"), Jars.withVersion(jar, version));
        }
    }

    private double energyKWh() {
        return Double.parseDouble(browser().text(By.xpath("//div[contains(@class, 'gun ')][.//b[.='Gun 1']]"
                + "//div[contains(@class, 'figures')]/div[span[.='kWh']]/strong")));
    }
}
