package dcocpp.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where things are; the same for all subcommands. The scripts that start the command say where they lie themselves. */
public final class Folders {
    @Option(names = "--data", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "Data folder: journal, logs, certificates, console password. Made when missing. Default: data, beside the command.")
    private Path data;

    /** The folder of the script that was called; below it lie configs and data. */
    public static Path base() {
        return Path.of(System.getProperty("dcocpp.base", ".")).toAbsolutePath().normalize();
    }

    /** The distribution. */
    public static Path home() {
        String home = System.getProperty("dcocpp.home");
        return home == null ? base() : Path.of(home).toAbsolutePath().normalize();
    }

    /** The data folder that the user chose, or the usual one. */
    Path data() {
        return data == null ? base().resolve("data") : data.toAbsolutePath().normalize();
    }
}
