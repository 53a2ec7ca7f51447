package dcocpp.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.run.Report;
import dcocpp.simrun.run.ReportText;
import dcocpp.simrun.run.ScenarioRun;
import dcocpp.simrun.script.ScenarioException;
import dcocpp.simrun.script.Script;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "run", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Plays a scenario: a charger of its own with simulated cabinet, cars and back office on one stepped clock, as fast "
            + "as the machine can. No charger has to run, and one that does is not touched.",
            "What a script can say is in docs/simulation.md; examples are in the folder scenarios."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything that the script expects has come", "1:something has not, or the script cannot be played",
            "2:wrong command line"})
final class SimRunCommand implements Callable<Integer> {
    private static final SimulatedCsms.Witness SILENT = new SimulatedCsms.Witness() {
        @Override
        public void sent(String text) {
            // Nobody looks.
        }

        @Override
        public void received(String text) {
            // Nobody looks.
        }
    };

    @Parameters(paramLabel = "SCENARIO", description = "The script, YAML.")
    private Path scenario;

    @Option(names = "--json", description = "The report as JSON.")
    private boolean json;

    @Option(names = "--keep", paramLabel = "DIR", description = "An empty or new folder for the databases and the message log of the "
            + "charger, which then stay; \"charger journal --data DIR\" reads them. Default: a temporary one.")
    private Path keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        // What the parts log is for a charger in service; the report says what there is to say.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Path data = keep == null ? Files.createTempDirectory("charger-sim") : folder();
        try {
            return print(ScenarioRun.play(Script.read(scenario), data, SILENT));
        } catch (ScenarioException e) {
            throw new LaunchException(ExitCode.FAILED, e.getMessage(), e);
        } finally {
            if (keep == null) {
                delete(data);
            }
        }
    }

    private Path folder() throws IOException, LaunchException {
        Files.createDirectories(keep);
        try (Stream<Path> there = Files.list(keep)) {
            if (there.findAny().isPresent()) {
                throw new LaunchException(ExitCode.FAILED, keep + " is not empty; a scenario begins with a new charger");
            }
        }
        return keep;
    }

    private int print(Report report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + System.lineSeparator()
                : ReportText.of(report));
        out.flush();
        return report.ok() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
