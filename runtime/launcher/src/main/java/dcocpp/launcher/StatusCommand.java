package dcocpp.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "status", description = "Shows the running charger: connectors, sessions, plan, CSMS link, bundles.", sortOptions = false,
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final double MILLI_PER_KILO = 1e6;
    private static final double KILO = 1e3;

    @ParentCommand
    private ChargerCommand charger;

    @Option(names = "--json", description = "The whole answer of the API (docs/openapi.yaml).")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws LaunchException {
        JsonNode status = ApiClient.of(charger.data()).get("api/status").require();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status.toPrettyString());
        } else {
            print(status, out);
        }
        return ExitCode.OK;
    }

    static void print(JsonNode status, PrintWriter out) {
        line(out, String.format("%-4s %-14s %-22s %8s %7s %5s  %s", "gun", "status", "session", "power", "energy", "SoC", "modules"));
        for (JsonNode connector : status.path("connectors")) {
            JsonNode session = connector.path("session");
            line(out, String.format("%-4s %-14s %-22s %5.1f kW %7s %5s  %s", connector.path("id").asText(),
                    connector.path("status").asText(), session.path("phase").asText("-"),
                    connector.path("live").path("powerW").asDouble() / KILO,
                    session.has("energyMilliWh") ? kWh(session.path("energyMilliWh").asLong()) : "",
                    connector.path("live").hasNonNull("socPercent") ? Math.round(connector.path("live").path("socPercent").asDouble()) + " %" : "",
                    names(connector.path("moduleIds"))).stripTrailing());
            for (JsonNode fault : connector.path("faults")) {
                String detail = fault.path("detail").asText();
                line(out, "     fault " + fault.path("cause").asText() + (detail.isEmpty() ? "" : ": " + detail));
            }
        }
        JsonNode plan = status.path("plan");
        line(out, String.format("plan      %s, %.1f of %.1f kW", plan.path("state").asText("-"),
                plan.path("totalPowerW").asDouble() / KILO, plan.path("gridLimitW").asDouble() / KILO));
        JsonNode hardware = status.path("hardware");
        line(out, "hardware  " + hardware.path("name").asText("-") + " " + hardware.path("condition").asText()
                + suffix(hardware.path("detail")));
        for (JsonNode bus : hardware.path("buses")) {
            line(out, String.format(Locale.ROOT, "bus       %s%s, %d frames/s, %d lost, %d bad, %d pauses in sending",
                    bus.path("interface").asText(),
                    bus.has("loadPercent") ? String.format(Locale.ROOT, " %.1f %%", bus.path("loadPercent").asDouble()) : "",
                    bus.path("framesPerSecond").asInt(), bus.path("lostFrames").asLong(), bus.path("badFrames").asLong(),
                    bus.path("sendGaps").asLong()));
        }
        if (!hardware.path("pending").asText().isEmpty()) {
            line(out, "pending   " + hardware.path("pending").asText() + ", until no session runs");
        }
        JsonNode csms = status.path("csms");
        line(out, "CSMS      " + csms.path("state").asText("-") + " " + csms.path("address").asText() + suffix(csms.path("detail"))
                + ", " + csms.path("queuedMessages").asInt() + " messages waiting"
                + givenUp(csms.path("undeliverableTransactions").asInt()));
        for (JsonNode bundle : status.path("bundles")) {
            line(out, String.format("bundle    %-20s %-24s %s", bundle.path("name").asText(), bundle.path("version").asText(),
                    bundle.path("state").asText().toLowerCase(Locale.ROOT)));
        }
    }

    /** Much of it comes from hardware, configuration and back office: what is in it moves no cursor. */
    private static void line(PrintWriter out, String text) {
        out.println(Printable.line(text));
    }

    private static String givenUp(int transactions) {
        return transactions == 0 ? "" : ", " + transactions + " transactions given up (charger ocpp resend)";
    }

    private static String kWh(long milliWh) {
        return String.format(Locale.ROOT, "%.2f", milliWh / MILLI_PER_KILO) + " kWh";
    }

    private static String suffix(JsonNode text) {
        return text.asText().isEmpty() ? "" : " (" + text.asText() + ")";
    }

    private static String names(JsonNode array) {
        StringBuilder names = new StringBuilder();
        array.forEach(name -> names.append(names.isEmpty() ? "" : " ").append(name.asText()));
        return names.toString();
    }
}
