package dcocpp.config.internal.supply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.config.internal.file.ChargerConfig;
import dcocpp.config.internal.file.Json;
import dcocpp.config.internal.file.ValueType;

/** Turns the values of charger.json into the PIDs that components are given. */
public final class PidTranslator {

    public static final String CHARGE_POINT = "dcocpp.chargepoint";
    public static final String PLANNER = "dcocpp.planner";
    static final String PLC = "dcocpp.plc";
    public static final String SECURITY = "dcocpp.security";
    public static final String OCPP = "dcocpp.ocpp";
    public static final String CONNECTOR = "dcocpp.connector";
    public static final String SLOT = "dcocpp.slot";

    private final Path dataFolder;
    private final Optional<String> hardware;

    /**
     * @param dataFolder where relative paths of what the charger writes begin
     * @param hardware the hardware chosen for this run; empty: usePLC decides
     */
    public PidTranslator(Path dataFolder, Optional<String> hardware) {
        this.dataFolder = dataFolder.toAbsolutePath().normalize();
        this.hardware = hardware;
    }

    /** All PIDs; {@code dcocpp.chargepoint}, whose counts tell when the others are complete, is the last. */
    public List<Pid> translate(ChargerConfig config) {
        List<Pid> pids = new ArrayList<>();
        pids.add(planner(config));
        pids.add(plc(config));
        pids.add(security(config));
        pids.add(ocpp(config));
        JsonNode connectors = config.at("/connectors");
        for (int i = 0; i < connectors.size(); i++) {
            pids.add(connector(config, connectors.get(i), "/connectors/" + i));
        }
        JsonNode slots = config.at("/slots");
        for (int i = 0; i < slots.size(); i++) {
            pids.add(slot(config, slots.get(i), "/slots/" + i));
        }
        pids.add(chargePoint(config));
        return pids;
    }

    private Pid chargePoint(ChargerConfig config) {
        Pid pid = copy(config, CHARGE_POINT, "/chargePoint");
        copyInto(pid, config, "/timeouts");
        for (String name : List.of("meterSampleIntervalSeconds", "meterKeepAliveSeconds", "minimumStatusDurationSeconds")) {
            pid.edited(name, value(config.at("/" + name)), "/" + name);
        }
        boolean plc = config.at("/chargePoint/usePLC").asBoolean();
        pid.derived("hardware", hardware.orElse(plc ? "can" : "sim"));
        pid.derived("connectorCount", config.at("/connectors").size());
        pid.derived("slotCount", config.at("/slots").size());
        return paths(pid, config);
    }

    private Pid paths(Pid pid, ChargerConfig config) {
        for (String name : List.of("databaseDir", "messageLogPath", "userConfig")) {
            pid.derived(name, path(config, "/" + name).toString());
        }
        return pid;
    }

    /** A path of something that the charger writes, absolute. */
    Path path(ChargerConfig config, String place) {
        return dataFolder.resolve(config.at(place).asText()).normalize();
    }

    private static Pid planner(ChargerConfig config) {
        Pid pid = copy(config, PLANNER, "/planner");
        JsonNode grid = config.at("/gridLimitKW");
        // The only number that may be a word: "unlimited".
        pid.edited("gridLimitKW", grid.isTextual() ? grid.asText() : (Object) grid.asDouble(), config.placeInFile("/gridLimitKW"));
        pid.edited("modulePowerKW", config.at("/modulePowerKW").asDouble(), "/modulePowerKW");
        pid.edited("defaultVoltageV", config.at("/defaultVoltageV").asDouble(), config.placeInFile("/defaultVoltageV"));
        return pid;
    }

    /** What a PLC is told and how long it may be silent belong to the driver, wherever the file has them. */
    private static Pid plc(ChargerConfig config) {
        Pid pid = copy(config, PLC, "/plc");
        for (String name : List.of("evseLimitAckMs", "plcPresentWarnMs", "plcLimitsWarnMs")) {
            String place = Json.child("/timeouts", name);
            pid.edited(name, config.at(place).asInt(), config.placeInFile(place));
        }
        return pid;
    }

    private Pid security(ChargerConfig config) {
        Pid pid = new Pid(SECURITY);
        config.at("/security").fieldNames().forEachRemaining(
                name -> pid.derived(name, path(config, Json.child("/security", name)).toString()));
        copyInto(pid, config, "/uploads");
        copyInto(pid, config, "/update");
        pid.edited("requireHttpsUploads", config.at("/plc/requireHttpsUploads").asBoolean(), "/plc/requireHttpsUploads");
        return pid;
    }

