package dcocpp.launcher.plan;

import dcocpp.launcher.BundleJar;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.Folders;
import dcocpp.launcher.LaunchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code charger plan}. */
@Command(name = "plan", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Runs a planner over recorded or hand-written cases, without a charger: one case per line in, one plan per line out.",
    "A case is a planner input as the charger records it (planner.record in charger.json), which gives the plan as JSON; or the compact "
            + "form {\"gridKw\":90,\"moduleKw\":30,\"maxModulesPerGun\":2,\"healthyPerSlot\":[2,2,2],\"guns\":[{\"slot\":1,"
            + "\"demandKw\":60}]}, which gives {\"pKw\":[...],\"sumKw\":...,\"modules\":[...],\"islandSlots\":[[...]]}.",
    "Standard output has the plans and nothing else. A case that cannot be planned is told on standard error with its line; the others are "
            + "planned all the same, and the exit code is 1."})
public final class PlanCommand implements Callable<Integer> {
    private static final String PLANNER_BUNDLE = "dcocpp.planner";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The cases. Default: standard input.")
    private Path cases;

    @Option(names = "--planner", paramLabel = "JAR", description = "The planner's bundle. Default: the one of this distribution.")
    private Path jar;

    @Option(names = "--explain", description = "Also says on standard error why each gun gets what it gets, and shows the ring.")
    private boolean explain;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draws the ring of the first case as SVG.")
    private Path svg;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10", description = "How long the planner may take for one case. "
            + "Default: ${DEFAULT-VALUE}.")
    private double timeoutSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws LaunchException, InterruptedException {
        if (!(timeoutSeconds > 0 && timeoutSeconds <= Duration.ofDays(1).toSeconds())) {
            throw new ParameterException(spec.commandLine(), "--timeout must be above 0 seconds and at most a day, not " + timeoutSeconds);
        }
        Path file = jar == null ? own() : jar.toAbsolutePath().normalize();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintStream standardOutput = System.out;
        // What a foreign planner prints must not get between the plans.
        System.setOut(System.err);
        try (PlannerJar planner = PlannerJar.open(file);
                PlannerCall call = new PlannerCall(planner.planner(), Duration.ofMillis(Math.max(1, Math.round(timeoutSeconds * 1e3))));
                InputStream in = cases == null ? System.in : Files.newInputStream(cases);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new PlanLines(call, out, err, explain, Optional.ofNullable(svg)).run(lines);
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the cases cannot be read: " + e, e);
        } finally {
            out.flush();
            System.setOut(standardOutput);
        }
    }

    private static Path own() throws LaunchException {
        return BundleJar.of(Folders.home()).stream().filter(bundle -> bundle.symbolicName().equals(PLANNER_BUNDLE)).map(BundleJar::file)
                .findFirst().orElseThrow(() -> new LaunchException(ExitCode.FAILED, "there is no bundle " + PLANNER_BUNDLE + " in "
                        + Folders.home().resolve("bundle") + "; name one with --planner"));
    }
}
