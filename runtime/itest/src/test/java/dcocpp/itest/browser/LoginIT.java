package dcocpp.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.itest.Await;
import dcocpp.itest.process.ChargerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Who gets to see the console. */
class LoginIT extends BrowserTest {

    @Test
    void aWrongPasswordAndAdminAdminShowNothingOfTheCharger() throws Exception {
        Path log = folder().data().resolve("log").resolve("charger.log");
        browser().open("system/console");
        assertEquals("", browser().text(), "without a login");
        long wrong = 0;
        for (String password : new String[] {"wrong", "admin"}) {
            browser().login("admin", password);
            assertEquals("", browser().text(), password);
            long expected = ++wrong;
            Await.until("the charger to have refused " + password, ChargerProcess.LIMIT,
                    () -> Files.readAllLines(log).stream().filter(line -> line.contains("wrong login from")).count() == expected);
        }
    }

    @Test
    void theGeneratedPasswordOpensTheConsoleAtThePageCharger() {
        openConsole("");
        browser().visible(gun("Gun 12"));
        assertEquals("/system/console/charger", browser().address().getPath());
        assertTrue(browser().text().contains("accepted"), browser().text());
        browser().open("system/console/bundles");
        browser().visible(By.xpath("//td[contains(., 'dcocpp.planner')]"));
    }

    /** In such a page no script may ask for an address that is relative to the page's. */
    @Test
    void thePageChargerLivesThoughItsAddressHoldsTheLogin() {
        browser().login("admin", password());
        browser().visible(gun("Gun 1"));
    }
}
