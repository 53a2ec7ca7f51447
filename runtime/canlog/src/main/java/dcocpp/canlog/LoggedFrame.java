package dcocpp.canlog;

import dcocpp.can.internal.codec.FrameBits;

/**
 * A recorded data frame of classic CAN.
 *
 * @param epochNanos when it was on the bus, ns since 1970
 * @param iface the interface's name, such as {@code can0}
 * @param rawId the identifier with the flags of SocketCAN: {@link #EXTENDED}, {@link #REMOTE}, {@link #ERROR}
 * @param length data bytes, 0…8
 * @param payload the data, byte 0 in the lowest bits, zero beyond the length
 */
public record LoggedFrame(long epochNanos, String iface, int rawId, int length, long payload) {

    public static final int EXTENDED = 0x8000_0000;
    public static final int REMOTE = 0x4000_0000;
    public static final int ERROR = 0x2000_0000;
    public static final int EXTENDED_MASK = 0x1FFF_FFFF;
    public static final int STANDARD_MASK = 0x7FF;
    public static final int MAX_LENGTH = 8;

    /** Checks the length, and clears what is beyond it. */
    public LoggedFrame {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a frame has 0 to 8 bytes, not " + length);
        }
        payload = length == MAX_LENGTH ? payload : payload & (1L << 8 * length) - 1;
    }

    /** The identifier without flags. */
    public int id() {
        return rawId & (extended() ? EXTENDED_MASK : STANDARD_MASK);
    }

    /** It has a 29-bit identifier. */
    public boolean extended() {
        return (rawId & EXTENDED) != 0;
    }

    /** It asks for data and carries none. */
    public boolean remote() {
        return (rawId & REMOTE) != 0;
    }

    /** How many bits it took on the bus, with its checksum, the stuff bits and the pause behind it. */
    public int bits() {
        return FrameBits.stuffed(rawId, length, payload);
    }

    /** It is the kernel's word about the bus and was never on it. */
    public boolean error() {
        return (rawId & ERROR) != 0;
    }
}
