package dcocpp.hwsim.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.TokenRead;
import dcocpp.hwsim.internal.Simulation;
import dcocpp.hwsim.internal.TestTopology;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.SimulationException;
import dcocpp.testkit.FakeTimeSource;

class SimRouterTest {

    private static final String JSON = "application/json";

    private final Cabinet cabinet = cabinet();
    private final SimRouter router = new SimRouter(new Simulation() {
        @Override
        public <T> T call(Function<Cabinet, T> event) {
            return event.apply(cabinet);
        }
    }, CarLibrary.included(), new FakeTimeSource());
    private Response last;

    private static Cabinet cabinet() {
        try {
            return new Cabinet(TestTopology.ring(3), id -> 1_000_000L * id, 1, 0);
        } catch (HardwareException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private JsonNode call(String method, String path, String contentType, String body) {
        try {
            last = router.handle(method, path, contentType, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            return new ObjectMapper().readTree(router.write(last));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private JsonNode get(String path) {
        return call("GET", path, null, "");
    }

    private JsonNode post(String path, String body) {
        return call("POST", path, body.isEmpty() ? null : JSON, body);
    }

    private void refused(int status, String part, JsonNode answer) {
        assertEquals(status, last.status(), answer.toString());
        assertTrue(answer.get("error").asText().contains(part), answer.toString());
        assertFalse(answer.get("remedy").asText().isEmpty());
    }

    @Test
    void plugWithoutBodyBringsTheFirstCarAtTwentyPercent() {
        JsonNode answer = post("/connectors/1/plug", "");
        assertEquals(202, last.status());
        assertEquals("{\"taken\":\"plug\",\"connector\":1}", answer.toString());
        JsonNode car = get("/connectors/1").get("car");
        assertEquals("compact-400", car.get("id").asText());
        assertEquals(20, car.get("socPercent").asDouble(), 1e-9);
        assertEquals(100, car.get("targetSocPercent").asDouble());
    }

    @Test
    void aCarMayTakeTheTimesOfTheRealOne() {
        post("/connectors/1/plug", "");
        post("/connectors/2/plug", "{\"stages\": \"short\"}");
        post("/connectors/3/plug", "{\"stages\": \"real\"}");
        for (int i = 0; i < 150; i++) {
            cabinet.step();
        }
        assertEquals("AUTHORIZATION", get("/connectors/1").get("hlcStageName").asText());
        assertEquals("AUTHORIZATION", get("/connectors/2").get("hlcStageName").asText());
        assertEquals("SLAC", get("/connectors/3").get("hlcStageName").asText());
    }

    @Test
    void plugTakesCarStateOfChargeAndIdentity() {
        post("/connectors/2/plug", """
                {"car": "tourer-800", "socPercent": 55.5, "targetSocPercent": 80,
                 "evMac": "00:1a:2b:3c:4d:5e", "evccid": "F07F0C006E3B", "emaid": "DE-8AA-1A2B3C4D5-9"}""");
        assertEquals(202, last.status());
        for (int i = 0; i < 200; i++) {
            cabinet.step();
        }
        assertEquals(List.of("VID:001A2B3C4D5E", "DE8AA1A2B3C4D59"),
                cabinet.takeTokens().stream().map(TokenRead::value).toList());
        assertEquals(55.5, get("/connectors/2").at("/car/socPercent").asDouble(), 1e-6);
    }

    @Test
    void eventsThatDoNotFitAreConflicts() {
        refused(409, "no car", post("/connectors/1/unplug", ""));
        refused(409, "no car", post("/connectors/1/pause", ""));
        post("/connectors/1/plug", "");
        refused(409, "already has a car", post("/connectors/1/plug", ""));
        refused(409, "does not pause", post("/connectors/1/resume", ""));
        post("/connectors/1/end", "");
        refused(409, "wants nothing more", post("/connectors/1/end", "{}"));
        post("/connectors/1/pause", "{}");
        assertEquals(202, last.status());
        assertTrue(get("/connectors/1").at("/car/paused").asBoolean());
        post("/connectors/1/resume", "");
        post("/connectors/1/unplug", "");
        assertTrue(get("/connectors/1").get("car").isNull());
    }

    @Test
    void swipeWithoutBodyShowsTheDefaultCardAtTheCabinet() {
        post("/swipe", "");
        assertEquals(List.of(new TokenRead(TokenRead.Source.RFID, "04A2B3C4D5E680", 0, 0)), cabinet.takeTokens());
        post("/swipe", "{\"idTag\": \"deadbeef\", \"connector\": 3}");
        assertEquals(List.of(new TokenRead(TokenRead.Source.RFID, "DEADBEEF", 3, 0)), cabinet.takeTokens());
        refused(404, "no connector 7", post("/swipe", "{\"connector\": 7}"));
        refused(400, "idTag", post("/swipe", "{\"idTag\": \"not hex\"}"));
        refused(400, "idTag", post("/swipe", "{\"idTag\": \"\"}"));
        refused(400, "idTag", post("/swipe", "{\"idTag\": \"00112233445566778899AA\"}"));
    }

    @Test
    void faultIsInjectedAndMended() {
        post("/connectors/1/fault", "{\"cause\": \"emergency_stop\"}");
        post("/connectors/1/fault", "{\"cause\": \"CONNECTOR_TEMPERATURE\", \"temperatureC\": 82.5}");
        post("/connectors/1/fault", "{\"cause\": \"MODULE_DEGRADED\", \"moduleId\": \"M1_1\"}");
        assertEquals(202, last.status());
        assertEquals(3, get("/connectors/1").get("injected").size());
        post("/connectors/1/clear", "{\"cause\": \"EMERGENCY_STOP\"}");
        assertEquals(2, get("/connectors/1").get("injected").size());
        post("/connectors/1/clear", "");
        assertEquals(0, get("/connectors/1").get("injected").size());
    }

    @Test
    void faultNamesWhatCanBeInjected() {
        JsonNode answer = post("/connectors/1/fault", "");
        refused(400, "'cause' is missing", answer);
        assertTrue(answer.get("remedy").asText().contains(FaultCause.GC_WELD.name()));
        refused(400, "no cause 'BLUE'", post("/connectors/1/fault", "{\"cause\": \"BLUE\"}"));
        refused(400, "PLANNER", post("/connectors/1/fault", "{\"cause\": \"PLANNER\"}"));
        refused(400, "no module X", post("/connectors/1/fault", "{\"cause\": \"MN_WELD\", \"moduleId\": \"X\"}"));
        refused(400, "insulationKOhm", post("/connectors/1/fault", "{\"cause\": \"ISOLATION\", \"insulationKOhm\": -1}"));
        refused(400, "temperatureC", post("/connectors/1/fault", "{\"cause\": \"CONNECTOR_TEMPERATURE\", \"temperatureC\": 900}"));
    }

    @ParameterizedTest
    @CsvSource({"'{\"car\": \"tractor\"}', tractor", "'{\"socPercent\": 101}', socPercent", "'{\"socPercent\": \"much\"}', socPercent",
            "'{\"targetSocPercent\": -1}', targetSocPercent", "'{\"evMac\": \"12\"}', evMac", "'{\"evccid\": \"xyz\"}', evccid",
            "'{\"emaid\": \"short\"}', emaid",
            "'{\"stages\": \"long\"}', stages", "'{\"colour\": \"red\"}', colour", "'{\"car\": ', not JSON", "'[]', content",
            "'null', null", "'{} {}', content", "'{\"car\": \"a\", \"car\": \"b\"}', not JSON"})
    void wrongBodyIsRefusedAndNamesWhatIsWrong(String body, String part) {
        refused(400, part, post("/connectors/1/plug", body));
    }

    @Test
    void bodyIsBoundedAndMustBeJson() {
        refused(413, "8192", call("POST", "/connectors/1/plug", JSON, " ".repeat(8193)));
        refused(415, "text/plain", call("POST", "/connectors/1/plug", "text/plain", "{}"));
        refused(415, "null", call("POST", "/connectors/1/plug", null, "{}"));
        call("POST", "/connectors/1/plug", "Application/JSON; charset=utf-8", "{}");
        assertEquals(202, last.status());
    }

    @ParameterizedTest
    @CsvSource({"GET, /connectors/1/plug, POST", "DELETE, /connectors, GET", "GET, /swipe, POST", "POST, /violations, GET",
            "POST, /cars, GET", "PUT, /connectors/1, GET"})
    void wrongMethodIsToldWhichIsRight(String method, String path, String allowed) {
        refused(405, method, call(method, path, null, ""));
        assertEquals(allowed, last.allow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/nothing", "/connectors/1/explode", "/connectors/1/plug/now", "/connectors/"})
    void unknownPathIsNotFoundOrNoConnector(String path) {
        JsonNode answer = get(path);
        assertTrue(last.status() == 404 || last.status() == 400, last.status() + " " + answer);
        assertFalse(answer.get("remedy").asText().isEmpty());
    }

    @Test
    void unknownConnectorIsNotFound() {
        refused(404, "no connector 4", post("/connectors/4/plug", ""));
        refused(404, "no connector 4", get("/connectors/4"));
        refused(400, "'x' is no connector", post("/connectors/x/plug", ""));
    }

    @Test
    void connectorsTellTheWholeTruth() {
        JsonNode connectors = get("/connectors").get("connectors");
        assertEquals(3, connectors.size());
        assertEquals(2_000_000, connectors.get(1).get("meterMilliWh").asLong());
        assertTrue(connectors.get(0).has("hlcStageName"));
        assertEquals(2, connectors.get(0).get("modules").size());
    }

    @Test
    void violationsAreListedWithTheirWallTime() {
        assertEquals(0, get("/violations").get("count").asInt());
        cabinet.command(new HardwareCommand(1, 0, List.of(new GunCommand(1,
                GunCommand.Authorization.UNKNOWN, true, false, false, 0, 0, 0, 0, false, Set.of())),
                List.of(), Set.of()));
        for (int i = 0; i < 10; i++) {
            cabinet.step();
        }
        JsonNode violations = get("/violations");
        assertEquals(1, violations.get("count").asInt());
        assertEquals("CLOSED_WITHOUT_AUTHORIZATION", violations.at("/violations/0/kind").asText());
        assertEquals("GC_1", violations.at("/violations/0/where").asText());
        assertTrue(violations.at("/violations/0/time").asText().startsWith("2026-01-01T00:00:00."), violations.toString());
    }

    @Test
    void carsOfTheLibraryAreListed() {
        assertEquals("compact-400", get("/cars").at("/cars/0/id").asText());
        assertTrue(get("/cars").get("cars").size() >= 4);
    }

    @Test
    void simulatorOutOfServiceIsUnavailable() throws IOException {
        SimRouter closed = new SimRouter(new Simulation() {
            @Override
            public <T> T call(Function<Cabinet, T> event) {
                throw new SimulationException(SimulationException.Kind.UNAVAILABLE, "not in service", "start it");
            }
        }, CarLibrary.included(), new FakeTimeSource());
        assertEquals(503, closed.handle("GET", "/connectors", null, new ByteArrayInputStream(new byte[0])).status());
    }
}
