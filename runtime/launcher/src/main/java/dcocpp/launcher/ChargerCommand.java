package dcocpp.launcher;

import dcocpp.launcher.demo.DemoCommand;
import dcocpp.launcher.plan.PlanCommand;
import dcocpp.launcher.soak.SoakCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "charger", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "A DC fast charger: OCPP 1.6-J to the back office, CAN to the cabinet, power modules shared by all guns.",
            "Without a subcommand it runs as a demonstration: simulated hardware, and a CSMS of its own at the address "
                    + "that charger.json names when nobody listens there."},
        subcommands = {RunCommand.class, StatusCommand.class, SimCommand.class, OcppCommand.class, JournalCommand.class, PlanCommand.class,
            CanCommand.class, PlcSimCommand.class, DemoCommand.class, SoakCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, the message says why",
            "2:wrong command line",
            "3:charger.json is missing or invalid",
            "4:another charger works on this data folder",
            "5:no charger answers on this data folder",
            "75:hard reset, with run --exit-on-reset: the supervisor starts it again"})
final class ChargerCommand implements Callable<Integer> {
    @Mixin
    private Folders folders;

    @Mixin
    private RunFlags flags;

    @Spec
    private CommandSpec spec;

    /** The data folder of this call. */
    Path data() {
        return folders.data();
    }

    @Override
    public Integer call() throws Exception {
        RunOptions options = flags.options(data(), "sim");
        Foreground foreground = new Foreground(options, spec.commandLine().getOut(), spec.commandLine().getErr());
        String address = foreground.checkConfig().centralSystemUri();
        try (DemonstrationCsms csms = DemonstrationCsms.at(address)) {
            return foreground.run(List.of(
                    "  CSMS      " + csms.description(),
                    "Try, in another terminal:",
                    "  ./charger sim plug 1     a car comes to connector 1",
                    "  ./charger sim swipe      its driver shows a card",
                    "  ./charger status         see it charge"), false);
        }
    }
}
