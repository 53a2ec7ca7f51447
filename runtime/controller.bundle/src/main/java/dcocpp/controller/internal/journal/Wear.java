package dcocpp.controller.internal.journal;

import java.util.Objects;

/**
 * How much a power module or a contactor has been used since it was first seen. Never falls.
 *
 * @param kind what it is
 * @param part id of the module, name of the contactor
 * @param onMillis how long a module has given current with its contactor closed, ms; 0 for a contactor
 * @param operations how often a contactor has closed or opened; 0 for a module
 * @param loadedOperations how many of them opened it while at least 1 A flowed
 */
public record Wear(Kind kind, String part, long onMillis, long operations, long loadedOperations) {

    public Wear {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(part);
    }

    /** What wears. The names are in the database. */
    public enum Kind {
        /** A power module. */
        MODULE,
        /** A contactor: GC, MC or MN. */
        CONTACTOR
    }
}
