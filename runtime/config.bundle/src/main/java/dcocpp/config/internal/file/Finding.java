package dcocpp.config.internal.file;

import java.util.Objects;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param severity whether it keeps the file from being used
 * @param pointer JSON pointer of the value (empty: the whole file); a value of another file is written
 *     {@code file#pointer}
 * @param problem what is wrong, the value included
 * @param remedy what would be right
 */
public record Finding(Severity severity, String pointer, String problem, String remedy) {

    /** How much it matters. */
    public enum Severity {
        /** The file is not used. */
        ERROR,
        /** The file is used; this part of it does not do what its writer may think. */
        WARNING
    }

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(remedy, "remedy");
    }

    static Finding error(String pointer, String problem, String remedy) {
        return new Finding(Severity.ERROR, pointer, problem, remedy);
    }

    static Finding warning(String pointer, String problem, String remedy) {
        return new Finding(Severity.WARNING, pointer, problem, remedy);
    }

    /** Whether it keeps the file from being used. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return severity + " " + (pointer.isEmpty() ? "(file)" : pointer) + ": " + problem + "; right: " + remedy;
    }
}
