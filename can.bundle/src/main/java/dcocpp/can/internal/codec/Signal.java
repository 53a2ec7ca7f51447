package dcocpp.can.internal.codec;

/**
 * One signal of a frame. A payload is a {@code long} with byte 0 in its lowest eight bits: every signal of the contract is little
 * endian, so reading one is a shift and a mask and nothing is allocated.
 *
 * @param name its name in the DBC
 * @param start start bit, counted from bit 0 of byte 0
 * @param length bits, 1…32
 * @param signed two's complement
 * @param divisor physical value = raw value / divisor, in the unit of the DBC
 * @param page value of the multiplexer on whose page it lies; {@link #EVERY_PAGE} for a signal that is always there
 */
public record Signal(String name, int start, int length, boolean signed, int divisor, int page) {

    public static final int EVERY_PAGE = -1;

    static Signal bit(String name, int start) {
        return unsigned(name, start, 1);
    }

    static Signal unsigned(String name, int start, int length) {
        return new Signal(name, start, length, false, 1, EVERY_PAGE);
    }

    static Signal tenths(String name, int start, int length) {
        return new Signal(name, start, length, false, 10, EVERY_PAGE);
    }

    public boolean isSet(long payload) {
        return raw(payload) != 0;
    }

    public int number(long payload) {
        return (int) raw(payload);
    }

    public long raw(long payload) {
        int spare = Long.SIZE - length;
        long left = payload << spare - start;
        return signed ? left >> spare : left >>> spare;
    }

    public double value(long payload) {
        return raw(payload) / (double) divisor;
    }

    public long set(long payload, boolean on) {
        return put(payload, on ? 1 : 0);
    }

    /** Sets the raw value; one that does not fit becomes the nearest that does, since a wrapped set point would be a wrong command. */
    public long put(long payload, long raw) {
        long low = signed ? -(1L << length - 1) : 0;
        long high = (1L << (signed ? length - 1 : length)) - 1;
        long mask = -1L >>> Long.SIZE - length;
        long fitting = Math.max(low, Math.min(high, raw));
        return payload & ~(mask << start) | (fitting & mask) << start;
    }

    /** Sets the nearest value; not-a-number counts as 0. */
    public long putNearest(long payload, double value) {
        return put(payload, Math.round(value * divisor));
    }

    /** Sets the nearest value that is not above: for what must never be exceeded. */
    public long putAtMost(long payload, double value) {
        double scaled = value * divisor;
        double nearest = Math.rint(scaled);
        // 0.3 * 10 is a hair above 3, 60.0 * 10 may be one below 600: a difference of rounding is not a difference of value
        return put(payload, (long) (Math.abs(scaled - nearest) < 1e-6 ? nearest : Math.floor(scaled)));
    }
}
