package dcocpp.ocpp.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that are whole or not there at all, also after a power cut. */
public final class DurableFile {

    private static final String OWNER_ONLY = "rw-------";
    private static final String ALL_READ = "rw-r--r--";

    private DurableFile() {
    }

    /**
     * Replaces the file as a whole: written beside it, forced to disk, renamed. Makes the folder if there is none.
     *
     * @param ownerOnly nobody else may read it, from its first byte on
     */
    public static void write(Path file, byte[] content, boolean ownerOnly) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = folder.resolve(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            // Before there is anything to read in it.
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(ownerOnly ? OWNER_ONLY : ALL_READ));
        }
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        move(part, file);
    }

    /** The same for text of ASCII alone, as PEM is. */
    public static void write(Path file, String ascii, boolean ownerOnly) throws IOException {
        write(file, ascii.getBytes(StandardCharsets.US_ASCII), ownerOnly);
    }

    /** Renames, durably. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The rename itself lies in the folder's own blocks.
        try (FileChannel folder = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
