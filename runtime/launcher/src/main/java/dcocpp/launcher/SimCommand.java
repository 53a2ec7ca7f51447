package dcocpp.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The simulation's HTTP calls, for the shell. */
@Command(name = "sim", description = "Makes something happen at the simulated hardware of the running charger, or plays a whole scenario.",
        sortOptions = false, mixinStandardHelpOptions = true, subcommands = SimRunCommand.class)
final class SimCommand {
    /** All other details are text, also those that look like numbers. */
    private static final Set<String> NUMBERS = Set.of("socPercent", "targetSocPercent", "temperatureC", "insulationKOhm");
    private static final double WATTS_PER_KILOWATT = 1e3;

    @ParentCommand
    private ChargerCommand charger;

    @Spec
    private CommandSpec spec;

    @Command(description = "A car is plugged in at a connector.", mixinStandardHelpOptions = true)
    int plug(@Parameters(paramLabel = "CONNECTOR") int connector,
            @Parameters(arity = "0..*", paramLabel = "KEY=VALUE",
                    description = "What car it is: car, socPercent, targetSocPercent, evMac, evccid, emaid, stages; see "
                            + "docs/openapi.yaml.")
            Map<String, String> details) throws LaunchException {
        return connector("plug", connector, details);
    }

    @Command(description = "The car is unplugged.", mixinStandardHelpOptions = true)
    int unplug(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("unplug", connector, null);
    }

    @Command(description = "The car stops taking energy for a while.", mixinStandardHelpOptions = true)
    int pause(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("pause", connector, null);
    }

    @Command(description = "The driver ends the charge, in the car.", mixinStandardHelpOptions = true)
    int end(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("end", connector, null);
    }

    @Command(description = "The car goes on.", mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("resume", connector, null);
    }

    @Command(description = "The car loses its communication and begins it anew.", mixinStandardHelpOptions = true)
    int renegotiate(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("renegotiate", connector, null);
    }

    @Command(description = "Something breaks.", mixinStandardHelpOptions = true)
    int fault(@Parameters(paramLabel = "CONNECTOR") int connector,
            @Parameters(paramLabel = "CAUSE", description = "Such as EMERGENCY_STOP, ISOLATION or GC_WELD; see docs/openapi.yaml.") String cause,
            @Parameters(arity = "0..*", paramLabel = "KEY=VALUE", description = "temperatureC, insulationKOhm or moduleId, where the "
                    + "cause takes one.")
            Map<String, String> details) throws LaunchException {
        Map<String, String> all = new LinkedHashMap<>(Map.of("cause", cause));
        if (details != null) {
            all.putAll(details);
        }
        return connector("fault", connector, all);
    }

    @Command(description = "What broke is mended.", mixinStandardHelpOptions = true)
    int clear(@Parameters(paramLabel = "CONNECTOR") int connector,
            @Parameters(arity = "0..1", paramLabel = "CAUSE", description = "Only this. Default: everything.") String cause)
            throws LaunchException {
        return connector("clear", connector, cause == null ? null : Map.of("cause", cause));
    }

    @Command(description = "A card is shown to a reader.", mixinStandardHelpOptions = true)
    int swipe(@Parameters(arity = "0..1", paramLabel = "CONNECTOR", defaultValue = "0", description = "The reader of this connector. "
                    + "Default: 0, the reader of the cabinet, whose card is for the car that was plugged in last.") int connector,
            @Parameters(arity = "0..1", paramLabel = "IDTAG", description = "2 to 20 hex digits. Default: a card that the demonstration "
                    + "CSMS knows.") String idTag) throws LaunchException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("connector", connector);
        if (idTag != null) {
            body.put("idTag", idTag);
        }
        return post("api/sim/swipe", body);
    }

    @Command(description = "Lists the simulated connectors.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "The whole answer of the API (docs/openapi.yaml).") boolean json)
            throws LaunchException {
        JsonNode answer = client().get("api/sim/connectors").require();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else {
            print(answer, out);
        }
        return ExitCode.OK;
    }

    private static void print(JsonNode answer, PrintWriter out) {
        out.printf("%-4s %-3s %-17s %5s %8s %8s %8s  %s%n", "gun", "CP", "car", "SoC", "voltage", "current", "power", "faults");
        for (JsonNode connector : answer.path("connectors")) {
            JsonNode car = connector.path("car");
            String name = car.path("id").asText("-") + (car.path("paused").asBoolean() ? " paused" : "");
            String soc = car.has("socPercent") ? Math.round(car.path("socPercent").asDouble()) + " %" : "";
            String faults = String.join(" ", connector.path("faults").findValuesAsText("cause"));
            out.println(String.format(Locale.ROOT, "%-4s %-3s %-17s %5s %6.0f V %6.1f A %5.1f kW  %s",
                    connector.path("connectorId").asText(), connector.path("cp").asText(), name, soc,
                    connector.path("voltageV").asDouble(), connector.path("currentA").asDouble(),
                    connector.path("powerW").asDouble() / WATTS_PER_KILOWATT, faults).stripTrailing());
        }
    }

    private int connector(String verb, int connector, Map<String, String> details) throws LaunchException {
        ObjectNode body = null;
        if (details != null) {
            body = JsonNodeFactory.instance.objectNode();
            details.forEach(body::put);
            for (String key : NUMBERS) {
                if (body.has(key)) {
                    body.put(key, number(key, details.get(key)));
                }
            }
        }
        return post("api/sim/connectors/" + connector + "/" + verb, body);
    }

    private double number(String key, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ParameterException(spec.commandLine(), key + "=" + text + ": a number is asked for", e);
        }
    }

    private int post(String path, ObjectNode body) throws LaunchException {
        JsonNode answer = client().post(path, body).require();
        PrintWriter out = spec.commandLine().getOut();
        out.println(answer.isMissingNode() ? "done" : answer.toString());
        return ExitCode.OK;
    }

    private ApiClient client() throws LaunchException {
        return ApiClient.of(charger.data());
    }
}
