package dcocpp.launcher;

import dcocpp.api.journal.JournalException;
import dcocpp.controller.internal.journal.JournalEntry;
import dcocpp.controller.internal.journal.JournalReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "journal", sortOptions = false, mixinStandardHelpOptions = true,
        description = "What happened, oldest first: sessions with their energy, faults, sharing of the power, planners, bundles, hardware, "
                + "commands. Times are UTC. The charger need not run.")
final class JournalCommand implements Callable<Integer> {
    private static final String USUAL_FOLDER = "db";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int USUAL_COUNT = 50;

    @ParentCommand
    private ChargerCommand charger;

    @Option(names = {"-f", "--follow"}, description = "Goes on with what is added.")
    private boolean follow;

    @Option(names = "--since", paramLabel = "WHEN", description = "Nothing before: 2026-01-31, 2026-01-31T18:00, or how long ago: 90m, 24h, 7d.")
    private String since;

    @Option(names = "--connector", paramLabel = "N", description = "What concerns this connector.")
    private int connector;

    @Option(names = "--transaction", paramLabel = "ID", description = "One transaction by our id of it, and what happened at its connector "
            + "meanwhile.")
    private String transaction;

    @Option(names = "-n", paramLabel = "N", description = "The last N entries. Default: " + USUAL_COUNT + ", with --since or --transaction "
            + "all.")
    private Integer count;

    @Option(names = "--json", description = "One JSON object for each entry.")
    private boolean json;

    @Option(names = "--config", paramLabel = "FILE", description = "charger.json, which says where the journal is. Default: "
            + "configs/charger.json, beside the command.")
    private Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws LaunchException {
        if (count != null && count < 0) {
            throw new ParameterException(spec.commandLine(), "-n must not be negative");
        }
        JournalReader.Filter filter = filter();
        boolean all = count == null && (since != null || transaction != null);
        int most = all ? Integer.MAX_VALUE : count == null ? USUAL_COUNT : count;
        PrintWriter out = spec.commandLine().getOut();
        try (JournalReader reader = open(config)) {
            print(reader.last(filter, most), out);
            while (follow && !out.checkError()) {
                LockSupport.parkNanos(POLL.toNanos());
                print(reader.more(filter), out);
            }
            return ExitCode.OK;
        } catch (JournalException e) {
            throw new LaunchException(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    @Command(description = "How much power modules and contactors have been used: hours with current, switching operations, and those that "
            + "opened under load. At most a minute old.", mixinStandardHelpOptions = true, sortOptions = false)
    int wear(@Option(names = "--json", description = "One JSON object for each part.") boolean asJson,
            @Option(names = "--config", paramLabel = "FILE", description = "charger.json, which says where the journal is. Default: "
                    + "configs/charger.json, beside the command.") Path file) throws LaunchException {
        PrintWriter out = spec.commandLine().getOut();
        try (JournalReader reader = open(file)) {
            if (!asJson) {
                out.println(JournalText.wearHead());
            }
            reader.wear().forEach(wear -> out.println(Printable.line(asJson ? JournalText.json(wear) : JournalText.line(wear))));
            return ExitCode.OK;
        } catch (JournalException e) {
            throw new LaunchException(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    private JournalReader open(Path configuration) throws LaunchException {
        Path file = charger.data().resolve(Folders.configured(configuration, "databaseDir", USUAL_FOLDER)).resolve("journal.db");
        if (!Files.exists(file)) {
            throw new LaunchException(ExitCode.FAILED, "there is no journal " + file
                    + "; it begins with the first start of a charger on this data folder, and is where databaseDir of charger.json says");
        }
        return new JournalReader(file);
    }

    private JournalReader.Filter filter() {
        try {
            return new JournalReader.Filter(since == null ? null : JournalText.moment(since, Clock.systemUTC().instant()), connector,
                    transaction);
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "--since " + since + " is no time: 2026-01-31, 2026-01-31T18:00 or 24h is", e);
        }
    }

    private void print(List<JournalEntry> entries, PrintWriter out) {
        entries.forEach(entry -> out.println(Printable.line(json ? JournalText.json(entry) : JournalText.line(entry))));
        out.flush();
    }
}
