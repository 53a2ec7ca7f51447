package dcocpp.console.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.time.TimeSource;
import dcocpp.console.internal.FakeRequest;
import dcocpp.testkit.FakeTimeSource;

class LoginTest {

    private static final int FAST = 10;

    @TempDir
    Path folder;

    private final FakeTimeSource time = new FakeTimeSource();
    private Login login;

    @BeforeEach
    void start() throws IOException {
        login = open();
    }

    private Login open() throws IOException {
        return new Login(new DataFolder(folder), time, FAST, new SecureRandom());
    }

    private String passwordShownOnce() throws IOException {
        return Files.readString(folder.resolve("console.password.once")).strip();
    }

    private Login.Verdict login(String password) {
        return login.check(FakeRequest.of("GET", "/").basic("admin", password).build());
    }

    @Test
    void thePasswordOfTheFirstStartLogsIn() throws IOException {
        assertEquals(Login.Verdict.RIGHT, login(passwordShownOnce()));
    }

    @Test
    void itStillDoesAfterARestartWithoutBeingShownAgain() throws IOException {
        String password = passwordShownOnce();
        Files.delete(folder.resolve("console.password.once"));
        login = open();
        assertEquals(Login.Verdict.RIGHT, login(password));
        assertFalse(Files.exists(folder.resolve("console.password.once")));
    }

    @Test
    void adminAdminNeverWorks() {
        assertEquals(Login.Verdict.WRONG, login("admin"));
        assertThrows(IllegalArgumentException.class, () -> login.changePassword(passwordShownOnce(), "admin", "test"));
        assertEquals(Login.Verdict.WRONG, login("admin"));
    }

    @Test
    void onlyTheUserAdminExists() throws IOException {
        assertEquals(Login.Verdict.WRONG, login.check(FakeRequest.of("GET", "/").basic("root", passwordShownOnce()).build()));
    }

    @Test
    void withoutLoginThereIsNoneToCheck() {
        assertEquals(Login.Verdict.MISSING, login.check(FakeRequest.of("GET", "/").build()));
        assertEquals(Login.Verdict.WRONG, login.check(FakeRequest.of("GET", "/").header("Authorization", "Basic ***").build()));
    }

