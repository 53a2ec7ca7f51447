package dcocpp.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Text from outside that would like to be more than text. */
class HostileTextIT extends BrowserTest {
    private static final List<String> LABELS = List.of("<script>document.title = 'taken'</script>",
            "<img src=x onerror=\"document.title='taken'\">",
            "${pluginRoot} ${x} %s", "</script><script>document.title='taken'</script>", "'\"]}; document.title = 'taken' //");

    @Override
    Map<String, Object> chargerJson() {
        return Map.of("/connectors/0/label", LABELS.get(0), "/connectors/1/label", LABELS.get(1), "/connectors/2/label", LABELS.get(2),
                "/connectors/3/label", LABELS.get(3), "/connectors/4/label", LABELS.get(4));
    }

    @Test
    void labelsOfGunsAreShownAsTextByThePageCharger() {
        openChargerPage();
        assertEquals(LABELS, browser().all(By.cssSelector("#dcocpp .gun b")).stream().map(label -> label.getText()).limit(5).toList());
        assertNothingIsTaken();
    }

    @Test
    void labelsOfGunsAreTextToThePageStatus() {
        openConsole("status-charger");
        for (String label : LABELS) {
            String json = label.replace("\"", "\\\"").replace("${", "\\u0024{");
            browser().await(json, browser -> browser.text().contains(json));
        }
        assertNothingIsTaken();
    }

    @Test
    void labelsOfGunsAreNoMarkupToThePageConfiguration() {
        openConsole("configMgr");
        browser().await("a label", browser -> browser.text().contains("connector 1 " + LABELS.get(0)));
        assertNothingIsTaken();
    }

    private void assertNothingIsTaken() {
        assertEquals(false, browser().script("return document.title.indexOf('taken') >= 0"));
        assertEquals(List.of(), browser().script("return Array.from(document.images).filter(i => i.src.endsWith('/x')).map(i => i.src)"));
    }
}
