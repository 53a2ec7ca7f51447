package dcocpp.launcher;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Reads the OCPP message log of a charger that may be running: first the last lines, then whatever is added, also when the charger begins
 * a new file meanwhile. Not thread-safe.
 */
final class MessageLogFiles implements AutoCloseable {
    /** The file that is being written; older ones carry a number, the oldest the highest. */
    private static final String FILE = "ocpp.jsonl";
    private static final int BUFFER = 65_536;

    private final Path folder;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private FileChannel open;
    private Object openKey;

    MessageLogFiles(Path folder) {
        this.folder = folder;
    }

    /** Whether there is any log. */
    boolean exist() {
        return Files.exists(folder.resolve(FILE));
    }

    /** The last lines of all files, oldest first; what {@link #more} gives follows them. */
    List<String> last(int count) throws IOException {
        Deque<String> lines = new ArrayDeque<>();
        int oldest = 0;
        while (Files.exists(folder.resolve(FILE + "." + (oldest + 1)))) {
            oldest++;
        }
        for (int i = oldest; i > 0; i--) {
            try (BufferedReader reader = Files.newBufferedReader(folder.resolve(FILE + "." + i))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    keep(lines, line, count);
                }
            }
        }
        more().forEach(line -> keep(lines, line, count));
        return List.copyOf(lines);
    }

    private static void keep(Deque<String> lines, String line, int count) {
        lines.add(line);
        if (lines.size() > count) {
            lines.remove();
        }
    }

    /** The lines that were added since; a line that is not complete yet comes the next time. */
    List<String> more() throws IOException {
        List<String> lines = new ArrayList<>();
        if (open != null) {
            read(lines);
        }
        Object key = currentKey();
        if (key != null && !Objects.equals(key, openKey)) {
            // Another file is being written: the rest of the old one was just read, it gets no more.
            close();
            open = FileChannel.open(folder.resolve(FILE));
            openKey = key;
            read(lines);
        }
        return lines;
    }

    /** What the file is, whatever its name; null while there is none. */
    private Object currentKey() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder.resolve(FILE), BasicFileAttributes.class);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void read(List<String> lines) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (open.read(buffer) > 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    lines.add(partial.toString(StandardCharsets.UTF_8));
                    partial.reset();
                } else {
                    partial.write(next);
                }
            }
            buffer.clear();
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
        partial.reset();
    }
}
