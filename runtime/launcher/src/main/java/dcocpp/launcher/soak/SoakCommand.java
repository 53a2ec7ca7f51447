package dcocpp.launcher.soak;

import dcocpp.launcher.ConfigCheck;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.Folders;
import dcocpp.launcher.LaunchException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code charger soak}. */
@Command(name = "soak", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Runs a charger for hours with cars that come and go, a back office that is lost and found, faults, and bundles that are replaced; "
            + "samples what it uses, and ends with a verdict, a report and plots.",
    "Exits 0 only if no question of the verdict is answered with no. Ctrl-C ends it early, with a report of what there is.",
    "docs/soak_test_plan.md says what is judged, and how it is done at a real charger."})
public final class SoakCommand implements Callable<Integer> {

    private static final long END_LIMIT_SECONDS = 480;

    @Option(names = "--hours", paramLabel = "N", description = "How long, in hours.")
    private double hours;

    @Option(names = "--minutes", paramLabel = "N", description = "How long, in minutes; together with --hours the sum.")
    private double minutes;

    @Option(names = "--hardware", paramLabel = "sim|can", defaultValue = "sim", description = "sim = simulated cabinet, which cars visit; can = "
            + "PLCs on the bus, where people or simulated PLCs are the drivers. Default: ${DEFAULT-VALUE}.")
    private String hardware;

    @Option(names = "--config", paramLabel = "FILE", description = "Path of charger.json; a copy of it is used, with a CSMS of our own. "
            + "Default: configs/charger.json, beside the command.")
    private Path config;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for record, report and plots. Default: soak-DATE-TIME in this folder.")
    private Path out;

    @Option(names = "--sample", paramLabel = "SECONDS", defaultValue = "10", description = "Time between two samples. Default: "
            + "${DEFAULT-VALUE}.")
    private double sample;

    @Option(names = "--observe", description = "Only watches the charger that runs on the data folder: the traffic is people's, the back "
            + "office is theirs.")
    private boolean observe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check(hours + minutes > 0, "say how long: --hours N or --minutes N");
        check(hours >= 0 && minutes >= 0, "--hours and --minutes must not be negative");
        check(sample >= 1 && sample <= 3600, "--sample must be from 1 to 3600 seconds, not " + sample);
        String now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Path folder = (out == null ? Path.of("soak-" + now.replaceAll("[-:Z]", "").replace('T', '-')) : out).toAbsolutePath().normalize();
        Path file = config == null ? Folders.base().resolve("configs").resolve("charger.json") : config.toAbsolutePath();
        if (!observe) {
            ConfigCheck.check(file, spec.commandLine().getErr());
        }
        Path chosen = spec.root().findOption("--data").getValue();
        Path usual = observe ? Folders.base().resolve("data") : folder.resolve("data");
        Path data = chosen == null ? usual : chosen.toAbsolutePath().normalize();
        SoakSettings settings = new SoakSettings(Folders.home(), Folders.base(), file, data, folder, hardware, observe,
                Duration.ofMillis(Math.round((hours * 60 + minutes) * 60_000)), Duration.ofMillis(Math.round(sample * 1000)),
                "charger " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
        return run(settings, About.of(settings, now, spec.root().versionProvider().getVersion()[0]));
    }

    private int run(SoakSettings settings, SoakRecord.Run about) throws Exception {
        SoakRun run = new SoakRun(settings, System::nanoTime, spec.commandLine().getOut());
        CountDownLatch reported = new CountDownLatch(1);
        int[] exitCode = {ExitCode.FAILED};
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (reported.getCount() > 0) {
                run.endEarly();
                awaitReport(reported);
                // nobody else can say the verdict once the JVM goes down
                Runtime.getRuntime().halt(exitCode[0]);
            }
        }, "dcocpp-launcher-soak-end"));
        try {
            run.run(about);
            exitCode[0] = report(settings.out());
            return exitCode[0];
        } finally {
            reported.countDown();
        }
    }

    private static void awaitReport(CountDownLatch reported) {
        try {
            reported.await(END_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Command(name = "report", mixinStandardHelpOptions = true, description = "Draws report and plots of a run again from its record, and says "
            + "the verdict.")
    int report(@Parameters(paramLabel = "DIR", description = "Folder of the run.") Path folder) throws LaunchException {
        Verdict verdict = SoakReport.write(folder.toAbsolutePath().normalize());
        PrintWriter terminal = spec.commandLine().getOut();
        verdict.criteria().forEach(criterion -> terminal.println(String.format("%-11s %s: %s", criterion.outcome().words(), criterion.what(),
                criterion.found())));
        terminal.println((verdict.passed() ? "passed" : "FAILED") + "; " + folder.resolve(SoakReport.NAME));
        terminal.flush();
        return verdict.passed() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void check(boolean right, String message) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
