package dcocpp.itest.browser;

import dcocpp.itest.process.ChargerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium without a window, in front of one charger's web console. It is the system's own, found on the PATH or by the properties
 * {@code itest.chromium} and {@code itest.chromedriver}; nothing is downloaded, and it reaches this machine only. Each has a profile of its
 * own, so that none knows the login of another.
 */
final class Browser implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int PHONE_HEIGHT = 844;
    /** What a browser writes when a charger refuses, as it should. */
    private static final Pattern REFUSAL = Pattern.compile("Failed to load resource: .* status of (401|409) ");

    private final URI charger;
    private final ChromeDriver driver;

    private Browser(URI charger, ChromeDriver driver) {
        this.charger = charger;
        this.driver = driver;
    }

    /** @param charger where it listens, ending in a slash */
    static Browser open(URI charger) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("itest.chromium", "chromium", "chromium-browser", "google-chrome"));
        options.addArguments("--headless", "--hide-scrollbars", "--disable-dev-shm-usage", "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox");
        }
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        options.setPageLoadTimeout(ChargerProcess.LIMIT);
        ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program("itest.chromedriver", "chromedriver"))
                .usingAnyFreePort().build();
        Browser browser = new Browser(charger, new ChromeDriver(service, options));
        browser.desktop(1100, 760);
        return browser;
    }

    private static File program(String property, String... names) {
        String given = System.getProperty(property, "");
        Stream<Path> candidates = given.isEmpty()
                ? Arrays.stream(names).flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                : Stream.of(Path.of(given));
        return candidates.filter(Files::isExecutable).findFirst().map(Path::toFile).orElseThrow(() -> new AssertionError(
                "no " + (given.isEmpty() ? names[0] + " on the PATH" : given) + "; on Debian: apt install chromium chromium-driver; else"
                        + " name it with -D" + property + "=..."));
    }

    /**
     * Opens the page Charger with this login in its address, as from a bookmark. When it is wrong the browser asks for another, in a window
     * that belongs to no page, and shows nothing.
     */
    void login(String user, String password) {
        driver.get(charger.getScheme() + "://" + user + ":" + password + "@" + charger.getAuthority() + "/system/console/charger");
    }

    /** @param path below the charger's address, such as {@code system/console/bundles} */
    void open(String path) {
        driver.get(charger.resolve(path).toString());
    }

    /** A screen of this many pixels. */
    void desktop(int width, int height) {
        screen(width, height, false);
    }

    /** A phone's screen, which obeys the page's viewport. */
    void phone(int width) {
        screen(width, PHONE_HEIGHT, true);
    }

    private void screen(int width, int height, boolean mobile) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    /** Where the browser is. */
    URI address() {
        return URI.create(driver.getCurrentUrl());
    }

    /** The result of a script's {@code return}. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The text of the whole page as a person sees it. */
    String text() {
        return text(By.tagName("body"));
    }

    /** The text of the first such element as a person sees it. */
    String text(By by) {
        return driver.findElement(by).getText();
    }

    /** All such elements that are there now. */
    List<WebElement> all(By by) {
        return driver.findElements(by);
    }

    /** Waits until there is such an element that a person can see. */
    WebElement visible(By by) {
        return await("to see " + by, ignored -> ExpectedConditions.visibilityOfElementLocated(by).apply(driver));
    }

    /** Waits until it can be clicked, and clicks. */
    void click(By by) {
        await("to click " + by, ignored -> ExpectedConditions.elementToBeClickable(by).apply(driver)).click();
    }

    /** Says yes to the page's question. */
    String accept() {
        Alert question = await("a question", ignored -> ExpectedConditions.alertIsPresent().apply(driver));
        String text = question.getText();
        question.accept();
        return text;
    }

    /** Waits until such an element has this in its text. */
    void awaitText(By by, String part) {
        await(part + " in " + by, browser -> browser.text(by).contains(part));
    }

    /**
     * Waits until the condition gives something else than null or false. The page may change while it is asked: an element that is not
     * there, or not there any more, means not yet.
     */
    <T> T await(String what, Function<Browser, T> condition) {
        return new WebDriverWait(driver, ChargerProcess.LIMIT, POLL).ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "waited for " + what + "; the page shows\n" + text()).until(ignored -> condition.apply(this));
    }

    /** What the pages have made the browser complain about since the last call, without the refusals of the charger. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().filter(entry -> entry.getLevel() == Level.SEVERE)
                .map(Object::toString).filter(line -> !REFUSAL.matcher(line).find()).toList();
    }

    /** Keeps a picture of the screen. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
