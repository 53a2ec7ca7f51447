package dcocpp.hwsim.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.hwsim.internal.Simulation;
import dcocpp.hwsim.internal.TestTopology;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.testkit.FakeTimeSource;

/** The simulation's part of docs/openapi.yaml and the code say the same. */
class OpenApiTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static ObjectNode document;

    private Cabinet cabinet;
    private SimRouter router;

    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = Files.newBufferedReader(Path.of("../docs/openapi.yaml"))) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            document = MAPPER.valueToTree(tree);
        }
    }

    @BeforeEach
    void cabinet() throws HardwareException {
        cabinet = new Cabinet(TestTopology.ring(2), id -> 1_000_000L * id, 1, 0);
        router = new SimRouter(new Simulation() {
            @Override
            public <T> T call(Function<Cabinet, T> event) {
                return event.apply(cabinet);
            }
        }, CarLibrary.included(), new FakeTimeSource());
    }

    private JsonNode call(String method, String path, String body) throws IOException {
        Response response = router.handle(method, path, "application/json",
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        return MAPPER.readTree(router.write(response));
    }

    /** The schemas of OpenAPI 3.1 are JSON Schema 2020-12; the references go within the whole document. */
    private static void assertValid(String pointer, JsonNode instance) {
        ObjectNode schema = document.deepCopy();
        schema.put("$ref", "#" + pointer);
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema).validate(instance);
        assertEquals(List.of(), errors.stream().map(Object::toString).toList(), instance::toString);
    }

    private static void assertDescribed(String path, JsonNode instance) {
        assertValid("/paths/" + path.replace("/", "~1") + "/get/responses/200/content/application~1json/schema", instance);
    }

    @Test
    void everyCallIsDescribedAndNothingElse() throws IOException {
        Set<String> described = new TreeSet<>();
        document.get("paths").properties().stream().filter(path -> path.getKey().startsWith("/sim/")).forEach(path -> {
            for (String method : List.of("get", "post", "put", "delete", "patch")) {
                if (path.getValue().has(method)) {
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        });
        Set<String> answered = new TreeSet<>();
        for (String path : List.of("connectors", "connectors/{id}", "connectors/{id}/plug", "connectors/{id}/unplug",
                "connectors/{id}/pause", "connectors/{id}/resume", "connectors/{id}/renegotiate", "connectors/{id}/end",
                "connectors/{id}/fault", "connectors/{id}/clear", "swipe", "violations", "cars", "grid")) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
                int status = router.handle(method, "/" + path.replace("{id}", "1"), null, new ByteArrayInputStream(new byte[0])).status();
                if (status != 404 && status != 405) {
                    answered.add(method + " /sim/" + path);
                }
            }
        }
        assertEquals(described, answered);
    }

    @Test
    void answersAreAsDescribed() throws IOException {
        assertValid("/components/schemas/SimTaken", call("POST", "/connectors/1/plug", "{}"));
        call("POST", "/connectors/2/fault", "{\"cause\": \"ISOLATION\"}");
        cabinet.command(new HardwareCommand(1, 0,
                List.of(new GunCommand(1, Authorization.UNKNOWN, true, false, false, 0, 0, 0, 0, false, Set.of())), List.of(), Set.of()));
        for (int i = 0; i < 10; i++) {
            cabinet.step();
        }
        assertDescribed("/sim/connectors", call("GET", "/connectors", ""));
        assertDescribed("/sim/connectors/{id}", call("GET", "/connectors/1", ""));
        assertDescribed("/sim/connectors/{id}", call("GET", "/connectors/2", ""));
        JsonNode violations = call("GET", "/violations", "");
        assertEquals(1, violations.get("count").asInt());
        assertDescribed("/sim/violations", violations);
        assertDescribed("/sim/cars", call("GET", "/cars", ""));
        assertDescribed("/sim/grid", call("GET", "/grid", ""));
        assertValid("/components/schemas/Error", call("POST", "/connectors/3/plug", ""));
    }

    @Test
    void describedCausesAreThoseThatCanBeInjected() {
        List<String> described = StreamSupport.stream(document.at("/components/schemas/SimFaultCause/enum").spliterator(), false)
                .map(JsonNode::asText).sorted().toList();
        assertEquals(described, Cabinet.injectableCauses().stream().map(FaultCause::name).sorted().toList());
    }

    @Test
    void describedFieldsAreTheKnownOnes() throws IOException {
        for (String[] schema : new String[][] {{"SimPlug", "/connectors/1/plug"}, {"SimFault", "/connectors/1/fault"},
                {"SimClear", "/connectors/1/clear"}, {"SimSwipe", "/swipe"}}) {
            Set<String> described = new TreeSet<>();
            document.at("/components/schemas/" + schema[0] + "/properties").fieldNames().forEachRemaining(described::add);
            String remedy = call("POST", schema[1], "{\"nobodyKnowsThis\": 1}").get("remedy").asText();
            assertEquals("known fields: " + String.join(", ", described), remedy);
        }
    }
}