    private Pid ocpp(ChargerConfig config) {
        Pid pid = new Pid(OCPP);
        Map<String, String> decided = config.decidedOcppKeys();
        for (Map.Entry<String, JsonNode> section : config.ocpp().properties()) {
            for (Map.Entry<String, JsonNode> key : section.getValue().properties()) {
                String property = section.getKey() + "." + key.getKey();
                String place = decided.getOrDefault(property, Json.child(Json.child("/ocpp", section.getKey()), key.getKey()));
                if (place.isEmpty()) {
                    pid.derived(property, value(key.getValue()));
                } else {
                    pid.edited(property, value(key.getValue()), place);
                }
            }
        }
        pid.edited("chargePointId", config.at("/chargePoint/id").asText(), "/chargePoint/id");
        pid.edited("centralSystemURI", config.centralSystemUri(), "/chargePoint/centralSystemURI");
        pid.derived("dataDir", dataFolder.toString());
        pid.edited("profileTimeoutSeconds", config.at("/ocpp/profileTimeoutSeconds").asInt(), "/ocpp/profileTimeoutSeconds");
        return paths(pid, config);
    }

    private static Pid connector(ChargerConfig config, JsonNode connector, String place) {
        Pid pid = new Pid(CONNECTOR + "~" + connector.get("id").asInt());
        place(pid, config, place, connector);
        return pid;
    }

    private static Pid slot(ChargerConfig config, JsonNode slot, String place) {
        Pid pid = new Pid(SLOT + "~" + slot.get("id").asInt());
        place(pid, config, place, slot);
        JsonNode modules = slot.get("modules");
        pid.derived("moduleIds", texts(modules, "id"));
        pid.derived("moduleContactors", texts(modules, "mn"));
        pid.derived("moduleTypes", texts(modules, "type"));
        pid.derived("moduleCanInterfaces", texts(modules, "canInterface"));
        pid.derived("moduleAddresses", wholes(modules, "address"));
        pid.derived("moduleGroups", wholes(modules, "group"));
        pid.derived("modulePollMs", wholes(modules, "pollMs"));
        pid.derived("moduleCmdIntervalMs", wholes(modules, "cmdIntervalMs"));
        pid.derived("moduleRatedPowerKW", numbers(modules, "ratedPowerKW"));
        pid.derived("moduleRatedCurrentA", numbers(modules, "ratedCurrentA"));
        pid.derived("moduleBroadcast", list(modules, "broadcast", JsonNode::asBoolean).toArray(Boolean[]::new));
        return pid;
    }

    /** The scalars of a list's element; what the file does not list (a ring made up from the connectors) is derived. */
    private static void place(Pid pid, ChargerConfig config, String place, JsonNode element) {
        boolean written = config.isWritten(place);
        for (Map.Entry<String, JsonNode> member : element.properties()) {
            if (!member.getValue().isValueNode()) {
                continue;
            }
            // The id is the PID's name: another id is another PID.
            String memberPlace = Json.child(place, member.getKey());
            Object value = typed(config, memberPlace, member.getValue());
            if (written && !"id".equals(member.getKey())) {
                pid.edited(member.getKey(), value, memberPlace);
            } else {
                pid.derived(member.getKey(), value);
            }
        }
    }

    private static Pid copy(ChargerConfig config, String name, String place) {
        return copyInto(new Pid(name), config, place);
    }

    private static Pid copyInto(Pid pid, ChargerConfig config, String place) {
        for (Map.Entry<String, JsonNode> member : config.at(place).properties()) {
            String memberPlace = Json.child(place, member.getKey());
            pid.edited(member.getKey(), typed(config, memberPlace, member.getValue()), config.placeInFile(memberPlace));
        }
        return pid;
    }

    /** The type follows the schema, so that it is the same whether the file says 10 or 10.5. */
    private static Object typed(ChargerConfig config, String place, JsonNode value) {
        Set<ValueType> types = config.typesAt(place);
        if (types.contains(ValueType.NUMBER)) {
            return value.asDouble();
        }
        if (types.contains(ValueType.TEXT)) {
            return value.asText();
        }
        return types.contains(ValueType.BIG) ? (Object) value.asLong() : value(value);
    }

    private static Object value(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.canConvertToInt() ? (Object) value.asInt() : (Object) value.asLong();
        }
        return value.isNumber() ? (Object) value.asDouble() : value.isBoolean() ? (Object) value.asBoolean() : value.asText();
    }

    private static <T> List<T> list(JsonNode modules, String name, Function<JsonNode, T> reader) {
        return StreamSupport.stream(modules.spliterator(), false).map(module -> reader.apply(module.get(name))).toList();
    }

    private static String[] texts(JsonNode modules, String name) {
        return list(modules, name, JsonNode::asText).toArray(String[]::new);
    }

    private static Integer[] wholes(JsonNode modules, String name) {
        return list(modules, name, JsonNode::asInt).toArray(Integer[]::new);
    }

    private static Double[] numbers(JsonNode modules, String name) {
        return list(modules, name, JsonNode::asDouble).toArray(Double[]::new);
    }
}
