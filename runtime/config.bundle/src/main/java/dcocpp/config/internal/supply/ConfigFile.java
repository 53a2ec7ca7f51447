package dcocpp.config.internal.supply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replaces charger.json so that a reader, or a power cut, sees the old text or the new one and nothing between. */
final class ConfigFile {

    /** Somebody else has changed the file. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedException(Path file) {
            super(file + " has been changed by somebody else");
        }
    }

    static final int BACKUPS_KEPT = 20;

    private final Path file;

    ConfigFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /**
     * Writes a new text. The old one is kept as the next numbered file in the folder {@code backups}.
     *
     * @param expected the text that the new one was made from
     * @param text the new text
     * @return the backup
     * @throws ChangedException if the file does not hold the expected text any more
     */
    Path replace(String expected, String text) throws IOException {
        Path target = file.toRealPath();
        demand(target, expected);
        Path backup = backup(target, expected);
        Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
        try {
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
            write(fresh, text);
            demand(target, expected);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sync(target.getParent());
        return backup;
    }

    private void demand(Path target, String expected) throws IOException {
        if (!expected.equals(new String(Files.readAllBytes(target), StandardCharsets.UTF_8))) {
            throw new ChangedException(file);
        }
    }

    private static Path backup(Path target, String text) throws IOException {
        Path folder = Files.createDirectories(target.resolveSibling("backups"));
        String name = target.getFileName().toString();
        List<Path> earlier = backups(folder, name);
        int next = earlier.isEmpty() ? 1 : number(earlier.get(earlier.size() - 1), name) + 1;
        Path backup = folder.resolve(String.format("%s.%04d", name, next));
        // Before there is anything to read in it: what the original hides, a copy of it hides too.
        Files.createFile(backup, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(target)));
        write(backup, text);
        sync(folder);
        for (int i = 0; i <= earlier.size() - BACKUPS_KEPT; i++) {
            Files.deleteIfExists(earlier.get(i));
        }
        return backup;
    }

    private static List<Path> backups(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> number(each, name) > 0).sorted(Comparator.comparingInt(each -> number(each, name))).toList();
        }
    }

    private static int number(Path backup, String name) {
        Matcher matcher = Pattern.compile(Pattern.quote(name) + "\\.(\\d{4,9})").matcher(backup.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static void write(Path path, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
