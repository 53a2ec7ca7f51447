package dcocpp.can.internal.bus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanFilter;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.NetworkDevice;
import tel.schich.javacan.RawCanChannel;
import tel.schich.javacan.RawReceiveMessageHeaderBuffer;
import tel.schich.javacan.platform.UnsupportedPlatformException;
import tel.schich.javacan.platform.linux.LinuxNativeOperationException;
import tel.schich.javacan.platform.linux.UnixFileDescriptor;
import tel.schich.javacan.platform.linux.epoll.EPollSelector;
import tel.schich.javacan.select.SelectorRegistration;
import tel.schich.javacan.select.SelectorRegistration.Operation;

/**
 * A raw SocketCAN socket. Frames go through one direct buffer as the kernel lays them out, so that none is allocated.
 */
public final class JavacanBus implements Bus, FrameReader.Socket {

    /** linux/can/error.h: controller problems, bus-off, restarted. */
    private static final int ERROR_CLASSES = 0x004 | 0x040 | 0x100;
    private static final int EAFNOSUPPORT = 97;
    private static final int ENODEV = 19;
    private static final int ENETDOWN = 100;
    private static final int ENOBUFS = 105;

    private static final int FRAME_BYTES = 16;
    /** More than a second of a full bus; the kernel gives what net.core.rmem_max allows, and says nothing of it. */
    private static final int RECEIVE_BYTES = 1 << 19;
    /** The kernel's count of lost frames comes with each frame that is received with its header, and goes on from one to the next. */
    private static final int FRAMES_PER_COUNT = 16;

    private final String interfaceName;
    private final RawCanChannel channel;
    private final EPollSelector selector;
    private final SelectorRegistration<UnixFileDescriptor, RawCanChannel> registration;
    private final FrameReader reader = new FrameReader(this,
            RawCanChannel.allocateSufficientMemory().order(ByteOrder.nativeOrder()));
    private final ByteBuffer out = ByteBuffer.allocateDirect(FRAME_BYTES).order(ByteOrder.nativeOrder());
    private final RawReceiveMessageHeaderBuffer header = new RawReceiveMessageHeaderBuffer();
    private int received;
    private long lostFrames;
    private final Object wakeupLock = new Object();
    private boolean closed;

    private JavacanBus(String interfaceName, RawCanChannel channel, EPollSelector selector) throws IOException {
        this.interfaceName = interfaceName;
        this.channel = channel;
        this.selector = selector;
        this.registration = selector.register(channel, Operation.READ);
    }

    /** Opens the interface for these identifiers; see {@link Opener}. */
    public static Bus open(String interfaceName, int[] ids) throws BusUnavailableException {
        return open(interfaceName, filters(ids));
    }

    /** Opens the interface for whatever passes on it, also what this machine sends: for tools that watch. */
    public static Bus listen(String interfaceName) throws BusUnavailableException {
        return open(interfaceName, new CanFilter[] {CanFilter.ANY});
    }

    private static Bus open(String interfaceName, CanFilter[] filters) throws BusUnavailableException {
        try {
            return openChecked(interfaceName, filters);
        } catch (IOException e) {
            throw new BusUnavailableException(reason(interfaceName, e), e);
        } catch (UnsupportedPlatformException | LinkageError e) {
            throw new BusUnavailableException("SocketCAN needs Linux on x86-64, aarch64 or armv7; this is " + System.getProperty("os.name")
                    + " on " + System.getProperty("os.arch") + " (" + e.getMessage() + ")", e);
        }
    }

