package dcocpp.planjson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

class PlanningJsonTest {

    @Provide
    Arbitrary<PlanningInput> inputs() {
        return Values.inputs();
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Values.plans();
    }

    @Property(tries = 500)
    void anyInputReadsBackToTheSameOne(@ForAll("inputs") PlanningInput input) throws PlanFormatException {
        String text = PlanningJson.write(input);
        assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 128), text);
        PlanningInput read = PlanningJson.readInput(PlanningJson.parse(text));
        assertEquals(input, read);
        assertEquals(text, PlanningJson.write(read));
    }

    @Property(tries = 500)
    void anyPlanReadsBackToTheSameOne(@ForAll("plans") Plan plan) throws PlanFormatException {
        String text = PlanningJson.write(plan);
        assertEquals(plan, PlanningJson.readPlan(PlanningJson.parse(text)));
    }

    private static PlanningInput example() {
        PlannerSettings settings = new PlannerSettings(true, 8, 1, 6, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
        SlotInput slot = new SlotInput(1, 1, "GC_1", "MC_1", 0, false,
                List.of(new ModuleInput("M1_0", "MN_1_0", 30_000, true, 12.5, Double.NaN)));
        GunInput gun = new GunInput(1, true, 60_000, 60_000, 200, 800, 1);
        ContactorInput contactor = new ContactorInput("MC_1", ContactorState.Position.OPEN, false, false, 0);
        Island island = new Island(1, List.of(1), List.of("M1_0"), 30_000, 37.5, 800, Island.Reason.MODULES);
        return new PlanningInput(7, settings, Double.POSITIVE_INFINITY, List.of(slot), List.of(gun), List.of(contactor),
                new Plan(List.of(island), Set.of("MC_1"), PlannerMemory.NONE));
    }

    @Test
    void looksAsTheGuideSays() {
        assertEquals("{\"nowNanos\":7,\"gridLimitW\":\"unlimited\",\"settings\":{\"crossSlotIslands\":true,\"maxModulesPerGun\":8,"
                + "\"minModulesPerActiveGun\":1,\"maxIslandRadius\":6,\"minModuleHoldMs\":1000,\"minMcHoldMs\":1000,\"minGcHoldMs\":500,"
                + "\"repartitionGainW\":5000.0,\"repartitionGainPercent\":10.0,\"repartitionPersistMs\":3000,"
                + "\"repartitionMinIntervalMs\":15000,\"lendPlugged\":false},\"slots\":[{\"slotId\":1,\"connectorId\":1,"
                + "\"gunContactor\":\"GC_1\",\"busContactor\":\"MC_1\",\"clockwiseSlotId\":0,\"lendable\":false,\"modules\":["
                + "{\"moduleId\":\"M1_0\",\"contactor\":\"MN_1_0\",\"capacityW\":30000.0,\"usable\":true,\"hours\":12.5,"
                + "\"temperatureC\":null,\"cycles\":0}]}],\"guns\":[{\"connectorId\":1,\"active\":true,\"requestW\":60000.0,\"maxPowerW\":60000.0,"
                + "\"maxCurrentA\":200.0,\"voltageV\":800.0,\"weight\":1.0}],\"contactors\":[{\"contactorId\":\"MC_1\","
                + "\"position\":\"OPEN\",\"welded\":false,\"stuckOpen\":false,\"sinceNanos\":0}],\"current\":{\"islands\":["
                + "{\"connectorId\":1,\"slotIds\":[1],\"moduleIds\":[\"M1_0\"],\"powerW\":30000.0,\"currentA\":37.5,"
                + "\"voltageV\":800.0,\"reason\":\"MODULES\"}],\"closedBusContactors\":[\"MC_1\"],\"memory\":{\"schema\":\"\","
                + "\"values\":{}}}}", PlanningJson.write(example()));
    }

    @Test
    void aRecordingFromBeforeCyclesWereCountedIsRead() throws Exception {
        PlanningInput old = PlanningJson.readInput(with("/slots/0/modules/0/cycles", ""));
        assertEquals(0, old.slots().get(0).modules().get(0).cycles());
    }

    /** The example with one place replaced; an empty value removes it. */
    private static JsonNode with(String pointer, String value) throws Exception {
        JsonNode input = new ObjectMapper().readTree(PlanningJson.write(example()));
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = input.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), new ObjectMapper().readTree(value));
        } else if (value.isEmpty()) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, new ObjectMapper().readTree(value));
        }
        return input;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "/nowNanos                   | 1.5         | /nowNanos: is 1.5; right: a whole number of nanoseconds",
        "/gridLimitW                 | -1          | /gridLimitW: is -1; right: a number of at least 0, or \"unlimited\"",
        "/gridLimitW                 | null        | /gridLimitW: is null; right: a number of at least 0, or \"unlimited\"",
        "/gridLimitW                 | \"none\"    | /gridLimitW: is \"none\"; right: a number of at least 0, or \"unlimited\"",
        "/gridLimitW                 | 1e999       | /gridLimitW: is *; right: a number of at least 0, or \"unlimited\"",
        "/settings                   | []          | /settings: is []; right: an object {...}",
        "/settings/maxModulesPerGun  | 0           | /settings/maxModulesPerGun: is 0; right: a whole number of at least 1",
        "/settings/minModulesPerActiveGun | 9      | /settings/minModulesPerActiveGun: is 9; right: a whole number from 0 to 8",
        "/settings/lendPlugged       | 1           | /settings/lendPlugged: is 1; right: true or false",
        "/settings/colour            | 1           | /settings/colour: is no field here; right: one of crossSlotIslands, *",
        "/slots                      | {}          | /slots: is {}; right: a list [...]",
        "/slots/0/gunContactor       | 5           | /slots/0/gunContactor: is 5; right: a text",
        "/slots/0/modules/0/capacityW | -1         | /slots/0/modules/0/capacityW: is -1; right: a number of at least 0, or \"unlimited\"",
        "/slots/0/modules/0          | null        | /slots/0/modules/0: is null; right: an object {...}",
        "/guns/0/weight              | 0.05        | /guns/0/weight: is 0.05; right: a number of at least 0.1, or \"unlimited\"",
        "/guns/0/voltageV            | 0           | /guns/0: is impossible: *; right: a gun that is active has a voltage above 0",
        "/guns/0/requestW            | ''          | /guns/0: \"requestW\" is missing; right: the field requestW is there",
        "/contactors/0/position      | \"open\"    | /contactors/0/position: is \"open\"; right: one of OPEN, CLOSED, UNKNOWN",
        "/current/islands/0/slotIds/0 | \"1\"      | /current/islands/0/slotIds/0: is \"1\"; right: a whole number",
        "/current/memory/values/a~1b | true        | /current/memory/values/a~1b: is true; right: a number, *"})
    void whatIsWrongIsSaidWithItsPlaceAndWhatWouldBeRight(String pointer, String value, String message) throws Exception {
        JsonNode input = pointer.contains("~1") ? withKey("/current/memory/values", "a/b", value) : with(pointer, value);
        PlanFormatException problem = assertThrows(PlanFormatException.class, () -> PlanningJson.readInput(input));
        int star = message.indexOf('*');
        if (star < 0) {
            assertEquals(message, problem.getMessage());
        } else {
            assertTrue(problem.getMessage().startsWith(message.substring(0, star))
                    && problem.getMessage().endsWith(message.substring(star + 1)), problem.getMessage());
        }
    }

    private static JsonNode withKey(String parent, String name, String value) throws Exception {
        JsonNode input = new ObjectMapper().readTree(PlanningJson.write(example()));
        ((ObjectNode) input.at(parent)).set(name, new ObjectMapper().readTree(value));
        return input;
    }

    @Test
    void thePlanInForceMayBeLeftOut() throws Exception {
        assertEquals(Plan.EMPTY, PlanningJson.readInput(with("/current", "")).current());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "''            | is empty",
        "{\"a\":1      | is no JSON at column",
        "{} {}         | is no JSON at column",
        "{\"a\":1,\"a\":2} | is no JSON at column",
        "nonsense      | is no JSON at column"})
    void whatIsNoSingleJsonValueIsAnError(String text, String message) {
        PlanFormatException problem = assertThrows(PlanFormatException.class, () -> PlanningJson.parse(text));
        assertTrue(problem.getMessage().startsWith(message), problem.getMessage());
    }

    @Test
    void aLongWrongValueIsCutInTheMessage() throws Exception {
        JsonNode input = with("/gridLimitW", "\"" + "x".repeat(5000) + "\"");
        assertTrue(assertThrows(PlanFormatException.class, () -> PlanningJson.readInput(input)).getMessage().length() < 200);
    }
}