    @Test
    void theFilesAreForTheirOwnerOnlyAndHoldNoPasswordButTheOneToShow() throws IOException {
        for (String name : new String[] {"console.credentials", "console.password.once"}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))), name);
        }
        String stored = Files.readString(folder.resolve("console.credentials"));
        assertTrue(stored.startsWith("admin:pbkdf2-sha512$"), stored);
        assertFalse(stored.contains(passwordShownOnce()));
    }

    @Test
    void twoChargersGetDifferentPasswords(@TempDir Path other) throws IOException {
        new Login(new DataFolder(other), time, FAST, new SecureRandom());
        assertNotEquals(passwordShownOnce(), Files.readString(other.resolve("console.password.once")).strip());
    }

    @Test
    void wrongLoginsAreLimitedAndRecoverWithTime() throws IOException {
        String password = passwordShownOnce();
        for (int i = 0; i < LoginLimiter.BURST; i++) {
            assertEquals(Login.Verdict.WRONG, login("wrong" + i));
        }
        assertEquals(Login.Verdict.LIMITED, login("wrong"));
        assertEquals(Login.Verdict.LIMITED, login(password), "a right guess is not told from a wrong one while it is limited");
        time.advance(LoginLimiter.RECOVERY);
        assertEquals(Login.Verdict.RIGHT, login(password));
        assertEquals(Login.Verdict.WRONG, login("wrong"));
        assertEquals(Login.Verdict.LIMITED, login("wrong"));
    }

    @Test
    void whoIsLoggedInStaysSoWhileAnotherIsLimited() throws IOException {
        assertEquals(Login.Verdict.RIGHT, login(passwordShownOnce()));
        for (int i = 0; i <= LoginLimiter.BURST; i++) {
            login("wrong");
        }
        assertEquals(Login.Verdict.RIGHT, login(passwordShownOnce()));
    }

    @Test
    void theManyRequestsOfOnePageAreOneLogin() throws Exception {
        Login slow = new Login(new DataFolder(folder.resolve("slow")), time, 20_000, new SecureRandom());
        String password = Files.readString(folder.resolve("slow/console.password.once")).strip();
        int requests = 4 * LoginLimiter.BURST;
        ExecutorService browser = Executors.newFixedThreadPool(requests);
        try {
            List<Future<Login.Verdict>> verdicts = browser.invokeAll(Collections.nCopies(requests,
                    () -> slow.check(FakeRequest.of("GET", "/").basic("admin", password).build())));
            for (Future<Login.Verdict> verdict : verdicts) {
                assertEquals(Login.Verdict.RIGHT, verdict.get());
            }
        } finally {
            browser.shutdownNow();
        }
    }

    @Test
    void rightLoginsCostNoTries() throws IOException {
        for (int i = 0; i < 3 * LoginLimiter.BURST; i++) {
            assertEquals(Login.Verdict.RIGHT, login.changePassword(passwordOrChanged(i), "another password " + i, "test"));
        }
    }

    private String passwordOrChanged(int i) throws IOException {
        return i == 0 ? passwordShownOnce() : "another password " + (i - 1);
    }

    @Test
    void aChangedPasswordReplacesTheOldOneAtOnceAndForGood() throws IOException {
        String old = passwordShownOnce();
        assertEquals(Login.Verdict.RIGHT, login(old));
        assertEquals(Login.Verdict.RIGHT, login.changePassword(old, "correct horse battery", "test"));
        assertFalse(Files.exists(folder.resolve("console.password.once")), "it shows a password that is no more");
        assertEquals(Login.Verdict.WRONG, login(old));
        assertEquals(Login.Verdict.RIGHT, login("correct horse battery"));
        login = open();
        assertEquals(Login.Verdict.RIGHT, login("correct horse battery"));
    }

    @Test
    void thePasswordIsNotChangedWithoutTheCurrentOne() throws IOException {
        assertEquals(Login.Verdict.WRONG, login.changePassword("guess", "correct horse battery", "test"));
        assertEquals(Login.Verdict.RIGHT, login(passwordShownOnce()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin:", "admin:secret", "root:pbkdf2-sha512$10$AAAA$AAAA", "admin:pbkdf2-sha512$0$AAAA$AAAA",
            "admin:pbkdf2-sha512$10$AAAA$AAAA", "admin:pbkdf2-sha512$x$AAAA$AAAA"})
    void aDamagedFileKeepsTheConsoleShutAndSaysWhatToDo(String content) throws IOException {
        Files.writeString(folder.resolve("console.credentials"), content);
        IOException refused = assertThrows(IOException.class, this::open);
        assertTrue(refused.getMessage().contains("delete it"), refused.getMessage());
    }

    @Test
    void theTokenOpensAndGoesWithItsFile() throws IOException {
        ApiToken token = ApiToken.create(new DataFolder(folder), new SecureRandom());
        String shown = Files.readString(folder.resolve("api.token")).strip();
        assertEquals(64, shown.length());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("api.token"))));
        assertTrue(token.shownBy(FakeRequest.of("GET", "/").header("Authorization", "Bearer " + shown).build()));
        assertFalse(token.shownBy(FakeRequest.of("GET", "/").header("Authorization", "Bearer " + shown.substring(1)).build()));
        assertFalse(token.shownBy(FakeRequest.of("GET", "/").header("Authorization", "Bearer ").build()));
        assertFalse(token.shownBy(FakeRequest.of("GET", "/").build()));
        token.delete();
        assertFalse(Files.exists(folder.resolve("api.token")));
    }

    @Test
    void aTokenLeavesTheFileOfItsSuccessorAlone() throws IOException {
        ApiToken old = ApiToken.create(new DataFolder(folder), new SecureRandom());
        ApiToken.create(new DataFolder(folder), new SecureRandom());
        old.delete();
        assertTrue(Files.exists(folder.resolve("api.token")));
    }

    @Test
    void aFasterProcessClockDoesNotWeakenTheLimit() {
        TimeSource fast = (TimeSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {TimeSource.class},
                (proxy, method, arguments) -> method.getName().equals("rate") ? 60.0 : method.invoke(time, arguments));
        LoginLimiter limiter = new LoginLimiter(fast);
        for (int i = 0; i < LoginLimiter.BURST; i++) {
            assertTrue(limiter.take());
        }
        time.advance(LoginLimiter.RECOVERY.multipliedBy(59));
        assertFalse(limiter.take());
        time.advance(LoginLimiter.RECOVERY);
        assertTrue(limiter.take());
    }
}
