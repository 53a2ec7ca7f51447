package dcocpp.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What the page Charger shows, and what its buttons do. */
class ChargerPageIT extends BrowserTest {
    private static final By STRIP = By.cssSelector("#dcocpp .strip");
    private static final By SHARING = By.cssSelector("#dcocpp .dispatch");
    private static final int PHONE = 390;

    @Test
    void aCarIsSeenToComeChargeAndGoWithoutLoadingThePageAgain() throws Exception {
        openChargerPage();
        browser().script("window.stillTheSamePage = true");
        browser().awaitText(gun("Gun 1"), "no vehicle");
        sim("connectors/1/plug");
        browser().awaitText(gun("Gun 1"), "Preparing");
        swipe(1);
        browser().awaitText(gun("Gun 1"), "Charging");
        browser().await("power at gun 1", browser -> figure("Gun 1", "kW") > 10);
        browser().await("power in the strip", browser -> browser.text(STRIP).matches("(?s).*guns charging, limit 720 kW.*"));
        double energy = browser().await("energy", browser -> figure("Gun 1", "kWh") > 0 ? figure("Gun 1", "kWh") : null);
        browser().await("more energy than " + energy, browser -> figure("Gun 1", "kWh") > energy);
        assertTrue(browser().text(gun("Gun 1")).contains("contactor closed"), browser().text(gun("Gun 1")));

        browser().click(button("Gun 1", "Pause"));
        browser().awaitText(gun("Gun 1"), "SuspendedEVSE");
        browser().click(button("Gun 1", "Resume"));
        browser().awaitText(gun("Gun 1"), "Charging");
        browser().click(button("Gun 1", "Stop"));
        assertEquals("End the transaction at Gun 1?", browser().accept());
        browser().awaitText(gun("Gun 1"), "Finishing");
        sim("connectors/1/unplug");
        browser().awaitText(gun("Gun 1"), "Available");
        assertEquals(true, browser().script("return window.stillTheSamePage"));
    }

    @Test
    void aFaultIsShownWithItsCauseAndStaysLatchedWhenItsConditionIsGone() throws Exception {
        openChargerPage();
        fault(2);
        browser().awaitText(gun("Gun 2"), "Faulted");
        assertTrue(browser().text(gun("Gun 2")).contains("isolation"), browser().text(gun("Gun 2")));
        sim("connectors/2/clear");
        browser().awaitText(gun("Gun 2"), "condition gone");
        browser().await("its reason once", browser -> browser.text(gun("Gun 2")).split("condition gone", -1).length == 2);
        browser().visible(button("Gun 2", "Clear faults"));
        assertTrue(browser().text(gun("Gun 2")).contains("Faulted"), browser().text(gun("Gun 2")));
    }

    @Test
    void onAPhoneNothingSticksOutOfTheScreen() throws Exception {
        charge(3);
        fault(9);
        sim("connectors/5/plug");
        openChargerPage();
        browser().await("power at gun 3", browser -> figure("Gun 3", "kW") > 50);
        browser().awaitText(gun("Gun 9"), "Faulted");
        browser().awaitText(gun("Gun 5"), "Preparing");
        picture("console-charger");
        browser().phone(PHONE);
        openChargerPage();
        assertEquals((long) PHONE, browser().script("return window.innerWidth"), "the page is laid out for the phone");
        picture("console-phone");
        assertNothingSticksOut();
        browser().click(By.cssSelector("#dcocpp summary"));
        browser().visible(By.cssSelector("#dcocpp input[type=password]"));
        assertNothingSticksOut();
        sim("connectors/3/unplug");
        sim("connectors/9/clear");
        sim("connectors/5/unplug");
    }

    private void assertNothingSticksOut() {
        assertEquals(List.of(), browser().script("""
                return Array.from(document.querySelectorAll('body *'))
                    .filter(e => e.offsetParent && e.getBoundingClientRect().right > arguments[0] + 1)
                    .map(e => e.tagName + '.' + e.className + ' to ' + e.getBoundingClientRect().right)""", PHONE));
        assertEquals((long) PHONE, browser().script("return document.documentElement.scrollWidth"));
    }

    @Test
    void theRingAndWhoGetsWhatAreShownInWordsAndAsAPicture() throws Exception {
        openChargerPage();
        browser().awaitText(SHARING, "No gun takes energy.");
        charge(6);
        browser().awaitText(SHARING, "M6_0");
        browser().await("the words of the picture", browser -> String.valueOf(browser.script(
                "return document.querySelector('#dcocpp .ring img').alt")).contains("gun 6 "));
        browser().await("the picture", browser -> Boolean.TRUE.equals(browser.script(
                "return document.querySelector('#dcocpp .ring img').naturalWidth > 100")));
        browser().script("document.querySelector('#dcocpp .dispatch').scrollIntoView()");
        picture("console-ring");
        sim("connectors/6/unplug");
        browser().awaitText(SHARING, "No gun takes energy.");
    }

    @Test
    void noPageMakesTheBrowserComplain() {
        openChargerPage();
        for (String page : List.of("bundles", "components", "configMgr", "status-charger", "charger")) {
            browser().open("system/console/" + page);
            browser().visible(By.id("content"));
            assertEquals(List.of(), browser().complaints(), page);
        }
    }

    /** A number of a gun's card by its unit. */
    private double figure(String label, String unit) {
        return Double.parseDouble(browser().text(By.xpath("//div[contains(@class, 'gun ')][.//b[.='" + label
                + "']]//div[contains(@class, 'figures')]/div[span[.='" + unit + "']]/strong")).replace(",", ""));
    }
}
