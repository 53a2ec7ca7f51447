package dcocpp.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The simulation's HTTP calls, for the shell. */
@Command(name = "sim", description = "Makes something happen at the simulated hardware of the running charger.", sortOptions = false,
        mixinStandardHelpOptions = true)
final class SimCommand {
    @ParentCommand
    private ChargerCommand charger;

    @Spec
    private CommandSpec spec;

    @Command(description = "A car is plugged in at a connector.", mixinStandardHelpOptions = true)
    int plug(@Parameters(paramLabel = "CONNECTOR") int connector,
            @Parameters(arity = "0..*", paramLabel = "KEY=VALUE", description = "Details of the car; see docs/openapi.yaml.")
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

    @Command(description = "The car goes on.", mixinStandardHelpOptions = true)
    int resume(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("resume", connector, null);
    }

    @Command(description = "Something breaks.", mixinStandardHelpOptions = true)
    int fault(@Parameters(paramLabel = "CONNECTOR") int connector,
            @Parameters(arity = "0..*", paramLabel = "KEY=VALUE", description = "Which fault; see docs/openapi.yaml.")
            Map<String, String> details) throws LaunchException {
        return connector("fault", connector, details);
    }

    @Command(description = "What broke is mended.", mixinStandardHelpOptions = true)
    int clear(@Parameters(paramLabel = "CONNECTOR") int connector) throws LaunchException {
        return connector("clear", connector, null);
    }

    @Command(description = "A card is shown to a reader.", mixinStandardHelpOptions = true)
    int swipe(@Parameters(paramLabel = "CONNECTOR", arity = "0..1", defaultValue = "0",
            description = "Whose reader; 0, the default, is the cabinet's: for the car that was plugged in last.") int connector,
            @Parameters(paramLabel = "IDTAG", arity = "0..1", description = "The card; without it, one that the simulation knows.")
            String idTag) throws LaunchException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("connector", connector);
        return post("api/sim/swipe", idTag == null ? body : body.put("idTag", idTag));
    }

    @Command(description = "Lists the simulated connectors.", mixinStandardHelpOptions = true)
    int list() throws LaunchException {
        spec.commandLine().getOut().println(client().get("api/sim/connectors").require().toPrettyString());
        return ExitCode.OK;
    }

    private int connector(String verb, int connector, Map<String, String> details) throws LaunchException {
        ObjectNode body = null;
        if (details != null && !details.isEmpty()) {
            body = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, String> detail : new LinkedHashMap<>(details).entrySet()) {
                put(body, detail.getKey(), detail.getValue());
            }
        }
        return post("api/sim/connectors/" + connector + "/" + verb, body);
    }

    private static void put(ObjectNode body, String key, String value) {
        try {
            body.put(key, Double.parseDouble(value));
        } catch (NumberFormatException e) {
            if (value.equals("true") || value.equals("false")) {
                body.put(key, Boolean.parseBoolean(value));
            } else {
                body.put(key, value);
            }
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
