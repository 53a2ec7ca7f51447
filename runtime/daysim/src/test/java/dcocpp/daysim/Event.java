package dcocpp.daysim;

/**
 * Something that happens in the course of a day.
 *
 * @param atMs when, from the beginning of the day, ms
 * @param kind what
 * @param slot slot and connector it happens at, 1…12; 0 = it concerns the site, or whoever is there
 * @param name contactor or module it concerns; empty = none
 * @param value what the kind says
 * @param noise decides the details, so that an event means the same when others before it are taken away
 */
record Event(long atMs, Kind kind, int slot, String name, double value, long noise) implements Comparable<Event> {

    /** What can happen. */
    enum Kind {
        /** A car comes to a free gun; none free: it drives on. */
        ARRIVE,
        /** Somebody tears the plug off the gun, whatever flows. */
        TEAR_OFF,
        /** The car wants nothing for a while of {@code value} ms. */
        PAUSE,
        /** A contactor welds from its next closing on, or no longer closes; a technician comes {@code value} ms later. */
        WELD, JAM,
        /** A power module fails for {@code value} ms, or is hot and then cools down. */
        MODULE_FAILS, MODULE_HOT,
        /** The grid allows {@code value} W from now on. */
        GRID,
        /** The back office allows this gun {@code value} W from now on; infinite = no limit any more. */
        PROFILE,
        /** The emergency stop is pressed for {@code value} ms; then the operator clears it. */
        EMERGENCY_STOP,
        /** The isolation of this gun is bad for {@code value} ms; then the operator clears it. */
        ISOLATION,
        /** The PLC of this gun is not heard for {@code value} ms. */
        LINK_LOST,
        /** The connector heats up to {@code value} °C for ten minutes. */
        CONNECTOR_HOT
    }

    @Override
    public int compareTo(Event other) {
        return Long.compare(atMs, other.atMs);
    }

    @Override
    public String toString() {
        return String.format("%02d:%02d:%02d %s slot %d %s %.0f", atMs / 3_600_000, atMs / 60_000 % 60, atMs / 1000 % 60, kind, slot, name,
                value);
    }
}
