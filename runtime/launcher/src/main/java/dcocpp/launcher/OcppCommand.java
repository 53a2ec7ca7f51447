package dcocpp.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What there is to see and do about the messages to and from the CSMS. */
@Command(name = "ocpp", description = "The messages to and from the CSMS.", sortOptions = false, mixinStandardHelpOptions = true)
final class OcppCommand {
    private static final String USUAL_FOLDER = "log/ocpp";
    private static final Duration POLL = Duration.ofMillis(200);
    /** Lines before the first one shown, so that answers find their calls. */
    private static final int CONTEXT = 200;

    @ParentCommand
    private ChargerCommand charger;

    @Spec
    private CommandSpec spec;

    @Command(description = "Shows the message log: every frame with time and direction. The charger need not run.",
            mixinStandardHelpOptions = true, sortOptions = false)
    int log(@Option(names = {"-f", "--follow"}, description = "Goes on with what is added.") boolean follow,
            @Option(names = "--json", description = "The lines of the log as they are: JSON Lines.") boolean json,
            @Option(names = "-n", paramLabel = "N", defaultValue = "50", description = "The last N frames. Default: ${DEFAULT-VALUE}.")
            int count,
            @Option(names = "--config", paramLabel = "FILE", description = "charger.json, which says where the log is. Default: "
                    + "configs/charger.json, beside the command.") Path config) throws LaunchException {
        if (count < 0) {
            throw new ParameterException(spec.commandLine(), "-n must not be negative");
        }
        Path folder = charger.data().resolve(Folders.configured(config, "messageLogPath", USUAL_FOLDER));
        PrintWriter out = spec.commandLine().getOut();
        MessageLogText text = new MessageLogText();
        try (MessageLogFiles files = new MessageLogFiles(folder)) {
            if (!follow && !files.exist()) {
                throw new LaunchException(ExitCode.FAILED, "there is no message log in " + folder
                        + "; it begins with the first connection, and is where messageLogPath of charger.json says");
            }
            List<String> lines = files.last(count + CONTEXT);
            for (int i = 0; i < lines.size(); i++) {
                String shown = Printable.line(json ? lines.get(i) : text.line(lines.get(i)));
                if (i >= lines.size() - count) {
                    out.println(shown);
                }
            }
            out.flush();
            while (follow && !out.checkError()) {
                LockSupport.parkNanos(POLL.toNanos());
                files.more().forEach(line -> out.println(Printable.line(json ? line : text.line(line))));
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the message log in " + folder + " cannot be read: " + e, e);
        }
    }

    @Command(description = "Sends starts and stops of transactions again that were given up after their attempts.",
            mixinStandardHelpOptions = true)
    int resend(@Parameters(arity = "0..1", paramLabel = "TRANSACTION", description = "Our id of the transaction, as \"GET /api/journal\" "
            + "shows it. Default: all.") String transactionId) throws LaunchException {
        JsonNode answer = ApiClient.of(charger.data()).post(transactionId == null ? "api/journal/resend"
                : "api/journal/" + transactionId + "/resend", null).require();
        spec.commandLine().getOut().println(answer.path("messages").asInt() + " messages are sent again");
        return ExitCode.OK;
    }
}
