package dcocpp.planner.internal;

/**
 * Power is counted in whole microwatts: sums do not depend on the order of their terms, so that two partitions that are equally good
 * compare as equal and a tie is decided by the rules and not by the last bit of a double.
 */
final class Watts {

    /** Stands for "not limited"; large enough for any site, small enough that sums of it do not overflow. */
    private static final double MOST_W = 1e10;

    private Watts() {
    }

    /** Rounded down, so that a limit is never exceeded by rounding. */
    static long toMicro(double watts) {
        return (long) Math.floor(Math.min(watts, MOST_W) * 1e6);
    }

    static double fromMicro(long microwatts) {
        return microwatts / 1e6;
    }
}
