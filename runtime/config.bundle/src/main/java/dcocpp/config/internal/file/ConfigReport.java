package dcocpp.config.internal.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What reading a configuration file has shown: all findings at once, and its values if there is no error among them.
 *
 * @param file the file that was read
 * @param findings everything that is wrong, in the order of the checks
 * @param config the values; empty if a finding is an error
 */
public record ConfigReport(Path file, List<Finding> findings, Optional<ChargerConfig> config) {

    /** Copies the list. */
    public ConfigReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(config, "config");
        findings = List.copyOf(findings);
    }

    /** Whether the file can be used. */
    public boolean isAccepted() {
        return config.isPresent();
    }

    /** The findings that keep the file from being used. */
    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }
}
