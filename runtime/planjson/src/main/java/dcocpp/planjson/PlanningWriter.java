package dcocpp.planjson;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** Writes the values of the API as {@link PlanningJson} says. One object per text. */
final class PlanningWriter {

    private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final JsonGenerator json;

    private PlanningWriter(JsonGenerator json) {
        this.json = json;
    }

    /** What writes one value. */
    @FunctionalInterface
    private interface Body {

        void write(PlanningWriter writer) throws IOException;
    }

    static String text(PlanningInput input) {
        return text(writer -> writer.input(input));
    }

    static String text(Plan plan) {
        return text(writer -> writer.plan(plan));
    }

    private static String text(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            body.write(new PlanningWriter(json));
        } catch (IOException e) {
            // Memory does not fail.
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void input(PlanningInput input) throws IOException {
        json.writeStartObject();
        json.writeNumberField("nowNanos", input.nowNanos());
        number("gridLimitW", input.gridLimitW());
        settings(input.settings());
        json.writeArrayFieldStart("slots");
        for (SlotInput slot : input.slots()) {
            slot(slot);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("guns");
        for (GunInput gun : input.guns()) {
            gun(gun);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("contactors");
        for (ContactorInput contactor : input.contactors()) {
            contactor(contactor);
        }
        json.writeEndArray();
        json.writeFieldName("current");
        plan(input.current());
        json.writeEndObject();
    }

    private void settings(PlannerSettings settings) throws IOException {
        json.writeObjectFieldStart("settings");
        json.writeBooleanField("crossSlotIslands", settings.crossSlotIslands());
        json.writeNumberField("maxModulesPerGun", settings.maxModulesPerGun());
        json.writeNumberField("minModulesPerActiveGun", settings.minModulesPerActiveGun());
        json.writeNumberField("maxIslandRadius", settings.maxIslandRadius());
        json.writeNumberField("minModuleHoldMs", settings.minModuleHoldMs());
        json.writeNumberField("minMcHoldMs", settings.minMcHoldMs());
        json.writeNumberField("minGcHoldMs", settings.minGcHoldMs());
        number("repartitionGainW", settings.repartitionGainW());
        number("repartitionGainPercent", settings.repartitionGainPercent());
        json.writeNumberField("repartitionPersistMs", settings.repartitionPersistMs());
        json.writeNumberField("repartitionMinIntervalMs", settings.repartitionMinIntervalMs());
        json.writeBooleanField("lendPlugged", settings.lendPlugged());
        json.writeEndObject();
    }

    private void slot(SlotInput slot) throws IOException {
        json.writeStartObject();
        json.writeNumberField("slotId", slot.slotId());
        json.writeNumberField("connectorId", slot.connectorId());
        json.writeStringField("gunContactor", slot.gunContactor());
        json.writeStringField("busContactor", slot.busContactor());
        json.writeNumberField("clockwiseSlotId", slot.clockwiseSlotId());
        json.writeBooleanField("lendable", slot.lendable());
        json.writeArrayFieldStart("modules");
        for (ModuleInput module : slot.modules()) {
            json.writeStartObject();
            json.writeStringField("moduleId", module.moduleId());
            json.writeStringField("contactor", module.contactor());
            number("capacityW", module.capacityW());
            json.writeBooleanField("usable", module.usable());
            number("hours", module.hours());
            number("temperatureC", module.temperatureC());
            json.writeNumberField("cycles", module.cycles());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void gun(GunInput gun) throws IOException {
        json.writeStartObject();
        json.writeNumberField("connectorId", gun.connectorId());
        json.writeBooleanField("active", gun.active());
        number("requestW", gun.requestW());
        number("maxPowerW", gun.maxPowerW());
        number("maxCurrentA", gun.maxCurrentA());
        number("voltageV", gun.voltageV());
        number("weight", gun.weight());
        json.writeEndObject();
    }

    private void contactor(ContactorInput contactor) throws IOException {
        json.writeStartObject();
        json.writeStringField("contactorId", contactor.contactorId());
        json.writeStringField("position", contactor.position().name());
        json.writeBooleanField("welded", contactor.welded());
        json.writeBooleanField("stuckOpen", contactor.stuckOpen());
        json.writeNumberField("sinceNanos", contactor.sinceNanos());
        json.writeEndObject();
    }

    private void plan(Plan plan) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("islands");
        for (Island island : plan.islands()) {
            island(island);
        }
        json.writeEndArray();
        texts("closedBusContactors", List.copyOf(plan.closedBusContactors()));
        json.writeObjectFieldStart("memory");
        json.writeStringField("schema", plan.memory().schema());
        json.writeObjectFieldStart("values");
        for (Map.Entry<String, Double> value : plan.memory().values().entrySet()) {
            number(value.getKey(), value.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void island(Island island) throws IOException {
        json.writeStartObject();
        json.writeNumberField("connectorId", island.connectorId());
        json.writeArrayFieldStart("slotIds");
        for (int slotId : island.slotIds()) {
            json.writeNumber(slotId);
        }
        json.writeEndArray();
        texts("moduleIds", island.moduleIds());
        number("powerW", island.powerW());
        number("currentA", island.currentA());
        number("voltageV", island.voltageV());
        json.writeStringField("reason", island.reason().name());
        json.writeEndObject();
    }

    private void texts(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (Double.isInfinite(value)) {
            json.writeString(value > 0 ? JsonFields.UNLIMITED : JsonFields.MINUS_UNLIMITED);
        } else {
            json.writeNumber(value);
        }
    }
}
