package dcocpp.launcher;

import dcocpp.can.internal.codec.CrcMode;
import dcocpp.cantool.Lines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
