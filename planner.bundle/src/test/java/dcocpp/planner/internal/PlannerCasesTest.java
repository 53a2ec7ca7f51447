package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The recorded cases with the optimum of each. */
class PlannerCasesTest {

    @TestFactory
    Stream<DynamicTest> givesTheOptimumOfEachRecordedCase() throws IOException {
        try (InputStream json = PlannerCasesTest.class.getResourceAsStream("/planner_cases.json")) {
            Iterator<JsonNode> cases = new ObjectMapper().readTree(json).elements();
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cases, 0), false)
                    .map(node -> DynamicTest.dynamicTest(node.get("name").asText() + " " + node.get("note").asText(), () -> check(node)));
        }
    }

    private static void check(JsonNode node) {
        int[] healthy = IntStream.range(0, node.get("healthyPerSlot").size()).map(i -> node.get("healthyPerSlot").get(i).asInt()).toArray();
        Bench bench = Bench.ring(healthy);
        assertEquals(30, node.get("moduleKw").asInt());
        bench.gridW = node.get("gridKw").asDouble() * 1000;
        bench.settings = Bench.settings(true, node.get("maxModulesPerGun").asInt(), 6);
        node.get("reservedSlots").forEach(slot -> bench.lendable(slot.asInt(), false));
        node.get("guns").forEach(gun -> bench.gun(gun.get("slot").asInt(), gun.get("demandKw").asDouble() * 1000,
                gun.get("limitKw").asDouble() * 1000, gun.get("weight").asDouble()));
        bench.plan();
        JsonNode expected = node.get("expected");
        int count = expected.get("pKw").size();
        double[] power = new double[count];
        int[] modules = new int[count];
        double[] expectedPower = new double[count];
        int[] expectedModules = new int[count];
        for (int i = 0; i < count; i++) {
            int gun = node.get("guns").get(i).get("slot").asInt();
            power[i] = bench.kW(gun);
            modules[i] = bench.moduleCount(gun);
            expectedPower[i] = expected.get("pKw").get(i).asDouble();
            expectedModules[i] = expected.get("modules").get(i).asInt();
        }
        if (node.get("note").asText().contains("compare sorted")) {
            Arrays.sort(power);
            Arrays.sort(modules);
        }
        assertArrayEquals(expectedPower, power, 1e-5);
        assertArrayEquals(expectedModules, modules);
        assertEquals(expected.get("sumKw").asDouble(), bench.current.totalPowerW() / 1000, 1e-5);
    }
}
