package dcocpp.controller.internal.planning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;

/**
 * Two files of lines that share a bounded size: when the new one has half of it, it takes the place of the old one. A disk that is full or
 * a folder that cannot be written is said once and tried again after a pause; a disk that is nearly full is left to the journal. Belongs to
 * one thread.
 */
final class RecordingFiles {

    /** The file that is being written. */
    static final String FILE = "inputs.jsonl";
    /** What was written before. */
    static final String OLD_FILE = "inputs.jsonl.1";
    /** Free space that is left to those who need it more. */
    static final long LEAST_FREE_BYTES = 100_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);
    private static final long PAUSE_NANOS = 30_000_000_000L;

    private final Path folder;
    private final TimeSource time;
    private final ToLongFunction<Path> freeBytes;
    private final Consumer<String> trouble;
    private FileChannel channel;
    private long size;
    private boolean failed;
    private long failedNanos;

    /** On the disk and into the log. */
    RecordingFiles(Path folder, TimeSource time) {
        this(folder, time, RecordingFiles::freeBytes, LOG::error);
    }

    /**
     * @param freeBytes how much space there is where the folder is
     * @param trouble told once when nothing can be recorded
     */
    RecordingFiles(Path folder, TimeSource time, ToLongFunction<Path> freeBytes, Consumer<String> trouble) {
        this.folder = folder;
        this.time = time;
        this.freeBytes = freeBytes;
        this.trouble = trouble;
    }

    private static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a line; never throws.
     *
     * @param line makes the line
     * @param maxBytes most of both files together
     * @return whether it is written
     */
    boolean write(Supplier<String> line, long maxBytes) {
        if (failed && time.nanoTime() - failedNanos < PAUSE_NANOS) {
            return false;
        }
        try {
            byte[] bytes = (line.get() + "\n").getBytes(StandardCharsets.UTF_8);
            if (bytes.length > maxBytes / 2) {
                throw new IOException("one input alone has " + bytes.length + " bytes, more than half of recordMaxMB");
            }
            makeRoom(bytes.length, maxBytes / 2);
            if (freeBytes.applyAsLong(folder) < LEAST_FREE_BYTES) {
                throw new IOException("less than " + LEAST_FREE_BYTES / 1_000_000 + " MB are free");
            }
            put(bytes);
        } catch (IOException | RuntimeException e) {
            // A planner's memory may hold what has no JSON form; the recording is not worth more than the log that would fill up.
            failed(e);
            return false;
        }
        if (failed) {
            failed = false;
            LOG.info("Planner inputs are recorded again in {}", folder);
        }
        return true;
    }

    private void makeRoom(int bytes, long maxFileBytes) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            // Somebody has taken it away.
            close();
        }
        if (channel == null) {
            open();
        }
        if (size + bytes > maxFileBytes) {
            close();
            Files.move(file, folder.resolve(OLD_FILE), StandardCopyOption.REPLACE_EXISTING);
            open();
        }
        if (Files.exists(folder.resolve(OLD_FILE)) && Files.size(folder.resolve(OLD_FILE)) > maxFileBytes) {
            // It is of a time when more was allowed.
            Files.delete(folder.resolve(OLD_FILE));
        }
    }

    private void open() throws IOException {
        Files.createDirectories(folder);
        channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        // A line that a power loss or a full disk has cut short ends here and spoils no other.
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            put(new byte[] {'\n'});
        }
    }

    private void put(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            size += channel.write(buffer, size);
        }
    }

    private void failed(Exception e) {
        failedNanos = time.nanoTime();
        if (!failed) {
            failed = true;
            trouble.accept("Planner inputs cannot be recorded in " + folder + ": " + e + ". The charger goes on without; it is tried again");
        }
        close();
    }

    /** Gives the file free until the next line. */
    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("Closing the recording failed", e);
            }
            channel = null;
        }
    }
}
