package dcocpp.canlog;

/**
 * How many bits a frame takes on the bus: with its checksum (CRC-15, polynomial 0x4599) and the stuff bit that follows five equal bits,
 * from the start of frame to the end of the checksum; then delimiter, acknowledge, end of frame and the three bits between frames.
 */
public final class FrameBits {

    /** CRC delimiter, ACK slot, ACK delimiter, seven bits end of frame, three bits intermission. */
    private static final int BEHIND_CHECKSUM = 13;
    private static final int POLYNOMIAL = 0x4599;
    private static final int CRC_BITS = 15;
    private static final int CRC_MASK = 0x7FFF;
    private static final int RUN = 5;

    private int crc;
    private int last = -1;
    private int run;
    private int bits;

    private FrameBits() {
    }

    /** Bits of the frame with the real stuff bits of its content; an error frame of the kernel has none. */
    public static int stuffed(LoggedFrame frame) {
        return frame.error() ? 0 : count(frame).bits + BEHIND_CHECKSUM;
    }

    /** The checksum that its sender's controller appends. */
    public static int crc15(LoggedFrame frame) {
        FrameBits counted = new FrameBits();
        counted.content(frame);
        return counted.crc;
    }

    private static FrameBits count(LoggedFrame frame) {
        FrameBits counted = new FrameBits();
        counted.content(frame);
        int checksum = counted.crc;
        for (int bit = CRC_BITS - 1; bit >= 0; bit--) {
            counted.send(checksum >>> bit & 1);
        }
        return counted;
    }

    private void content(LoggedFrame frame) {
        int remote = frame.remote() ? 1 : 0;
        checked(0, 1);
        if (frame.extended()) {
            checked(frame.id() >>> 18, 11);
            // SRR and IDE, both recessive
            checked(3, 2);
            checked(frame.id() & 0x3FFFF, 18);
            checked(remote, 1);
            checked(0, 2);
        } else {
            checked(frame.id(), 11);
            checked(remote, 1);
            checked(0, 2);
        }
        checked(frame.length(), 4);
        if (!frame.remote()) {
            for (int i = 0; i < frame.length(); i++) {
                checked((int) (frame.payload() >>> 8 * i) & 0xFF, 8);
            }
        }
    }

    private void checked(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            int bit = value >>> i & 1;
            boolean feedback = (bit ^ crc >>> CRC_BITS - 1) != 0;
            crc = crc << 1 & CRC_MASK ^ (feedback ? POLYNOMIAL : 0);
            send(bit);
        }
    }

    private void send(int bit) {
        bits++;
        if (bit != last) {
            last = bit;
            run = 1;
            return;
        }
        run++;
        if (run == RUN) {
            // The stuff bit is the opposite one and counts for the next run itself.
            bits++;
            last = 1 - bit;
            run = 1;
        }
    }
}
