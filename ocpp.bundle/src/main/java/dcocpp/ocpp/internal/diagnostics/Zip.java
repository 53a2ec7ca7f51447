package dcocpp.ocpp.internal.diagnostics;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip of text files that knows when it has become as large as it may. */
final class Zip implements Closeable {
    /** For what the compression still holds back, and the table of contents. */
    private static final long RESERVE = 128 * 1024;

    private final Counter counter;
    private final ZipOutputStream out;
    private final long maxBytes;

    private static final class Counter extends FilterOutputStream {
        private long count;

        private Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    Zip(Path file, long maxBytes) throws IOException {
        counter = new Counter(new BufferedOutputStream(Files.newOutputStream(file)));
        out = new ZipOutputStream(counter, StandardCharsets.UTF_8);
        this.maxBytes = maxBytes;
    }

    /** Nothing of length can be added any more. */
    boolean full() {
        return counter.count > Math.max(maxBytes - RESERVE, maxBytes / 2);
    }

    void begin(String name) throws IOException {
        out.putNextEntry(new ZipEntry(name));
    }

    void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    void end() throws IOException {
        out.closeEntry();
    }

    void text(String name, String content) throws IOException {
        begin(name);
        line(content);
        end();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
