package dcocpp.controller.internal.journal;

import java.time.Instant;
import java.util.Objects;

import dcocpp.api.journal.JournalStamp;

/**
 * Something that happened beside the transactions, for people. What happens again and again is one happening with a count; its text is
 * then that of the last time.
 *
 * @param stamp where in the journal, and when it happened for the first time
 * @param kind what kind of thing
 * @param connectorId the connector; 0 = all of them, or none in particular
 * @param lastAt wall time of the last time; that of the stamp when it happened once
 * @param times how often it happened, at least 1
 * @param what in a word or two, such as the cause of a fault
 * @param detail what else there is to say; may be empty
 */
public record Happening(JournalStamp stamp, Kind kind, int connectorId, Instant lastAt, int times, String what, String detail) {

    public Happening {
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(lastAt);
        Objects.requireNonNull(what);
        Objects.requireNonNull(detail);
        if (times < 1) {
            throw new IllegalArgumentException("it happened " + times + " times");
        }
    }

    /** What kind of thing happened. New ones are added at the end; the names are in the database. */
    public enum Kind {
        /** The controller begins to work. */
        STARTED,
        /** It has ended in good order. */
        ENDED,
        /** A fault came; {@code what} is its cause. */
        FAULT,
        /** A fault went, or an operator has cleared it; {@code what} is its cause. */
        FAULT_GONE,
        /** Another gun is served, or a gun is served by other slots or modules. */
        PLAN,
        /** A planner is used or refused. */
        PLANNER,
        /** The hardware can be used, or cannot any more. */
        HARDWARE,
        /** A bundle was installed, updated, started, stopped or uninstalled. */
        BUNDLE,
        /** A person or the back office has told the charger to do something. */
        COMMAND,
        /** The journal itself: what it could not take. */
        JOURNAL,
        /** The meter of a connector: another register, a silent one that is back, time in which nothing was measured. */
        METER
    }

    /** The same thing once more: it counts both, and says what the later one says. */
    Happening again(Happening later) {
        return new Happening(stamp, later.kind, connectorId, later.lastAt, times + later.times, later.what, later.detail);
    }
}
