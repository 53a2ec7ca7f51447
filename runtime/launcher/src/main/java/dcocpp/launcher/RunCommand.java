package dcocpp.launcher;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Runs the charger until it is stopped (Ctrl-C, SIGTERM).", sortOptions = false,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private ChargerCommand charger;

    @Mixin
    private RunFlags flags;

    @Option(names = "--hardware", paramLabel = "sim|can", description = "For this run, instead of what usePLC in charger.json says: "
            + "sim = simulated, can = PLCs on the CAN bus, or the name of another installed hardware bundle.")
    private String hardware;

    @Option(names = "--exit-on-reset", description = "A hard Reset from the back office ends the process with exit code 75, for a supervisor "
            + "that starts it again. Without it the charger starts anew in the same process.")
    private boolean exitOnReset;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Foreground foreground = new Foreground(flags.options(charger.data(), hardware), spec.commandLine().getOut(), spec.commandLine().getErr());
        String address = foreground.checkConfig().centralSystemUri();
        return foreground.run(List.of("  CSMS      " + (address.isEmpty() ? "none (centralSystemURI is empty)" : address)), exitOnReset);
    }
}
