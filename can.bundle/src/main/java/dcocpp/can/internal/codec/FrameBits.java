package dcocpp.can.internal.codec;

/**
 * How many bits a frame takes on the bus: with its checksum (CRC-15, polynomial 0x4599) and the stuff bit that follows five equal bits,
 * from the start of frame to the end of the checksum; then delimiter, acknowledge, end of frame and the three bits between frames.
 * It is counted for every frame that passes: four bits at a time, and nothing is allocated.
 */
public final class FrameBits {

    /** CRC delimiter, ACK slot, ACK delimiter, seven bits end of frame, three bits intermission. */
    private static final int BEHIND_CHECKSUM = 13;
    private static final int POLYNOMIAL = 0x4599;
    private static final int CRC_BITS = 15;
    private static final int CRC_MASK = 0x7FFF;
    /** After so many equal bits comes a stuff bit. */
    private static final int RUN = 5;

    /** Identifier flags as SocketCAN has them. */
    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int ERROR = 0x2000_0000;

    /** Nibbles from the silent bit before the start of frame to the length code. */
    private static final int STANDARD_HEAD = 5;
    private static final int EXTENDED_HEAD = 10;
    private static final int TAIL = 4;
    private static final int NIBBLE = 0xF;

    /** The last bit, shifted by two, and how many equal ones there are behind each other, less one. */
    private static final int STATE = 0x7;
    private static final int STUFFED = 3;
    /** By state and nibble: the state behind it, and above that the stuff bits within. */
    private static final byte[] STUFFING = stuffing();
    private static final short[] CRC = crc();

    private FrameBits() {
    }

    private static byte[] stuffing() {
        byte[] table = new byte[STATE + 1 << 4];
        for (int i = 0; i < table.length; i++) {
            int last = i >> 6;
            int run = (i >> 4 & 0x3) + 1;
            int stuffed = 0;
            for (int shift = 3; shift >= 0; shift--) {
                int bit = i >> shift & 1;
                run = bit == last ? run + 1 : 1;
                last = bit;
                if (run == RUN) {
                    // The stuff bit is the opposite one and counts for the next run itself.
                    stuffed++;
                    last = 1 - bit;
                    run = 1;
                }
            }
            table[i] = (byte) (stuffed << STUFFED | last << 2 | run - 1);
        }
        return table;
    }

    private static short[] crc() {
        short[] table = new short[NIBBLE + 1];
        for (int i = 0; i < table.length; i++) {
            int crc = i << CRC_BITS - 4;
            for (int bit = 0; bit < 4; bit++) {
                crc = crc << 1 ^ (crc >>> CRC_BITS - 1 == 0 ? 0 : POLYNOMIAL);
                crc &= CRC_MASK;
            }
            table[i] = (short) crc;
        }
        return table;
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
        int headNibbles = (rawId & EXTENDED) != 0 ? EXTENDED_HEAD : STANDARD_HEAD;
        int dataNibbles = (rawId & REMOTE) != 0 ? 0 : 2 * length;
        long head = head(rawId, length);
        // The bus is recessive before the start of frame: that bit fills the nibble and changes neither the stuffing nor the checksum.
        long silent = head | 1L << 4 * headNibbles - 1;
        int crc = 0;
        int state = 0;
        int stuffed = 0;
        for (int shift = 4 * headNibbles - 4; shift >= 0; shift -= 4) {
            crc = next(crc, (int) (head >>> shift));
            state = STUFFING[(state & STATE) << 4 | (int) (silent >>> shift) & NIBBLE];
            stuffed += state >> STUFFED;
        }
        // On the bus each byte goes with its highest bit first.
        long data = Long.reverseBytes(payload);
        for (int i = 1; i <= dataNibbles; i++) {
            int nibble = (int) (data >>> Long.SIZE - 4 * i) & NIBBLE;
            crc = next(crc, nibble);
            state = STUFFING[(state & STATE) << 4 | nibble];
            stuffed += state >> STUFFED;
        }
        // The opposite of the last bit fills the nibble: it can only end a run.
        int tail = crc << 1 | ~crc & 1;
        for (int shift = 4 * TAIL - 4; shift >= 0; shift -= 4) {
            state = STUFFING[(state & STATE) << 4 | tail >>> shift & NIBBLE];
            stuffed += state >> STUFFED;
        }
        return 4 * (headNibbles + dataNibbles + TAIL) - 2 + stuffed + BEHIND_CHECKSUM;
    }

    private static int next(int crc, int nibble) {
        return crc << 4 & CRC_MASK ^ CRC[(crc >>> CRC_BITS - 4 ^ nibble) & NIBBLE];
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