    private static Bus openChecked(String interfaceName, CanFilter[] filters) throws IOException {
        // The socket before the interface: a kernel without SocketCAN is the better reason than an interface that it cannot have.
        RawCanChannel channel = CanChannels.newRawChannel();
        EPollSelector selector = null;
        try {
            channel.setOption(CanSocketOptions.FILTER, filters);
            channel.setOption(CanSocketOptions.ERR_FILTER, ERROR_CLASSES);
            channel.setOption(CanSocketOptions.SO_RXQ_OVFL, true);
            channel.setOption(CanSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            channel.configureBlocking(false);
            channel.bind(NetworkDevice.lookup(interfaceName));
            requireUp(channel);
            selector = EPollSelector.open();
            return new JavacanBus(interfaceName, channel, selector);
        } catch (IOException | RuntimeException | LinkageError e) {
            if (selector != null) {
                selector.close();
            }
            channel.close();
            throw e;
        }
    }

    /** An interface that is down can be bound; only the first read says so. */
    private static void requireUp(RawCanChannel channel) throws IOException {
        try {
            channel.readUnsafe(RawCanChannel.allocateSufficientMemory());
        } catch (LinuxNativeOperationException e) {
            if (!e.mayTryAgain()) {
                throw e;
            }
        }
    }

    /** One exact filter per identifier: 29-bit data frames with just this number, no remote frames. */
    static CanFilter[] filters(int[] ids) {
        CanFilter[] filters = new CanFilter[ids.length];
        for (int i = 0; i < ids.length; i++) {
            filters[i] = new CanFilter(ids[i] | EXTENDED, EXTENDED | REMOTE | EXTENDED_MASK);
        }
        return filters;
    }

    private static String reason(String interfaceName, IOException e) {
        int error = e instanceof LinuxNativeOperationException failure ? failure.getErrorNumber() : 0;
        return switch (error) {
            case EAFNOSUPPORT -> "the kernel has no SocketCAN (module can_raw): " + e.getMessage();
            case ENODEV -> "there is no CAN interface " + interfaceName + " (see ip -details link): " + e.getMessage();
            case ENETDOWN -> "the CAN interface " + interfaceName + " is down (ip link set " + interfaceName
                    + " up type can bitrate 125000 restart-ms 100): " + e.getMessage();
            default -> "the CAN interface " + interfaceName + " does not work: " + e.getMessage();
        };
    }

    @Override
    public void poll(long timeoutNanos, FrameSink sink) throws IOException {
        // epoll counts milliseconds: rounded up, since 0 would be a busy loop until the moment is reached
        reader.poll(Math.max(0, (timeoutNanos + 999_999) / 1_000_000), sink);
    }

    /** Whatever the event says: a link that went down is reported without any operation, and only reading tells and clears it. */
    @Override
    public boolean waits(long millis) throws IOException {
        return !(millis == 0 ? selector.selectNow() : selector.select(Duration.ofMillis(millis))).isEmpty();
    }

    @Override
    public boolean read(ByteBuffer frame) throws IOException {
        try {
            if (received++ % FRAMES_PER_COUNT == 0) {
                channel.receiveUnsafe(frame, header);
                lostFrames = Math.max(lostFrames, Integer.toUnsignedLong(header.getDropCount()));
            } else {
                channel.readUnsafe(frame);
            }
            return true;
        } catch (LinuxNativeOperationException e) {
            if (e.mayTryAgain()) {
                return false;
            }
            throw new IOException(reason(interfaceName, e), e);
        }
    }

    @Override
    public boolean send(int id, long payload) throws IOException {
        out.clear();
        out.putInt(0, id | EXTENDED);
        out.putInt(FrameReader.LENGTH_AT, 0);
        out.put(FrameReader.LENGTH_AT, (byte) 8);
        out.putLong(FrameReader.DATA_AT, FrameReader.BIG_ENDIAN ? Long.reverseBytes(payload) : payload);
        try {
            channel.writeUnsafe(out);
            return true;
        } catch (LinuxNativeOperationException e) {
            if (e.mayTryAgain() || e.getErrorNumber() == ENOBUFS) {
                return false;
            }
            throw new IOException(reason(interfaceName, e), e);
        }
    }

    @Override
    public long lostFrames() {
        return lostFrames;
    }

    @Override
    public void wakeup() {
        // Under the lock, since a wake-up after the close would write into whatever has the file descriptor by then.
        synchronized (wakeupLock) {
            if (!closed) {
                selector.wakeup();
            }
        }
    }

    @Override
    public void close() {
        synchronized (wakeupLock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        // Closing the channel does not cancel its registration, and a second close of the selector would close foreign descriptors.
        quietly(() -> selector.cancel(registration));
        quietly(channel::close);
        quietly(selector::close);
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            // The descriptor is gone either way, and there is nothing left to do with this bus.
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
