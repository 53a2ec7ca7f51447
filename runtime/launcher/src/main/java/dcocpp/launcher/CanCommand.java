package dcocpp.launcher;

import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.can.internal.codec.CrcMode;
import dcocpp.cantool.Lines;
import dcocpp.cantool.Monitor;
import dcocpp.cantool.Replay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What people do at the PLC bus; none of it needs a running charger. */
@Command(name = "can", description = "Frames of the PLC bus for people; formats in docs/can/formats.md.", sortOptions = false,
        mixinStandardHelpOptions = true)
final class CanCommand {
    @Spec
    private CommandSpec spec;

    @Command(description = "Reads candump lines (candump -L) and writes one JSON object per frame.", mixinStandardHelpOptions = true)
    int decode(@Option(names = "--crc", paramLabel = "MODE", defaultValue = "STRICT", description = "strict, or legacy: a checksum of 0 "
            + "counts as none. Default: strict.") CrcMode crc) throws LaunchException {
        return lines(reader -> new Lines(spec.commandLine().getOut(), spec.commandLine().getErr()).decode(reader, crc));
    }

    @Command(description = "Reads JSON objects as decode writes them and writes candump lines, the checksum computed.",
            mixinStandardHelpOptions = true)
    int encode() throws LaunchException {
        return lines(reader -> new Lines(spec.commandLine().getOut(), spec.commandLine().getErr()).encode(reader));
    }

    @Command(description = "Runs a recording (candump -L or -l) through the driver, on the recording's clock, and prints what changes at "
            + "each PLC.", mixinStandardHelpOptions = true, sortOptions = false)
    int replay(@Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--iface", paramLabel = "NAME", defaultValue = "", description = "Only frames of this interface. Default: "
                    + "that of the first frame.") String iface,
            @Option(names = "--crc", paramLabel = "MODE", defaultValue = "STRICT", description = "plc.crcMode: strict or legacy. Default: "
                    + "strict.") CrcMode crc,
            @Option(names = "--hlc-power-stage", paramLabel = "N", defaultValue = "9", description = "plc.hlcPowerStage. Default: "
                    + "${DEFAULT-VALUE}.") int powerStage) throws LaunchException {
        if (powerStage < 0 || powerStage > 255) {
            throw new ParameterException(spec.commandLine(), "--hlc-power-stage must be 0 to 255");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            Replay replay = new Replay(crc, powerStage, iface, spec.commandLine().getOut());
            return replay.replay(reader, spec.commandLine().getErr()) ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the recording " + file + " cannot be read: " + e, e);
        }
    }

    @Command(description = "Watches the bus: a table with a line per PLC, every second. Needs SocketCAN; sends nothing.",
            mixinStandardHelpOptions = true, sortOptions = false)
    int monitor(@Parameters(arity = "0..1", paramLabel = "INTERFACE", defaultValue = "can0", description = "Default: ${DEFAULT-VALUE}.")
            String iface,
            @Option(names = "-n", paramLabel = "N", defaultValue = "0", description = "Ends after N tables. Default: never.") int tables)
            throws LaunchException {
        if (tables < 0) {
            throw new ParameterException(spec.commandLine(), "-n must not be negative");
        }
        try {
            new Monitor(iface, System.console() != null && tables == 0, spec.commandLine().getOut()).run(tables);
            return ExitCode.OK;
        } catch (BusUnavailableException | IOException e) {
            throw new LaunchException(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    private static int lines(Work work) throws LaunchException {
        try {
            // Not closed: standard input is not ours.
            return work.of(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "standard input cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is made of standard input; false when some of it was wrong. */
    private interface Work {
        boolean of(BufferedReader in) throws IOException;
    }
}
