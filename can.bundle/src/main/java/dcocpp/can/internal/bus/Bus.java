package dcocpp.can.internal.bus;

import java.io.IOException;

/** An open CAN bus. Everything but {@link #wakeup} belongs to the thread that opened it. */
public interface Bus {

    /** Identifier flags as SocketCAN has them. */
    int EXTENDED = 0x8000_0000;
    int REMOTE = 0x4000_0000;
    int ERROR = 0x2000_0000;
    int EXTENDED_MASK = 0x1FFF_FFFF;

    /**
     * Hands every waiting frame to the sink; waits for one at most this long, less when woken.
     *
     * @throws IOException when the bus is gone; it is closed and opened anew then
     */
    void poll(long timeoutNanos, FrameSink sink) throws IOException;

    /**
     * Sends eight bytes under a 29-bit identifier.
     *
     * @return false when the interface's queue is full
     * @throws IOException when the bus is gone
     */
    boolean send(int id, long payload) throws IOException;

    /** Frames that the kernel has dropped because they were not read in time, since the bus was opened; as far as it is known. */
    default long lostFrames() {
        return 0;
    }

    /** Ends a running or the next {@link #poll}; from any thread, also after {@link #close}. */
    void wakeup();

    void close();

    /** Who takes received frames. */
    @FunctionalInterface
    interface FrameSink {

        /**
         * @param rawId the identifier with its flags
         * @param length data bytes
         * @param payload the data, byte 0 in the lowest bits, zero beyond the length
         */
        void frame(int rawId, int length, long payload);

        /** The frames up to {@link #batchEnds} were waiting by now: whoever needs the time looks at the clock once for all of them. */
        default void batchBegins() {
            // Most sinks need no time.
        }

        /** Whatever comes next comes later; also called where reading a batch has failed. */
        default void batchEnds() {
            // Most sinks need no time.
        }
    }

    /** How a bus is opened. */
    @FunctionalInterface
    interface Opener {

        /**
         * @param ids the only identifiers that are received, beside error frames
         * @throws BusUnavailableException with the reason, for people
         */
        Bus open(String interfaceName, int[] ids) throws BusUnavailableException;
    }
}
