package dcocpp.config.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class ShippedFilesTest {

    private final ConfigReport report = new ChargerConfigLoader(ConfigFiles.SHIPPED).load(ConfigFiles.SHIPPED.resolve("charger.json"));
    private final ChargerConfig config = report.config().orElseThrow(() -> new AssertionError(report.findings()));

    @Test
    void shippedFileHasNothingToComplainAbout() {
        assertEquals(List.of(), report.findings());
        assertEquals(Optional.of(ConfigFiles.SHIPPED.resolve("ocpp16-config.json")), config.ocppFile());
    }

    @Test
    void shippedChargerHasTwelveGunsOfWhichFourHave240KilowattsAndTwentyFourModules() {
        List<Integer> powers = StreamSupport.stream(config.at("/connectors").spliterator(), false)
                .map(connector -> connector.get("maxPowerW").asInt()).sorted().toList();
        assertEquals(12, powers.size());
        assertEquals(4, powers.stream().filter(power -> power == 240_000).count());
        assertEquals(8, powers.stream().filter(power -> power == 120_000).count());
        int modules = 0;
        for (JsonNode slot : config.at("/slots")) {
            for (JsonNode module : slot.get("modules")) {
                assertEquals(30, module.get("ratedPowerKW").asDouble());
                modules++;
            }
        }
        assertEquals(24, modules);
        assertEquals(720, config.at("/gridLimitKW").asDouble());
        assertEquals(8, config.at("/planner/maxModulesPerGun").asInt());
        assertTrue(config.at("/planner/allowCrossSlotIslands").asBoolean());
        assertEquals("ws://127.0.0.1:8180/steve/websocket/CentralSystemService/", config.centralSystemUri());
    }

    @Test
    void fileWithoutAnyKeyIsAOneGunChargerWithTheDefaults() {
        ChargerConfig empty = new ChargerConfigLoader(Path.of("")).check(Path.of("nowhere", "charger.json"), "{}".getBytes())
                .config().orElseThrow();
        assertEquals(1, empty.at("/connectors").size());
        assertEquals("[{\"id\":1,\"gunId\":1,\"gc\":\"GC_1\",\"mc\":\"MC_1\",\"cw\":1,\"ccw\":1,\"open\":false}]",
                withoutModules(empty.at("/slots")));
        assertEquals(1000, empty.at("/gridLimitKW").asDouble());
        assertEquals(7000, empty.at("/planner/prechargeTimeoutMs").asInt());
        assertEquals(300, empty.ocpp().at("/Core/HeartbeatInterval").asInt(), "the built-in base configuration");
    }

    @Test
    void everyKeyOfTheSchemaSaysWhatItIsAndIsInTheGuide() throws Exception {
        String guide = java.nio.file.Files.readString(ConfigFiles.SHIPPED.resolveSibling("docs").resolve("configuration.md"));
        TreeSet<String> missing = new TreeSet<>();
        JsonNode schema = Json.resource("charger.schema.json");
        describe(schema, schema, "", guide, missing);
        assertEquals(new TreeSet<>(), missing);
    }

    private static void describe(JsonNode root, JsonNode schema, String path, String guide, TreeSet<String> missing) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = property.getValue().has("$ref")
                    ? Json.at(root, property.getValue().get("$ref").asText().substring(1)) : property.getValue();
            String name = path + property.getKey();
            boolean ocppKey = path.startsWith("ocpp.") && !value.has("description");
            if (!ocppKey && value.path("description").asText().isEmpty()) {
                missing.add(name + " has no description");
            }
            if (!ocppKey && !property.getKey().startsWith("$") && !property.getValue().path("deprecated").asBoolean()
                    && !guide.contains("`" + property.getKey() + "`")) {
                missing.add(name + " is not in docs/configuration.md");
            }
            describe(root, value, name + ".", guide, missing);
            describe(root, value.path("items"), name + "[].", guide, missing);
        });
    }

    private static String withoutModules(JsonNode slots) {
        JsonNode copy = slots.deepCopy();
        copy.forEach(slot -> ((com.fasterxml.jackson.databind.node.ObjectNode) slot).remove("modules"));
        return copy.toString();
    }
}
