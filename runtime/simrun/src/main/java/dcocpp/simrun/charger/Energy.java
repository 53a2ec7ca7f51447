package dcocpp.simrun.charger;

/**
 * An exact amount of energy.
 *
 * @param milliWh whole milliwatt-hours
 * @param nanoJ what is left beyond them, 0 to below 1 mWh, nJ
 */
public record Energy(long milliWh, long nanoJ) {

    /** No energy. */
    public static final Energy NONE = new Energy(0, 0);

    private static final long NANO_J_PER_MILLI_WH = 3_600_000_000L;

    /** Both together. */
    public Energy plus(Energy other) {
        return of(milliWh + other.milliWh, nanoJ + other.nanoJ);
    }

    /** What is left without the other; may be negative. */
    public Energy minus(Energy other) {
        return of(milliWh - other.milliWh, nanoJ - other.nanoJ);
    }

    private static Energy of(long milliWh, long nanoJ) {
        return new Energy(milliWh + Math.floorDiv(nanoJ, NANO_J_PER_MILLI_WH), Math.floorMod(nanoJ, NANO_J_PER_MILLI_WH));
    }
}
