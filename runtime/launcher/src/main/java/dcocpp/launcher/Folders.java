package dcocpp.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
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

    /**
     * A folder that charger.json names, relative to the data folder. A configuration that cannot be read is not what is asked about here.
     *
     * @param config charger.json; null = the usual one
     * @param key    of the whole file, such as {@code messageLogPath}
     * @param usual  where it is when the file does not say
     */
    static Path configured(Path config, String key, String usual) {
        try {
            Path file = config == null ? base().resolve("configs").resolve("charger.json") : config;
            return Path.of(new ObjectMapper().readTree(Files.readString(file)).path(key).asText(usual));
        } catch (IOException e) {
            return Path.of(usual);
        }
    }
}
