package dcocpp.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What both ways of running a charger take. */
final class RunFlags {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Path of charger.json. Default: configs/charger.json, beside the command.")
    private Path config;

    @Option(names = "--console", paramLabel = "HOST:PORT|off", description = {
        "Where the web console listens, or off. Port 0 takes any free one. Default: 127.0.0.1:8080.",
        "The API of \"charger status\" and \"charger sim\" is always there."})
    private String console;

    @Option(names = "--sim-open", hidden = true, description = "The simulation's API needs no token (for tests).")
    private boolean simOpen;

    @Option(names = "--rate", hidden = true, paramLabel = "N", description = "Seconds of the charger's time per second (for tests).")
    private double rate = 1;

    /** As options of a run on this data folder with this hardware; null = as charger.json says. */
    RunOptions options(Path data, String hardware) {
        if (!(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate must be above 0, not " + rate);
        }
        return new RunOptions(Folders.home(), config == null ? Folders.base().resolve("configs").resolve("charger.json") : config,
                data, hardware, address(), simOpen, rate);
    }

    private ConsoleAddress address() {
        try {
            return console == null ? ConsoleAddress.DEFAULT : ConsoleAddress.parse(console);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--console: " + e.getMessage(), e);
        }
    }
}
