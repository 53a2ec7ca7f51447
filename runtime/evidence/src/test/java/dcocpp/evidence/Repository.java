package dcocpp.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/** Where the other modules have left what they did. */
final class Repository {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Path ITEST = ROOT.resolve("runtime/itest/target");
    private static final String EVERYTHING = "*IT *IT *IT *IT";

    private Repository() {
    }

    /** Skips the test that calls it when only a part of the tests ran, so that nothing can be said about the whole. */
    static void assumeWhole() {
        String reason = partial();
        Assumptions.assumeTrue(reason.isEmpty(), reason);
    }

    private static String partial() {
        if (!System.getProperty("itest.groups", EVERYTHING).equals(EVERYTHING)) {
            return "only some of the tests of the whole ran";
        }
        return Files.isDirectory(ITEST.resolve("failsafe-reports")) ? "" : "the tests of the whole did not run";
    }

    /** The folders of surefire's and failsafe's reports of all modules. */
    static List<Path> reports() {
        List<Path> folders = new ArrayList<>();
        for (Path parent : List.of(ROOT, ROOT.resolve("runtime"))) {
            list(parent).forEach(module -> folders.add(module.resolve("target/surefire-reports")));
        }
        folders.addAll(list(ITEST.resolve("failsafe-reports")));
        return folders.stream().filter(Files::isDirectory).toList();
    }

    /** The message logs of all chargers that the tests of the whole have run. */
    static List<Path> messageLogs() {
        try (Stream<Path> files = Files.walk(ITEST.resolve("work"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("ocpp.jsonl")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
