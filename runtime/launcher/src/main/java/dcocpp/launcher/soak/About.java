package dcocpp.launcher.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a report says of a run beside its samples. Stateless. */
final class About {

    private static final long GIT_SECONDS = 10;
    private static final long KB_PER_MB = 1024;

    private About() {
    }

    /**
     * All that is known before the charger runs.
     *
     * @param startedAt ISO 8601
     * @param version of the command
     */
    static SoakRecord.Run of(SoakSettings settings, String startedAt, String version) {
        return new SoakRecord.Run(startedAt, settings.command(), version, commit(settings.base()), Map.of(), machine(), settings.hardware(),
                settings.observe(), settings.seconds(), settings.warmUpSeconds(), settings.sampling().toMillis() / 1e3);
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + memory() + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }

    private static String memory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> Long.parseLong(line.split("\\s+")[1]) / KB_PER_MB + " MB, ").findFirst().orElse("");
        } catch (IOException e) {
            // another system
            return "";
        }
    }

    /** The commit of the folder that the command was called in, when it is one of the sources; else empty. */
    private static String commit(Path base) {
        String commit = git(base, "rev-parse", "HEAD");
        return commit.isEmpty() || git(base, "status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + " and changes";
    }

    private static String git(Path folder, String... arguments) {
        List<String> line = Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(arguments)).toList();
        try {
            Process git = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(git.getInputStream().readAllBytes()).strip();
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
