package dcocpp.launcher;

import dcocpp.config.internal.file.ChargerConfig;
import dcocpp.config.internal.file.ChargerConfigLoader;
import dcocpp.config.internal.file.ConfigReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks charger.json by the rules of the running charger, before one is started. */
public final class ConfigCheck {
    private ConfigCheck() {
    }

    /**
     * What the terminal says about an accepted configuration.
     *
     * @param chargePointId    the charge point's id
     * @param connectors       number of connectors
     * @param centralSystemUri address of the CSMS without the id; empty when there is none
     * @param logging          logback file that charger.json names; null when it names none
     */
    public record Summary(String chargePointId, int connectors, String centralSystemUri, Path logging) {
    }

    /**
     * Prints all findings.
     *
     * @throws LaunchException when the file cannot be used
     */
    public static Summary check(Path file, PrintWriter err) throws LaunchException {
        if (!Files.exists(file)) {
            throw new LaunchException(ExitCode.CONFIG_INVALID, file + " does not exist; name the configuration with --config");
        }
        ConfigReport report = new ChargerConfigLoader(Path.of("")).load(file);
        report.findings().forEach(finding -> err.println("  " + finding));
        int errors = report.errors().size();
        ChargerConfig config = report.config().orElseThrow(() -> new LaunchException(ExitCode.CONFIG_INVALID,
                file + " cannot be used: " + errors + (errors == 1 ? " error" : " errors") + ", listed above"));
        return new Summary(config.at("/chargePoint/id").asText(), config.at("/connectors").size(), config.centralSystemUri(),
                logging(file, config.at("/loggingConfig").asText()));
    }

    /** By the same rule as the check: beside charger.json, or else in the working folder. */
    private static Path logging(Path file, String name) {
        if (name.isEmpty()) {
            return null;
        }
        Path beside = file.toAbsolutePath().resolveSibling(name);
        return Files.exists(beside) ? beside : Path.of(name);
    }
}
