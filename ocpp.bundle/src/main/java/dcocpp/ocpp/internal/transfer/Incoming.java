package dcocpp.ocpp.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dcocpp.ocpp.internal.store.DurableFile;
import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Writes what comes to a file that is whole or not there at all, also after a power cut. */
final class Incoming {
    private static final int CHUNK = 64 * 1024;

    private Incoming() {
    }

    /**
     * Reads to the end.
     *
     * @param maxBytes the file may have
     */
    static void receive(InputStream in, Path target, long maxBytes, Abort abort) throws IOException, TransferException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                byte[] chunk = new byte[CHUNK];
                long length = 0;
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    abort.check();
                    length += read;
                    if (length > maxBytes) {
                        throw tooLarge(maxBytes);
                    }
                    ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                }
                out.force(true);
            }
            abort.check();
            DurableFile.move(part, target);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static TransferException tooLarge(long maxBytes) {
        return new TransferException(Kind.TOO_LARGE, "the file is larger than uploads.maxBytes, " + maxBytes);
    }
}
