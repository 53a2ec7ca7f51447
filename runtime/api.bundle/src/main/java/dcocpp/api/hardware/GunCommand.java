package dcocpp.api.hardware;

import java.util.Objects;
import java.util.Set;

/**
 * Wanted state of one gun.
 *
 * @param connectorId connector id
 * @param authorization what the PLC shall know about the session's authorization
 * @param closeContactor GC shall be closed; obeyed only under {@link Authorization#GRANTED}
 * @param lock the connector shall be locked
 * @param forceOff everything of this gun off at once, without waiting for currents to fall
 * @param clearFaults number that increases when an operator asks to clear latched faults; where it stands in the first command is no wish
 * @param offerVoltageV highest voltage offered to the vehicle, V
 * @param offerCurrentA highest current offered, A; 0 = pause
 * @param offerPowerW highest power offered, W; 0 = pause
 * @param regulating a session wants power: the present values are those of a running regulation
 * @param reportedFaults faults of the host that the vehicle side must know
 */
public record GunCommand(int connectorId, Authorization authorization, boolean closeContactor, boolean lock, boolean forceOff,
        long clearFaults, double offerVoltageV, double offerCurrentA, double offerPowerW, boolean regulating,
        Set<FaultCause> reportedFaults) {

    public GunCommand {
        Objects.requireNonNull(authorization);
        requireFinite("offerVoltageV", offerVoltageV);
        requireFinite("offerCurrentA", offerCurrentA);
        requireFinite("offerPowerW", offerPowerW);
        reportedFaults = Set.copyOf(reportedFaults);
    }

    private static void requireFinite(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be a finite number of at least 0");
        }
    }

    /** A gun that is off, unlocked and knows nothing of an authorization. */
    public static GunCommand off(int connectorId) {
        return new GunCommand(connectorId, Authorization.UNKNOWN, false, false, false, 0, 0, 0, 0, false, Set.of());
    }

    /** What the PLC shall know. */
    public enum Authorization {
        /** Say nothing. */
        UNKNOWN,
        /** Being asked. */
        PENDING,
        /** May charge. */
        GRANTED,
        /** May not charge. */
        DENIED
    }
}
