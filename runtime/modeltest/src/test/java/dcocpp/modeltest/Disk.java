package dcocpp.modeltest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a power cut leaves of a folder with databases. A database that syncs each commit leaves all that was committed: the file and its
 * write-ahead log as they are. One that does not leaves what the system had last written back by itself.
 */
final class Disk {
    private static final List<String> PARTS = List.of("", "-wal");

    private final Path root;
    private int generation;

    Disk(Path root) {
        this.root = root;
    }

    /** A folder that is empty, for the next life. */
    Path fresh() {
        Path folder = root.resolve("life-" + generation++);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Copies one file or database as it is at this instant, committed or not. */
    static void copy(Path from, Path to, String name) {
        try {
            for (String part : PARTS) {
                Path source = from.resolve(name + part);
                Path target = to.resolve(name + part);
                Files.createDirectories(target.getParent());
                if (Files.exists(source)) {
                    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.deleteIfExists(target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
