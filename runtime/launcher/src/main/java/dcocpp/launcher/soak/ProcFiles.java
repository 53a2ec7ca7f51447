package dcocpp.launcher.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What Linux tells of a process in {@code /proc}; nothing on other systems and of other users' processes. */
final class ProcFiles {

    private static final double BYTES_PER_KB = 1024;

    private final Path folder;

    /** @param root {@code /proc} */
    ProcFiles(Path root, long pid) {
        folder = root.resolve(Long.toString(pid));
    }

    /** Memory of the process that is in RAM, bytes. */
    OptionalDouble rssBytes() {
        try (Stream<String> lines = Files.lines(folder.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).map(line -> line.split("\\s+"))
                    .mapToDouble(words -> Double.parseDouble(words[1]) * BYTES_PER_KB).findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Open sockets. A file that is closed while they are counted is none. */
    OptionalDouble sockets() {
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            List<Path> all = files.toList();
            return OptionalDouble.of(all.stream().filter(ProcFiles::isSocket).count());
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}
