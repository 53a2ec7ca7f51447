package dcocpp.launcher.soak;

import dcocpp.launcher.ApiClient;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The charger that is watched: a process of its own, started here or by somebody else. Not thread-safe. */
final class WatchedCharger implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** Ctrl-C goes to all of a terminal's processes; this one is stopped when its last transaction has been told. */
    private static final String DEAF_TO_CTRL_C = "trap '' INT; exec \"$0\" \"$@\"";

    private final Path data;
    private final Process process;
    private final Path output;
    private ApiClient api;

    private WatchedCharger(Path data, Process process, Path output, ApiClient api) {
        this.data = data;
        this.process = process;
        this.output = output;
        this.api = api;
    }

    /**
     * Starts the distribution's charger; returns when its API answers.
     *
     * @param output file for what it prints
     */
    static WatchedCharger start(Path home, Path config, Path data, String hardware, Path output) throws LaunchException {
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", DEAF_TO_CTRL_C, home.resolve("charger").toString(), "run", "--config",
                config.toString(), "--data", data.toString(), "--hardware", hardware, "--console", "127.0.0.1:0"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the charger cannot be started: " + e.getMessage(), e);
        }
        for (long tries = START_LIMIT.toSeconds(); tries > 0 && process.isAlive(); tries--) {
            try {
                ApiClient api = ApiClient.await(data, A_WHILE);
                if (api.get("api/process").require().path("pid").asLong() == process.pid()) {
                    return new WatchedCharger(data, process, output, api);
                }
                // another one works on this folder; ours will find that out
                LockSupport.parkNanos(A_WHILE.toNanos());
            } catch (LaunchException e) {
                // not yet
            }
        }
        process.destroyForcibly();
        throw new LaunchException(ExitCode.FAILED, "the charger has not come up; see " + output);
    }

    /** Watches one that runs. */
    static WatchedCharger attach(Path data) throws LaunchException {
        return new WatchedCharger(data, null, null, ApiClient.of(data));
    }

    /** Its API. */
    ApiClient api() {
        return api;
    }

    /** After it did not answer: its API under the address that it has now. Fails when it has not come back within two minutes. */
    void again() throws LaunchException {
        if (process != null && !process.isAlive()) {
            throw new LaunchException(ExitCode.FAILED, "the charger's process has ended with exit code " + process.exitValue());
        }
        api = ApiClient.await(data, START_LIMIT);
    }

    Path log() {
        return data.resolve("log").resolve("charger.log");
    }

    /**
     * Stops it when it was started here.
     *
     * @return how that went: its last word, {@code stopped} when all was in good order, or why there is none; empty when it goes on because
     *         somebody else has started it
     */
    String stop() throws InterruptedException {
        if (process == null) {
            return "";
        }
        boolean ran = process.isAlive();
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            return "still running after " + STOP_LIMIT.toSeconds() + " s";
        }
        if (!ran) {
            return "had ended before, with exit code " + process.exitValue();
        }
        try {
            List<String> said = Files.readAllLines(output);
            return said.isEmpty() ? "" : said.get(said.size() - 1);
        } catch (IOException e) {
            return "its output cannot be read: " + e.getMessage();
        }
    }

    /** By force when it still runs and was started here. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
