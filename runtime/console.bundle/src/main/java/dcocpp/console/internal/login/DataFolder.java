package dcocpp.console.internal.login;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.osgi.framework.BundleContext;

/** The charger's data folder and the small files that this bundle keeps there. */
public record DataFolder(Path path) {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> EVERYBODY_READS = PosixFilePermissions.fromString("rw-r--r--");

    /** The folder that the launcher names; {@code data} in the working directory without one. */
    public static DataFolder of(BundleContext context) {
        String named = context.getProperty("dcocpp.data");
        return new DataFolder(Path.of(named == null || named.isBlank() ? "data" : named).toAbsolutePath().normalize());
    }

    /** A file in the folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Writes a file that only its owner may read: whole or not at all, and never readable by others in between. */
    public void writeSecret(String name, String content) throws IOException {
        write(name, content, OWNER_ONLY);
    }

    /** Writes a file: whole or not at all. */
    public void writePublic(String name, String content) throws IOException {
        write(name, content, EVERYBODY_READS);
    }

    private void write(String name, String content, Set<PosixFilePermission> permissions) throws IOException {
        Files.createDirectories(path);
        Path target = file(name);
        Path fresh = file(name + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                attributes(permissions))) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)} : new FileAttribute<?>[0];
    }
}
