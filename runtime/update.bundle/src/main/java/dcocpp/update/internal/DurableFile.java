package dcocpp.update.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes files that are whole or not there at all, also after a power cut. */
final class DurableFile {

    private static final String UNFINISHED = ".part";

    private DurableFile() {
    }

    static void write(Path target, byte[] content) throws IOException {
        Path part = part(target);
        try (FileChannel out = open(part)) {
            put(out, content, content.length);
            out.force(true);
        }
        move(part, target);
    }

    /** Copies into the folder under the name {@code <sha256>.jar}; a file that is there already is the same. */
    static Path addByHash(Path source, Path folder) throws IOException {
        Path part = Files.createTempFile(folder, "incoming", UNFINISHED);
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(source); FileChannel out = open(part)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                put(out, buffer, read);
            }
            out.force(true);
        }
        Path target = folder.resolve(HexFormat.of().formatHex(digest.digest()) + ".jar");
        move(part, target);
        return target;
    }

    static boolean unfinished(Path file) {
        return file.getFileName().toString().endsWith(UNFINISHED);
    }

    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + UNFINISHED);
    }

    private static FileChannel open(Path part) throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static void put(FileChannel out, byte[] content, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content, 0, length);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The rename itself lies in the folder's own blocks.
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
