package dcocpp.planjson;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

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

/**
 * Planner inputs and plans as JSON: one object with the names and units of the API's records, on one line, in ASCII. What is written reads
 * back to an equal value, every bit of every number. NaN is {@code null}, infinite is {@code "unlimited"}. Reading is strict: a field that
 * is missing, unknown, of the wrong type or out of range is an error that names its JSON pointer. Only {@code current} may be left out of
 * an input, and {@code memory} out of a plan. Stateless, for any thread.
 */
public final class PlanningJson {

    private static final ObjectReader READER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build().reader();

    private PlanningJson() {
    }

    /** An input as one line without its end. */
    public static String write(PlanningInput input) {
        return PlanningWriter.text(input);
    }

    /** A plan as one line without its end. */
    public static String write(Plan plan) {
        return PlanningWriter.text(plan);
    }

    /** One JSON value; anything behind it and a field that is there twice are errors. */
    public static JsonNode parse(String text) throws PlanFormatException {
        try {
            JsonNode node = READER.readTree(text);
            if (node.isMissingNode()) {
                throw new PlanFormatException("", "is empty", "one JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
            throw new PlanFormatException("", "is no JSON" + where + ": " + e.getOriginalMessage().split(" \\(start marker|\\R", 2)[0],
                    "one JSON object");
        }
    }

    /** Reads what {@link #write(PlanningInput)} writes. */
    public static PlanningInput readInput(JsonNode node) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, "");
        long nowNanos = fields.nanos("nowNanos");
        double gridLimitW = fields.atLeast(0, "gridLimitW");
        PlannerSettings settings = settings(fields.node("settings"), fields.at("settings"));
        var slots = fields.list("slots", PlanningJson::slot);
        var guns = fields.list("guns", PlanningJson::gun);
        var contactors = fields.list("contactors", PlanningJson::contactor);
        Plan current = fields.has("current") ? plan(fields.node("current"), fields.at("current")) : Plan.EMPTY;
        fields.end();
        return new PlanningInput(nowNanos, settings, gridLimitW, slots, guns, contactors, current);
    }

    /** Reads what {@link #write(Plan)} writes. */
    public static Plan readPlan(JsonNode node) throws PlanFormatException {
        return plan(node, "");
    }

    private static PlannerSettings settings(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        boolean crossSlotIslands = fields.flag("crossSlotIslands");
        int maxModulesPerGun = fields.whole("maxModulesPerGun", 1, Integer.MAX_VALUE);
        int minModulesPerActiveGun = fields.whole("minModulesPerActiveGun", 0, maxModulesPerGun);
        PlannerSettings settings = new PlannerSettings(crossSlotIslands, maxModulesPerGun, minModulesPerActiveGun,
                whole(fields, "maxIslandRadius"), whole(fields, "minModuleHoldMs"), whole(fields, "minMcHoldMs"),
                whole(fields, "minGcHoldMs"), fields.any("repartitionGainW"), fields.any("repartitionGainPercent"),
                whole(fields, "repartitionPersistMs"), whole(fields, "repartitionMinIntervalMs"), fields.flag("lendPlugged"));
        fields.end();
        return settings;
    }

    private static SlotInput slot(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        SlotInput slot = new SlotInput(whole(fields, "slotId"), whole(fields, "connectorId"), fields.text("gunContactor"),
                fields.text("busContactor"), whole(fields, "clockwiseSlotId"), fields.flag("lendable"),
                fields.list("modules", PlanningJson::module));
        fields.end();
        return slot;
    }

    private static ModuleInput module(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        ModuleInput module = new ModuleInput(fields.text("moduleId"), fields.text("contactor"), fields.atLeast(0, "capacityW"),
                fields.flag("usable"), fields.any("hours"), fields.any("temperatureC"),
                fields.has("cycles") ? fields.count("cycles") : 0);
        fields.end();
        return module;
    }

    private static GunInput gun(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        int connectorId = whole(fields, "connectorId");
        boolean active = fields.flag("active");
        double requestW = fields.atLeast(0, "requestW");
        double maxPowerW = fields.atLeast(0, "maxPowerW");
        double maxCurrentA = fields.atLeast(0, "maxCurrentA");
        double voltageV = fields.any("voltageV");
        double weight = fields.atLeast(0.1, "weight");
        fields.end();
        return checked(pointer, () -> new GunInput(connectorId, active, requestW, maxPowerW, maxCurrentA, voltageV, weight),
                "a gun that is active has a voltage above 0");
    }

    private static ContactorInput contactor(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        ContactorInput contactor = new ContactorInput(fields.text("contactorId"),
                fields.choice("position", ContactorState.Position.class), fields.flag("welded"), fields.flag("stuckOpen"),
                fields.nanos("sinceNanos"));
        fields.end();
        return contactor;
    }

    private static Plan plan(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        var islands = fields.list("islands", PlanningJson::island);
        Set<String> closed = new TreeSet<>(fields.list("closedBusContactors", JsonFields::text));
        PlannerMemory memory = fields.has("memory") ? memory(fields.node("memory"), fields.at("memory")) : PlannerMemory.NONE;
        fields.end();
        return new Plan(islands, closed, memory);
    }

    private static Island island(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        Island island = new Island(whole(fields, "connectorId"),
                fields.list("slotIds", (id, at) -> JsonFields.whole(id, at, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                fields.list("moduleIds", JsonFields::text), fields.any("powerW"), fields.any("currentA"), fields.any("voltageV"),
                fields.choice("reason", Island.Reason.class));
        fields.end();
        return island;
    }

    private static PlannerMemory memory(JsonNode node, String pointer) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        String schema = fields.text("schema");
        JsonFields named = JsonFields.of(fields.node("values"), fields.at("values"));
        Map<String, Double> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> value : fields.node("values").properties()) {
            values.put(value.getKey(), named.any(value.getKey()));
        }
        fields.end();
        return new PlannerMemory(schema, values);
    }

    private static int whole(JsonFields fields, String name) throws PlanFormatException {
        return fields.whole(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The record's own rules, which span several fields. */
    private static <T> T checked(String pointer, Supplier<T> maker, String right) throws PlanFormatException {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new PlanFormatException(pointer, "is impossible: " + e.getMessage(), right);
        }
    }
}
