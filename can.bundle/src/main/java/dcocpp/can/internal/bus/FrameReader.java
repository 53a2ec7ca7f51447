package dcocpp.can.internal.bus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import dcocpp.can.internal.bus.Bus.FrameSink;

/**
 * Takes waiting frames off a socket. Asking whether one waits is cheap, finding none by reading costs an exception: so it asks before
 * each frame, and reads several without asking only where a backlog has shown itself.
 */
final class FrameReader {

    /** Layout of the kernel's struct can_frame. */
    static final int LENGTH_AT = 4;
    static final int DATA_AT = 8;
    static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    /** So many at once are usual; what is more is a backlog. */
    static final int USUAL = 4;
    /** Of a backlog, so many are read between two questions. */
    static final int STRIDE = 16;
    /**
     * Then the driver's own duties come first again. Sixteen guns in use send this in 300 ms: whoever was held up for as long as a PLC may
     * be silent has to read all of it before taking a PLC for lost whose frames are waiting.
     */
    static final int FRAMES_PER_POLL = 256;

    private final Socket socket;
    private final ByteBuffer in;

    /**
     * @param in a direct buffer in the byte order of the machine that holds one frame
     */
    FrameReader(Socket socket, ByteBuffer in) {
        this.socket = socket;
        this.in = in;
    }

    /** See {@link Bus#poll}. */
    void poll(long millis, FrameSink sink) throws IOException {
        if (socket.waits(millis)) {
            sink.batchBegins();
            try {
                batch(sink);
            } finally {
                sink.batchEnds();
            }
        }
    }

    private void batch(FrameSink sink) throws IOException {
        boolean waits = true;
        for (int taken = 0; waits;) {
            in.clear();
            if (!socket.read(in)) {
                return;
            }
            int length = Math.min(8, in.get(LENGTH_AT) & 0xFF);
            long data = BIG_ENDIAN ? Long.reverseBytes(in.getLong(DATA_AT)) : in.getLong(DATA_AT);
            sink.frame(in.getInt(0), length, length == 8 ? data : data & (1L << 8 * length) - 1);
            taken++;
            waits = taken < FRAMES_PER_POLL && (taken > USUAL && taken % STRIDE != 0 || socket.waits(0));
        }
    }

    /** What frames are read from. */
    interface Socket {

        /** Whether there is something to read, waiting for it at most this long. */
        boolean waits(long millis) throws IOException;

        /**
         * Reads one frame as the kernel lays it out.
         *
         * @return false when none waits, which is expensive to find out this way
         * @throws IOException when the bus is gone
         */
        boolean read(ByteBuffer frame) throws IOException;
    }
}
