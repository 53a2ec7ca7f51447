package dcocpp.launcher.demo;

import dcocpp.launcher.ConfigCheck;
import dcocpp.launcher.Folders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code charger demo --once}. */
@Command(name = "demo", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Charges a simulated car against a CSMS of its own, faster than real time, in a temporary folder and on ports of its own: "
            + "shows the charge, each OCPP message, and whether journal, meter and CSMS agree on the energy.",
    "Exits 0 only if they do. To look around at leisure, run \"charger\" without arguments."})
public final class DemoCommand implements Callable<Integer> {

    private static final double FASTEST = 300;

    @Option(names = "--once", required = true, description = "One session, then the verdict.")
    private boolean once;

    @Option(names = "--config", paramLabel = "FILE", description = "Path of charger.json; its CSMS is replaced. "
            + "Default: configs/charger.json, beside the command.")
    private Path config;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "60", description = "Seconds of the charger's time per second, from 1 to "
            + "300. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--limit", paramLabel = "SECONDS", defaultValue = "180", description = "Real time after which it has failed. "
            + "Default: ${DEFAULT-VALUE}.")
    private int limitSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!(rate >= 1 && rate <= FASTEST)) {
            throw new ParameterException(spec.commandLine(), "--rate must be from 1 to 300, not " + rate);
        }
        if (limitSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1 second, not " + limitSeconds);
        }
        Path file = config == null ? Folders.base().resolve("configs").resolve("charger.json") : config.toAbsolutePath();
        DemoSettings settings = DemoSettings.of(file, Ansi.AUTO.enabled()).withRate(rate).withLimit(Duration.ofSeconds(limitSeconds));
        PrintWriter err = spec.commandLine().getErr();
        ConfigCheck.check(file, err);
        DemoCharger.Starter starter = (patched, data, speed) -> HttpDemoCharger.start(Folders.home(), patched, data, speed);
        return new DemoOnce(settings, starter, UnaryOperator.identity(), spec.commandLine().getOut(), err).run();
    }
}
