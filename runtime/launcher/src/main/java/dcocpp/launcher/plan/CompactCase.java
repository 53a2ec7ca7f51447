package dcocpp.launcher.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.api.hardware.ContactorState;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import dcocpp.planjson.JsonFields;
import dcocpp.planjson.PlanFormatException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A case as people write it: a closed ring of slots 1 to n of equal modules, gun = slot, nothing in force, every contactor open and in
 * order. What {@code charger plan} prints for it names the guns in the case's order.
 *
 * @param name the case's name as it was given; empty = none
 * @param input the same for a planner
 * @param connectorIds the guns in the case's order
 * @param remarks fields that mean nothing here, one message each
 */
record CompactCase(Optional<JsonNode> name, PlanningInput input, List<Integer> connectorIds, List<PlanFormatException> remarks) {
    private static final String HEALTHY = "healthyPerSlot";
    private static final double KILO = 1e3;
    private static final int MOST_SLOTS = 10_000;
    private static final int MOST_MODULES = 64;
    private static final double VOLTAGE_V = 800;
    private static final long NOW_NANOS = 1_000_000_000_000L;
    private static final int DECIMALS = 6;
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build().setCodec(new ObjectMapper());

    /** Reads a case. */
    static CompactCase read(JsonNode node) throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, "");
        Optional<JsonNode> name = fields.has("name") ? Optional.of(fields.node("name")) : Optional.empty();
        for (String comment : List.of("note", "expected", "original")) {
            fields.has(comment);
        }
        double gridLimitW = fields.atLeast(0, "gridKw") * KILO;
        double moduleW = fields.atLeast(0, "moduleKw") * KILO;
        int maxModulesPerGun = fields.whole("maxModulesPerGun", 1, Integer.MAX_VALUE);
        List<Integer> healthy = fields.list(HEALTHY, (each, at) -> JsonFields.whole(each, at, 0, MOST_MODULES));
        int slots = healthy.size();
        if (slots < 1 || slots > MOST_SLOTS) {
            throw JsonFields.wrong(fields.at(HEALTHY), fields.node(HEALTHY), "1 to " + MOST_SLOTS + " slots");
        }
        int radius = fields.has("maxIslandRadius") ? fields.whole("maxIslandRadius", 1, Integer.MAX_VALUE) : slots;
        Set<Integer> kept = new HashSet<>();
        if (fields.has("reservedSlots")) {
            kept.addAll(fields.list("reservedSlots", (each, at) -> JsonFields.whole(each, at, 1, slots)));
        }
        List<PlanFormatException> remarks = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        List<GunInput> guns = fields.list("guns", (each, at) -> gun(each, at, slots, taken, remarks));
        kept.addAll(taken);
        remarks.addAll(0, fields.unknown());
        PlannerSettings settings = new PlannerSettings(true, maxModulesPerGun, 1, radius, 1000, 1000, 500, 5000, 10, 3000, 15_000, false);
        List<SlotInput> ring = new ArrayList<>();
        List<ContactorInput> contactors = new ArrayList<>();
        for (int slot = 1; slot <= slots; slot++) {
            ring.add(slot(slot, slots, healthy.get(slot - 1), moduleW, !kept.contains(slot)));
            contactors.add(open("GC_" + slot));
            contactors.add(open("MC_" + slot));
            ring.get(slot - 1).modules().forEach(module -> contactors.add(open(module.contactor())));
        }
        return new CompactCase(name, new PlanningInput(NOW_NANOS, settings, gridLimitW, ring, byId(guns), contactors, Plan.EMPTY),
                guns.stream().map(GunInput::connectorId).toList(), remarks);
    }

    private static List<GunInput> byId(List<GunInput> guns) {
        return guns.stream().sorted((one, other) -> Integer.compare(one.connectorId(), other.connectorId())).toList();
    }

    private static GunInput gun(JsonNode node, String pointer, int slots, Set<Integer> taken, List<PlanFormatException> remarks)
            throws PlanFormatException {
        JsonFields fields = JsonFields.of(node, pointer);
        int slot = fields.whole("slot", 1, slots);
        if (!taken.add(slot)) {
            throw JsonFields.wrong(fields.at("slot"), fields.node("slot"), "each slot has one gun");
        }
        double demandW = fields.atLeast(0, "demandKw") * KILO;
        double limitW = fields.has("limitKw") ? fields.atLeast(0, "limitKw") * KILO : Double.POSITIVE_INFINITY;
        double weight = fields.has("weight") ? fields.atLeast(0.1, "weight") : 1;
        double limitA = fields.has("limitA") ? fields.atLeast(0, "limitA") : Double.POSITIVE_INFINITY;
        double voltageV = fields.has("voltageV") ? fields.atLeast(1, "voltageV") : VOLTAGE_V;
        remarks.addAll(fields.unknown());
        return new GunInput(slot, true, demandW, limitW, limitA, voltageV, weight);
    }

    private static SlotInput slot(int slot, int slots, int healthy, double moduleW, boolean lendable) {
        List<ModuleInput> modules = new ArrayList<>();
        for (int number = 0; number < healthy; number++) {
            modules.add(new ModuleInput("M" + slot + "_" + number, "MN_" + slot + "_" + number, moduleW, true, 0, Double.NaN));
        }
        // A slot alone has no neighbour to be joined to.
        return new SlotInput(slot, slot, "GC_" + slot, "MC_" + slot, slots == 1 ? 0 : slot % slots + 1, lendable, modules);
    }

    private static ContactorInput open(String name) {
        return new ContactorInput(name, ContactorState.Position.OPEN, false, false, 0);
    }

    /** What is printed for the case: one line without its end. */
    String result(Plan plan) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            if (name.isPresent()) {
                json.writeObjectField("name", name.get());
            }
            json.writeArrayFieldStart("pKw");
            for (int id : connectorIds) {
                kilowatts(json, plan.island(id).map(Island::powerW).orElse(0.0));
            }
            json.writeEndArray();
            json.writeFieldName("sumKw");
            kilowatts(json, plan.totalPowerW());
            json.writeArrayFieldStart("modules");
            for (int id : connectorIds) {
                json.writeNumber(plan.island(id).map(island -> island.moduleIds().size()).orElse(0));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("islandSlots");
            for (int id : connectorIds) {
                json.writeStartArray();
                for (int slot : plan.island(id).map(Island::slotIds).orElse(List.of())) {
                    json.writeNumber(slot);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("limitedBy");
            for (int id : connectorIds) {
                json.writeString(plan.island(id).map(Island::reason).orElse(Island.Reason.NO_MODULES).name().toLowerCase(Locale.ROOT));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            // Memory does not fail.
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A plain decimal number; what is no number, from a planner that errs, is null. */
    private static void kilowatts(JsonGenerator json, double watts) throws IOException {
        if (Double.isFinite(watts)) {
            BigDecimal kilowatts = BigDecimal.valueOf(watts).movePointLeft(3).setScale(DECIMALS, RoundingMode.HALF_UP);
            BigDecimal shortest = kilowatts.stripTrailingZeros();
            json.writeNumber(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
        } else {
            json.writeNull();
        }
    }
}
