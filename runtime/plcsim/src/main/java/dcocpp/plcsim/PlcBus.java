package dcocpp.plcsim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanFilter;
import tel.schich.javacan.CanFrame;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.NetworkDevice;
import tel.schich.javacan.RawCanChannel;
import tel.schich.javacan.platform.UnsupportedPlatformException;
import tel.schich.javacan.platform.linux.LinuxNativeOperationException;

/**
 * Simulated PLCs on a SocketCAN interface. The thread {@code dcocpp-plcsim-bus} owns socket and PLCs; others reach them through
 * {@link #call}. An interface that goes down is waited for.
 */
public final class PlcBus implements AutoCloseable {

    /** Then the PLCs have to send as well. */
    private static final int FRAMES_AT_ONCE = 256;
    private static final long NANOS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long DOWN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LIMIT_SECONDS = 10;
    /** As many frames as wait while the interface takes none; a PLC's controller forgets older ones as well. */
    private static final int WAITING = 256;
    private static final int ENOBUFS = 105;
    private static final int FLAGS = 0xE000_0000;
    private static final int EXTENDED = 0x8000_0000;
    private static final int EXTENDED_MASK = 0x1FFF_FFFF;

    private final RawCanChannel channel;
    private final StampedReader reader;
    private final LongSupplier nanoTime;
    private final Consumer<String> messages;
    private final PlcRack rack;
    private final Queue<FutureTask<?>> calls = new ConcurrentLinkedQueue<>();
    private final Deque<CanFrame> waiting = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean closing;
    private boolean down;
    private long stepNanos;
    /** Process time less the clock of the frames; looked at with each step, since a clock may cost as much as a frame. */
    private long offsetNanos;

    private PlcBus(RawCanChannel channel, int first, int count, LongSupplier nanoTime, Consumer<String> messages) throws IOException {
        this.channel = channel;
        this.nanoTime = nanoTime;
        this.messages = messages;
        this.rack = new PlcRack(first, count, this::queue, nanoTime.getAsLong());
        int[] ids = rack.hostIds();
        CanFilter[] filters = new CanFilter[ids.length];
        for (int i = 0; i < ids.length; i++) {
            filters[i] = new CanFilter(ids[i] | EXTENDED, FLAGS | EXTENDED_MASK);
        }
        channel.setOption(CanSocketOptions.FILTER, filters);
        this.reader = new StampedReader(channel);
        this.thread = new Thread(this::run, "dcocpp-plcsim-bus");
    }

    /**
     * Puts PLCs on an interface and switches them on.
     *
     * @param interfaceName such as {@code vcan0}
     * @param first the first plcId
     * @param count how many
     * @param nanoTime process time
     * @param messages takes lines for people, from the thread of the bus
     * @throws IOException with the reason, for people, when this system or interface has no SocketCAN
     */
    public static PlcBus open(String interfaceName, int first, int count, LongSupplier nanoTime, Consumer<String> messages)
            throws IOException {
        RawCanChannel channel = null;
        try {
            // The socket before the interface: a kernel without SocketCAN is the better reason than an interface that it cannot have.
            channel = CanChannels.newRawChannel();
            channel.bind(NetworkDevice.lookup(interfaceName));
            PlcBus bus = new PlcBus(channel, first, count, nanoTime, messages);
            bus.thread.start();
            return bus;
        } catch (UnsupportedPlatformException | LinkageError e) {
            throw new IOException("SocketCAN needs Linux on x86-64, aarch64 or armv7: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            if (e instanceof IOException failure) {
                throw new IOException((channel == null ? "the kernel has no SocketCAN (module can_raw): "
                        : "there is no usable CAN interface " + interfaceName + ": ") + failure.getMessage(), failure);
            }
            throw e;
        }
    }

    private void queue(int id, byte[] data) {
        if (waiting.size() == WAITING) {
            waiting.remove();
        }
        waiting.add(CanFrame.createExtended(id, (byte) 0, data));
    }

    private void run() {
        stepNanos = nanoTime.getAsLong();
        step(stepNanos);
        while (!closing) {
            boolean works = works(this::receive);
            for (FutureTask<?> call = calls.poll(); call != null; call = calls.poll()) {
                call.run();
            }
            long now = nanoTime.getAsLong();
            if (now - stepNanos >= 0) {
                step(now);
            }
            works &= works(this::send);
            if (works && down) {
                down = false;
                messages.accept("the CAN interface works again");
            }
        }
    }

    private interface Use {
        void happen() throws IOException;
    }

    /** A PLC without a bus goes on: its watchdog opens its relays. */
    private boolean works(Use use) {
        try {
            use.happen();
            return true;
        } catch (IOException e) {
            if (!down) {
                down = true;
                messages.accept("the CAN interface does not work: " + e.getMessage());
            }
            // An interface that fails at once, again and again, shall not take a processor.
            LockSupport.parkNanos(DOWN_PAUSE_NANOS);
            return false;
        }
    }

    private void step(long now) {
        offsetNanos = now - StampedReader.now();
        rack.step(now);
        stepNanos += Math.max(STEP_NANOS, (now - stepNanos) / STEP_NANOS * STEP_NANOS);
    }

    /**
     * All that waits or comes until the next step, and as of when it came: a PLC that this process holds up must not miss what its host has
     * sent in time.
     */
    private void receive() throws IOException {
        long patienceNanos = stepNanos - nanoTime.getAsLong();
        // epoll counts milliseconds: rounded up, since 0 would be a busy loop until the moment is reached
        Duration patience = Duration.ofMillis(Math.max(0, (patienceNanos + NANOS_PER_MS - 1) / NANOS_PER_MS));
        reader.read(patience, FRAMES_AT_ONCE, (rawId, data, epochNanos) -> rack.take(rawId, data, epochNanos + offsetNanos));
    }

    private void send() throws IOException {
        try {
            while (!waiting.isEmpty()) {
                channel.write(waiting.peek());
                waiting.remove();
            }
        } catch (LinuxNativeOperationException e) {
            // The queue of the interface is full; the rest goes later.
            if (!e.mayTryAgain() && e.getErrorNumber() != ENOBUFS) {
                throw e;
            }
        }
    }

    /**
     * Does something with the PLCs on their thread, which gets to it within a step of 20 ms.
     *
     * @throws IllegalArgumentException and other exceptions of what was done
     * @throws IllegalStateException when the bus is closed or does not answer
     */
    public <T> T call(Function<PlcRack, T> what) {
        FutureTask<T> task = new FutureTask<>(() -> what.apply(rack));
        calls.add(task);
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the simulated PLCs do not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Switches the PLCs off: they fall silent at once. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            reader.close();
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            messages.accept("closing the CAN interface failed: " + e.getMessage());
        }
    }
}
