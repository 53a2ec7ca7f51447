package dcocpp.controller.internal.ring;

/**
 * Limits of switching. The configuration may make them stricter than the contract, never looser.
 *
 * @param openCurrentA current below which a contactor may open, A; at most 1
 * @param toleranceV largest difference across a closing contactor, V; at most 20
 * @param prechargeTimeoutNanos longest time to bring a bus to a voltage, ns
 * @param frozen the plan is old: no gun takes a slot, each may keep or give back what it has
 */
public record RingLimits(double openCurrentA, double toleranceV, long prechargeTimeoutNanos, boolean frozen) {

    private static final double MOST_OPEN_A = 1;
    private static final double MOST_TOLERANCE_V = 20;

    public RingLimits {
        openCurrentA = Math.min(openCurrentA, MOST_OPEN_A);
        toleranceV = Math.min(toleranceV, MOST_TOLERANCE_V);
    }

    /** Limits while plans are fresh. */
    public RingLimits(double openCurrentA, double toleranceV, long prechargeTimeoutNanos) {
        this(openCurrentA, toleranceV, prechargeTimeoutNanos, false);
    }
}
