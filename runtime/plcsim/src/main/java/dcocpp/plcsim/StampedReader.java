package dcocpp.plcsim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.RawCanChannel;
import tel.schich.javacan.RawReceiveMessageHeaderBuffer;
import tel.schich.javacan.platform.linux.LinuxNativeOperationException;
import tel.schich.javacan.platform.linux.UnixFileDescriptor;
import tel.schich.javacan.platform.linux.epoll.EPollSelector;
import tel.schich.javacan.select.SelectorRegistration;
import tel.schich.javacan.select.SelectorRegistration.Operation;

/**
 * Reads frames from a socket with the moment at which the kernel had them: whoever reads late does not take the sender for late. One
 * thread. The channel stays its opener's, who closes it after this.
 */
public final class StampedReader implements AutoCloseable {

    private static final int LENGTH_AT = 4;
    private static final int DATA_AT = 8;
    private static final int MOST_DATA = 8;

    private final RawCanChannel channel;
    private final EPollSelector selector;
    private final SelectorRegistration<UnixFileDescriptor, RawCanChannel> registration;
    private final ByteBuffer in = RawCanChannel.allocateSufficientMemory().order(ByteOrder.nativeOrder());
    private final RawReceiveMessageHeaderBuffer header = new RawReceiveMessageHeaderBuffer();
    private long lost;

    /** Who takes frames. */
    @FunctionalInterface
    public interface Taker {

        /**
         * @param rawId the identifier with the flags of SocketCAN
         * @param epochNanos when the kernel had it, ns since 1970
         */
        void frame(int rawId, byte[] data, long epochNanos);
    }

    /** Prepares a channel, bound or not: it does not block from now on. */
    public StampedReader(RawCanChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(CanSocketOptions.SO_TIMESTAMPNS, true);
        channel.setOption(CanSocketOptions.SO_RXQ_OVFL, true);
        channel.configureBlocking(false);
        selector = EPollSelector.open();
        registration = selector.register(channel, Operation.READ);
    }

    /**
     * Hands on what waits.
     *
     * @param patience for the first frame
     * @param most then it returns, though more may wait
     * @return how many frames there were
     * @throws IOException when the interface is down or gone; said once, afterwards there is nothing to read
     */
    public int read(Duration patience, int most, Taker taker) throws IOException {
        int frames = 0;
        if (!selector.select(patience).isEmpty()) {
            // The empty socket at the end costs an exception; asking before each frame would cost a system call for each.
            while (frames < most && receive(taker)) {
                frames++;
            }
        }
        return frames;
    }

    private boolean receive(Taker taker) throws IOException {
        in.clear();
        try {
            channel.receiveUnsafe(in, header);
        } catch (LinuxNativeOperationException e) {
            if (e.mayTryAgain()) {
                return false;
            }
            throw e;
        }
        lost = Integer.toUnsignedLong(header.getDropCount());
        byte[] data = new byte[Math.min(MOST_DATA, in.get(LENGTH_AT) & 0xFF)];
        in.get(DATA_AT, data);
        Instant stamp = header.getSoftwareTimestamp();
        taker.frame(in.getInt(0), data, nanos(stamp.getEpochSecond() == 0 ? Instant.now() : stamp));
        return true;
    }

    private static long nanos(Instant moment) {
        return TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
    }

    /** This moment on the clock of the frames, ns since 1970. */
    public static long now() {
        return nanos(Instant.now());
    }

    /** Frames that the kernel has thrown away because they were not read in time. */
    public long lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        selector.cancel(registration);
        selector.close();
    }
}
