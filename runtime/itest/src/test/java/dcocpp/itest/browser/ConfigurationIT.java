package dcocpp.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.itest.Await;
import dcocpp.itest.process.ChargerProcess;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console's page Configuration. */
class ConfigurationIT extends BrowserTest {
    private static final By LIMIT = By.cssSelector("#editor [name=gridLimitKW]");
    private static final By SAVE = By.xpath("//div[contains(@class, 'ui-dialog-buttonset')]//button[contains(., 'Save')]");
    private static final By STRIP = By.cssSelector("#dcocpp .strip");
    private static final By CONFIGURATION = By.xpath("//h2[.='Configuration']/following-sibling::div[1]");

    @Test
    void aGridLimitThatIsSavedThereIsInForceAndStandsInTheFile() throws Exception {
        saveGridLimit("480");
        Await.until("480 in charger.json", ChargerProcess.LIMIT,
                () -> new ObjectMapper().readTree(folder().config().toFile()).required("gridLimitKW").asInt() == 480);
        browser().open("system/console/charger");
        browser().awaitText(STRIP, "limit 480 kW");
        browser().open("system/console/configMgr/dcocpp.planner");
        assertEquals(480, Double.parseDouble(browser().visible(LIMIT).getDomProperty("value")));
    }

    @Test
    void aGridLimitThatTheRulesRefuseIsUndoneAndThePageChargerTellsWhy() throws Exception {
        int before = new ObjectMapper().readTree(folder().config().toFile()).required("gridLimitKW").asInt();
        saveGridLimit("-3");
        browser().open("system/console/charger");
        browser().await("the reason", browser -> browser.text(CONFIGURATION).contains("/gridLimitKW")
                && browser.text(CONFIGURATION).contains("undone"));
        browser().awaitText(STRIP, "limit " + before + " kW");
        browser().open("system/console/configMgr/dcocpp.planner");
        assertEquals(before, Double.parseDouble(browser().visible(LIMIT).getDomProperty("value")));
    }

    private void saveGridLimit(String kilowatts) {
        openConsole("configMgr/dcocpp.planner");
        WebElement limit = browser().visible(LIMIT);
        limit.sendKeys(Keys.chord(Keys.CONTROL, "a"), kilowatts);
        browser().click(SAVE);
        browser().await("the form to be closed", browser -> browser.all(LIMIT).stream().noneMatch(WebElement::isDisplayed));
    }
}
