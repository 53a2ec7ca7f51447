package dcocpp.cantest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.RawCanChannel;

import dcocpp.canlog.CandumpLog;
import dcocpp.canlog.LoggedFrame;
import dcocpp.itest.Await;
import dcocpp.plcsim.StampedReader;

/**
 * Keeps every frame that passes on an interface, whoever sends it, with the kernel's time. The thread {@code dcocpp-cantest-recorder}
 * reads; everything else may be called from any thread.
 */
final class BusRecorder implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int FRAMES_AT_ONCE = 256;
    /** Between two looks: frames bring their time along, and waking for each one would take a slow processor from those who send. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** More than a second of a full bus; a kernel gives at most net.core.rmem_max, usually half a second. */
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long LIMIT_MS = TimeUnit.SECONDS.toMillis(10);

    private final String interfaceName;
    private final RawCanChannel channel;
    private final StampedReader reader;
    private final List<LoggedFrame> frames = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile IOException failure;
    /** How often the socket was found empty. */
    private volatile long drained;

    private BusRecorder(String interfaceName) throws IOException {
        this.interfaceName = interfaceName;
        channel = CanChannels.newRawChannel(interfaceName);
        channel.setOption(CanSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        reader = new StampedReader(channel);
        thread = new Thread(this::run, "dcocpp-cantest-recorder");
    }

    static BusRecorder open(String interfaceName) throws IOException {
        BusRecorder recorder = new BusRecorder(interfaceName);
        recorder.thread.start();
        return recorder;
    }

    private void run() {
        while (!closing) {
            try {
                if (reader.read(PATIENCE, FRAMES_AT_ONCE, this::keep) < FRAMES_AT_ONCE) {
                    drained++;
                    LockSupport.parkNanos(REST_NANOS);
                }
            } catch (IOException e) {
                // An interface that is down says so once and works again when it is up.
                failure = e;
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    private void keep(int rawId, byte[] data, long epochNanos) {
        long payload = 0;
        for (int i = data.length - 1; i >= 0; i--) {
            payload = payload << 8 | data[i] & 0xFF;
        }
        synchronized (frames) {
            frames.add(new LoggedFrame(epochNanos, interfaceName, rawId, data.length, payload));
        }
    }

    /** What has passed since this moment, ns since 1970, up to now. */
    Recording since(long epochNanos) {
        // The look that is under way may be past its end; the next one is not.
        long enough = drained + 2;
        Await.until("what has passed on the bus", Duration.ofMillis(LIMIT_MS), () -> drained >= enough);
        synchronized (frames) {
            int first = frames.size();
            while (first > 0 && frames.get(first - 1).epochNanos() >= epochNanos) {
                first--;
            }
            return new Recording(List.copyOf(frames.subList(first, frames.size())));
        }
    }

    /** Frames that are missing in the recording, because this process was held up for too long. */
    long lost() {
        return reader.lost();
    }

    /** What the interface said last when it did not work; null = it always did. */
    IOException failure() {
        return failure;
    }

    /** Writes all of it as candump would. */
    void writeTo(Path file) {
        synchronized (frames) {
            try (Writer out = Files.newBufferedWriter(file)) {
                for (LoggedFrame frame : frames) {
                    out.append(CandumpLog.format(frame)).append('\n');
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LIMIT_MS);
            reader.close();
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
