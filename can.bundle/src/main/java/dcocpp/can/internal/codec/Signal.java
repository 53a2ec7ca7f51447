package dcocpp.can.internal.codec;

/**
 * Reads and writes one signal of a frame. A payload is a {@code long} with byte 0 in its lowest eight bits; a signal is an {@code int}
 * that says where it stands and how it is scaled, a constant of {@link PlcLayout} or {@link HostLayout}. Every signal of the contract is
 * little endian, so reading one is a shift and a mask: nothing is allocated, and no table has to be filled before the first frame.
 */
public final class Signal {

    /** A signal is its start bit, counted from bit 0 of byte 0, its length shifted by this, and the flags. */
    static final int LENGTH = 6;
    /** Two's complement. */
    static final int SIGNED = 1 << 12;
    /** The physical value, in the unit of the DBC, is a tenth of the raw one. */
    static final int TENTHS = 1 << 13;
    static final int HUNDREDTHS = 1 << 14;
    /** It is there only while the multiplexer of the frame has the value that is shifted by {@link #PAGE}. */
    static final int PAGED = 1 << 15;
    static final int PAGE = 16;
    static final int MULTIPLEXER = 1 << 24;

    private static final int SIX_BITS = 0x3F;
    private static final int PAGE_BITS = 0xFF;

    private Signal() {
    }

    /** Start bit. */
    public static int start(int signal) {
        return signal & SIX_BITS;
    }

    /** Bits, 1…32. */
    public static int length(int signal) {
        return signal >>> LENGTH & SIX_BITS;
    }

    public static boolean signed(int signal) {
        return (signal & SIGNED) != 0;
    }

    /** The physical value is the raw one divided by this. */
    public static int divisor(int signal) {
        return (signal & TENTHS) != 0 ? 10 : (signal & HUNDREDTHS) != 0 ? 100 : 1;
    }

    /** This signal says which page the others of its frame are from. */
    public static boolean multiplexer(int signal) {
        return (signal & MULTIPLEXER) != 0;
    }

    /** Whether the signal is there when the multiplexer of its frame has this value; one that is on no page always is. */
    public static boolean onPage(int signal, long multiplexer) {
        return (signal & PAGED) == 0 || (signal >>> PAGE & PAGE_BITS) == multiplexer;
    }

    /** The smallest raw value. */
    public static long lowest(int signal) {
        return signed(signal) ? -(1L << length(signal) - 1) : 0;
    }

    /** The largest raw value. */
    public static long highest(int signal) {
        return (1L << (signed(signal) ? length(signal) - 1 : length(signal))) - 1;
    }

    public static boolean isSet(int signal, long payload) {
        return raw(signal, payload) != 0;
    }

    public static int number(int signal, long payload) {
        return (int) raw(signal, payload);
    }

    public static long raw(int signal, long payload) {
        int spare = Long.SIZE - length(signal);
        long left = payload << spare - start(signal);
        return signed(signal) ? left >> spare : left >>> spare;
    }

    public static double value(int signal, long payload) {
        return raw(signal, payload) / (double) divisor(signal);
    }

    public static long set(int signal, long payload, boolean on) {
        return put(signal, payload, on ? 1 : 0);
    }

    /** Sets the raw value; one that does not fit becomes the nearest that does, since a wrapped set point would be a wrong command. */
    public static long put(int signal, long payload, long raw) {
        long mask = -1L >>> Long.SIZE - length(signal);
        long fitting = Math.max(lowest(signal), Math.min(highest(signal), raw));
        return payload & ~(mask << start(signal)) | (fitting & mask) << start(signal);
    }

    /** Sets the nearest value; not-a-number counts as 0. */
    public static long putNearest(int signal, long payload, double value) {
        return put(signal, payload, Math.round(value * divisor(signal)));
    }

    /** Sets the nearest value that is not above: for what must never be exceeded. */
    public static long putAtMost(int signal, long payload, double value) {
        double scaled = value * divisor(signal);
        double nearest = Math.rint(scaled);
        // 0.3 * 10 is a hair above 3, 60.0 * 10 may be one below 600: a difference of rounding is not a difference of value
        return put(signal, payload, (long) (Math.abs(scaled - nearest) < 1e-6 ? nearest : Math.floor(scaled)));
    }
}
