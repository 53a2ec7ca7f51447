package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dcocpp.api.session.ChargerStatus;
import dcocpp.itest.Await;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Who gets into the web console and the API, asked by real HTTP. */
public class ConsoleSecurityIT extends OsgiTest {
    private static final String BUNDLES = "/system/console/bundles";
    private static final String EVIL = "http://evil.example";

    @Override
    protected Map<String, String> frameworkProperties() {
        return Map.of("dcocpp.sim.open", "false");
    }

    @Before
    public void consoleIsUp() {
        Await.until("the console asks for a login", LIMIT, () -> anonymous().get(BUNDLES).statusCode() == 401);
        Await.until("the API is there", LIMIT, () -> anonymous().get("/api/health").statusCode() == 200);
    }

    /** Wrong logins are limited: each test starts with a login that is right, or none. */
    @After
    public void theCountOfWrongLoginsIsForgotten() throws Exception {
        Bundle console = bundle("dcocpp.console");
        console.stop();
        console.start();
        awaitSatisfied();
    }

    private ConsoleClient anonymous() {
        return new ConsoleClient(data());
    }

    private ConsoleClient engineer() throws Exception {
        return anonymous().login();
    }

    @Test
    public void withoutLoginThereIsNoConsoleAndNoApi() throws Exception {
        for (String path : List.of(BUNDLES, "/system/console/charger", "/system/console/configMgr", "/system/console/charger/res/charger.js",
                "/api/status", "/api/journal", "/api/bundles/jobs", "/api/sim/connectors", "/api/nothing")) {
            assertEquals(path, 401, anonymous().get(path).statusCode());
        }
    }

    @Test
    public void theGeneratedPasswordAndTheTokenOpen() throws Exception {
        assertEquals(200, engineer().get(BUNDLES).statusCode());
        assertEquals(200, engineer().get("/api/status").statusCode());
        assertEquals(200, anonymous().token().get("/api/status").statusCode());
        assertEquals("the token is for the API alone", 401, anonymous().token().get(BUNDLES).statusCode());
    }

    @Test
    public void adminAdminNeverWorks() throws Exception {
        assertEquals(401, anonymous().basic("admin", "admin").get(BUNDLES).statusCode());
        assertEquals(401, anonymous().basic("admin", "admin").get("/api/status").statusCode());
    }

    @Test
    public void postsFromAnotherSiteAreRefusedThoughTheLoginIsRight() throws Exception {
        String controller = BUNDLES + "/dcocpp.controller";
        assertEquals(403, engineer().post(controller, "action=stop", "Origin", EVIL).statusCode());
        assertEquals(403, engineer().post(controller, "action=stop", "Referer", EVIL + "/x.html").statusCode());
        assertEquals(403, engineer().post(controller, "action=stop", "Sec-Fetch-Site", "cross-site").statusCode());
        assertEquals(403, engineer().post(controller, "action=stop", "Origin", "null").statusCode());
        assertEquals(403, engineer().post("/system/console/configMgr/dcocpp.planner", "apply=true&delete=true", "Origin", EVIL).statusCode());
        assertEquals(403, engineer().post("/api/csms/disconnect", "", "Origin", EVIL).statusCode());
        assertEquals(403, anonymous().token().post("/api/csms/disconnect", "", "Origin", EVIL).statusCode());
        assertEquals(403, anonymous().post(controller, "action=stop", "Origin", EVIL).statusCode());
        assertEquals(Bundle.ACTIVE, bundle("dcocpp.controller").getState());
    }

    @Test
    public void tooManyWrongLoginsAreNotLookedAt() throws Exception {
        List<HttpResponse<String>> answers = wrongLoginsAtOnce(20);
        List<HttpResponse<String>> limited = answers.stream().filter(answer -> answer.statusCode() == 429).toList();
        long wrong = answers.stream().filter(answer -> answer.statusCode() == 401).count();
        assertTrue("the first ones are looked at", wrong > 0);
        assertFalse("and not all", limited.isEmpty());
        assertEquals("or refused otherwise", answers.size(), wrong + limited.size());
        assertTrue(limited.get(0).headers().firstValue("Retry-After").isPresent());
        assertEquals("the command is not shut out", 200, anonymous().token().get("/api/status").statusCode());
        assertTrue(log().stream().anyMatch(line -> line.contains("wrong login from 127.0.0.1")));
    }

    /** One after the other, each with its slow hash, they might last until more are let through on a busy machine. */
    private List<HttpResponse<String>> wrongLoginsAtOnce(int count) throws Exception {
        ExecutorService attackers = Executors.newFixedThreadPool(count);
        try {
            List<Callable<HttpResponse<String>>> logins = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // the same twice at a time would be one login
                ConsoleClient attacker = anonymous().basic("admin", "wrong" + i);
                logins.add(() -> attacker.get(BUNDLES));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : attackers.invokeAll(logins)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            attackers.shutdownNow();
        }
    }

    @Test
    public void theConsoleIsShutWhileItsLoginIsNotThere() throws Exception {
        Bundle console = bundle("dcocpp.console");
        String base = engineer().base();
        ConsoleClient engineer = engineer();
        console.stop();
        try {
            assertEquals(404, engineer.get(base + BUNDLES).statusCode());
            assertEquals(404, engineer.get(base + "/api/status").statusCode());
            assertFalse("the token went with its API", Files.exists(data().resolve("api.token")));
            assertFalse("nobody is sent there", Files.exists(data().resolve("api.url")));
        } finally {
            console.start();
        }
        awaitSatisfied();
        assertEquals(200, engineer().get(BUNDLES).statusCode());
    }

    @Test
    public void passwordAndTokenAreForTheOwnerOfTheFilesAlone() throws Exception {
        for (String name : List.of("console.credentials", "console.password.once", "api.token")) {
            Path file = data().resolve(name);
            assertEquals(name, "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(Files.readString(data().resolve("console.credentials")).contains(anonymous().password()));
        for (String line : log()) {
            assertFalse(line, line.contains(anonymous().password()));
        }
    }

    @Test
    public void unknownCallsAreAnsweredWithTheRemedy() throws Exception {
        HttpResponse<String> unknown = anonymous().token().get("/api/nothing");
        assertEquals(404, unknown.statusCode());
        assertTrue(unknown.body(), unknown.body().contains("\"remedy\""));
        HttpResponse<String> method = anonymous().token().get("/api/csms/connect");
        assertEquals(405, method.statusCode());
        assertEquals("POST", method.headers().firstValue("Allow").orElse(""));
    }

    @Test
    public void anUnsignedBundleIsRefusedWithTheRemedy() throws Exception {
        ChargerStatus status = service(ChargerStatus.class);
        Await.until("the planner is there", LIMIT, () -> status.latest().orElseThrow().planners().size() == 1);
        HttpResponse<String> refused = engineer().upload(
                ChargingTest.withVersion(distributionJar("dcocpp.planner"), "9.0.0").readAllBytes());
        assertEquals(refused.body(), 409, refused.statusCode());
        assertTrue(refused.body(), refused.body().contains("not signed") && refused.body().contains("update.allowUnsigned"));
        assertEquals(1, status.latest().orElseThrow().planners().size());
    }
}
