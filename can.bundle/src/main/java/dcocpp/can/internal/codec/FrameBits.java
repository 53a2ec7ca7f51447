package dcocpp.can.internal.codec;

/**
 * How many bits a frame takes on the bus: with its checksum (CRC-15, polynomial 0x4599) and the stuff bit that follows five equal bits,
 * from the start of frame to the end of the checksum; then delimiter, acknowledge, end of frame and the three bits between frames.
 * Nothing is allocated.
 */
public final class FrameBits {

    /** CRC delimiter, ACK slot, ACK delimiter, seven bits end of frame, three bits intermission. */
    private static final int BEHIND_CHECKSUM = 13;
    private static final int POLYNOMIAL = 0x4599;
    private static final int CRC_BITS = 15;
    private static final int CRC_MASK = 0x7FFF;
    private static final int RUN = 5;

    /** Identifier flags as SocketCAN has them. */
    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int ERROR = 0x2000_0000;

    /** From the start of frame to the length code. */
    private static final int STANDARD_HEAD = 19;
    private static final int EXTENDED_HEAD = 39;

    private FrameBits() {
    }

    /**
     * Bits of the frame with the real stuff bits of its content; an error frame of the kernel has none.
     *
     * @param rawId the identifier with the flags of SocketCAN
     * @param length data bytes, 0…8
     * @param payload the data, byte 0 in the lowest bits
     */
    public static int stuffed(int rawId, int length, long payload) {
        if ((rawId & ERROR) != 0) {
            return 0;
        }
        long head = head(rawId, length);
        int headBits = (rawId & EXTENDED) != 0 ? EXTENDED_HEAD : STANDARD_HEAD;
        int contentBits = headBits + dataBits(rawId, length);
        // On the bus each byte goes with its highest bit first.
        long data = Long.reverseBytes(payload);
        int crc = 0;
        int last = -1;
        int run = 0;
        int bits = BEHIND_CHECKSUM;
        for (int i = 0; i < contentBits + CRC_BITS; i++) {
            int bit;
            if (i < contentBits) {
                bit = (int) (i < headBits ? head >>> headBits - 1 - i : data >>> Long.SIZE - 1 - (i - headBits)) & 1;
                crc = next(crc, bit);
            } else {
                bit = crc >>> CRC_BITS - 1 - (i - contentBits) & 1;
            }
            bits++;
            run = bit == last ? run + 1 : 1;
            last = bit;
            if (run == RUN) {
                // The stuff bit is the opposite one and counts for the next run itself.
                bits++;
                last = 1 - bit;
                run = 1;
            }
        }
        return bits;
    }

    private static int next(int crc, int bit) {
        return (bit ^ crc >>> CRC_BITS - 1) == 0 ? crc << 1 & CRC_MASK : crc << 1 & CRC_MASK ^ POLYNOMIAL;
    }

    private static int dataBits(int rawId, int length) {
        return (rawId & REMOTE) != 0 ? 0 : 8 * length;
    }

    /** The bits before the data: a dominant start of frame, the identifier with its flags, two reserved bits, the length code. */
    private static long head(int rawId, int length) {
        int remote = (rawId & REMOTE) != 0 ? 1 : 0;
        if ((rawId & EXTENDED) == 0) {
            return (rawId & 0x7FF) << 7 | remote << 6 | length;
        }
        // SRR and IDE, both recessive, stand behind the first eleven bits.
        long identifier = (long) (rawId >>> 18 & 0x7FF) << 20 | 3L << 18 | rawId & 0x3FFFF;
        return identifier << 7 | remote << 6 | length;
    }
}
