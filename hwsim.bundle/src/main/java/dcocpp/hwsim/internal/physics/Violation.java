package dcocpp.hwsim.internal.physics;

import java.util.Objects;

/**
 * Something that a safe controller never does, seen by the physics and by nothing else.
 *
 * @param number counts from 1
 * @param atNanos when, process time
 * @param kind what
 * @param where the contactor it happened at; {@code grid}
 * @param connectorId the gun of that slot; 0 = none
 * @param detail values for people
 */
public record Violation(long number, long atNanos, Kind kind, String where, int connectorId, String detail) {

    public Violation {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(where);
        Objects.requireNonNull(detail);
    }

    /** What a controller must not do. */
    public enum Kind {
        /** A contactor closed with more than 20 V between its sides. */
        VOLTAGE_DIFFERENCE,
        /** A contactor was opened with 1 A or more through it, and no force-off asked for it. */
        OPENED_UNDER_LOAD,
        /** Two closed gun contactors on one island. */
        TWO_GUNS_ON_ISLAND,
        /** A gun contactor was told to close without a granted authorization; the PLC has refused. */
        CLOSED_WITHOUT_AUTHORIZATION,
        /** A gun contactor closed without the lock that this connector requires. */
        CLOSED_WITHOUT_LOCK,
        /** A gun contactor closed while the car did not ask for energy. */
        CLOSED_WITHOUT_REQUEST,
        /** The modules together gave more than the grid allows. */
        GRID_EXCEEDED,
        /** More current through a gun than its cable carries. */
        CABLE_OVERLOADED
    }
}
