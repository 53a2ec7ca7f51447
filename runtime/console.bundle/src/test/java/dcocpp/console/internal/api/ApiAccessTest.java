package dcocpp.console.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.console.internal.FakeRequest;
import dcocpp.console.internal.login.ApiToken;
import dcocpp.console.internal.login.DataFolder;
import dcocpp.console.internal.login.Login;
import dcocpp.testkit.FakeTimeSource;

class ApiAccessTest {

    private static final int TAKEN = 200;

    @TempDir
    Path folder;

    private ApiToken token;
    private Login login;
    private String bearer;
    private String password;

    @BeforeEach
    void start() throws IOException {
        DataFolder data = new DataFolder(folder);
        token = ApiToken.create(data, new SecureRandom());
        login = new Login(data, new FakeTimeSource(), 10, new SecureRandom());
        bearer = "Bearer " + Files.readString(folder.resolve("api.token")).strip();
        password = Files.readString(folder.resolve("console.password.once")).strip();
    }

    private int status(FakeRequest request) {
        return status(request, false);
    }

    private int status(FakeRequest request, boolean simOpen) {
        return new ApiAccess(token, login, simOpen).refusal(request.build()).map(ApiError::status).orElse(TAKEN);
    }

    @Test
    void healthNeedsNothing() {
        assertEquals(TAKEN, status(FakeRequest.of("GET", "/health")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/health/", "/health/../status", "/", "", "/healthy", "/sim/connectors"})
    void everythingElseNeedsTheTokenOrTheLogin(String path) {
        assertEquals(401, status(FakeRequest.of("GET", path)));
        assertEquals(401, status(FakeRequest.of("GET", path).basic("admin", "admin")));
        assertEquals(TAKEN, status(FakeRequest.of("GET", path).header("Authorization", bearer)));
        assertEquals(TAKEN, status(FakeRequest.of("GET", path).basic("admin", password)));
    }

    @Test
    void aForeignPostIsRefusedWhateverItShows() {
        assertEquals(403, status(FakeRequest.of("POST", "/csms/connect").basic("admin", password).header("Origin", "http://evil.example")));
        assertEquals(403, status(FakeRequest.of("POST", "/csms/connect").header("Authorization", bearer)
                .header("Sec-Fetch-Site", "cross-site")));
        assertEquals(403, status(FakeRequest.of("POST", "/sim/swipe").header("Origin", "http://evil.example"), true));
    }

    @Test
    void theSimulationIsFreeOnlyWhenOpened() {
        assertEquals(401, status(FakeRequest.of("POST", "/sim/swipe")));
        assertEquals(TAKEN, status(FakeRequest.of("POST", "/sim/swipe"), true));
        assertEquals(401, status(FakeRequest.of("GET", "/simulation"), true));
    }

    @Test
    void anOpenedSimulationAnswersNoNameButThisMachine() {
        assertEquals(401, status(FakeRequest.of("POST", "/sim/swipe").header("Host", "rebound.example:8080"), true));
    }

    @Test
    void anOpenedSimulationAnswersNobodyOnTheNetworkWhateverHeCallsThisMachine() {
        assertEquals(401, status(FakeRequest.of("POST", "/sim/swipe").header("Host", "localhost")
                .answering("getRemoteAddr", "192.0.2.2"), true));
    }

    @Test
    void tooManyWrongLoginsAreToldSo() {
        for (int i = 0; i < 5; i++) {
            assertEquals(401, status(FakeRequest.of("GET", "/status").basic("admin", "wrong")));
        }
        assertEquals(429, status(FakeRequest.of("GET", "/status").basic("admin", "wrong")));
        assertEquals(TAKEN, status(FakeRequest.of("GET", "/status").header("Authorization", bearer)), "the command is not shut out");
    }
}
