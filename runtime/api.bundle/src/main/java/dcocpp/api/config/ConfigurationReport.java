package dcocpp.api.config;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Which configuration is in force, and what was wrong with the newest content of the file.
 *
 * @param file path of {@code charger.json}
 * @param generation number of the configuration in force; increases with each one
 * @param appliedAt when it came into force, wall time; null = never
 * @param findings what is wrong with, or noteworthy in, the newest content; errors mean that it is not in force
 */
public record ConfigurationReport(String file, long generation, Instant appliedAt, List<Finding> findings) {

    public ConfigurationReport {
        Objects.requireNonNull(file);
        findings = List.copyOf(findings);
    }

    /**
     * One thing that is wrong.
     *
     * @param severity error or warning
     * @param pointer JSON pointer into the file; empty = the whole file
     * @param problem what is wrong, with the value
     * @param remedy what would be right
     */
    public record Finding(Severity severity, String pointer, String problem, String remedy) {

        public Finding {
            Objects.requireNonNull(severity);
            Objects.requireNonNull(pointer);
            Objects.requireNonNull(problem);
            Objects.requireNonNull(remedy);
        }
    }

    /** How bad it is. */
    public enum Severity {
        /** The content is not taken. */
        ERROR,
        /** The content is taken. */
        WARNING
    }
}
