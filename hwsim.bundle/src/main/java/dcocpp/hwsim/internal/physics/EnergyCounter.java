package dcocpp.hwsim.internal.physics;

/**
 * Counts energy in integers, so that a balance can be exact: millivolt times milliampere times milliseconds is nanojoule. What does not
 * fill a milliwatt-hour yet is kept and never lost.
 */
final class EnergyCounter {

    /** 1 mWh = 3.6 J. */
    private static final long NANO_J_PER_MILLI_WH = 3_600_000_000L;

    private long milliWh;
    private long remainderNanoJ;

    EnergyCounter(long startMilliWh) {
        this.milliWh = startMilliWh;
    }

    void add(long nanoJ) {
        if (nanoJ < 0) {
            throw new IllegalArgumentException("energy of " + nanoJ + " nJ; a charger only delivers");
        }
        long sum = remainderNanoJ + nanoJ;
        milliWh += sum / NANO_J_PER_MILLI_WH;
        remainderNanoJ = sum % NANO_J_PER_MILLI_WH;
    }

    long milliWh() {
        return milliWh;
    }

    /** What has been counted beyond {@link #milliWh}, below 1 mWh. */
    long remainderNanoJ() {
        return remainderNanoJ;
    }
}
