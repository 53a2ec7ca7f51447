package dcocpp.itest.process;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.LaunchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code charger} command as a process, the way a person starts it, on the JDK that runs the tests.
 *
 * <p>To write an end-to-end test: a JUnit 5 class named {@code …IT} in this package,
 * <pre>{@code
 * TestFolder folder = TestFolder.fresh("MyIT");
 * folder.writeConfig(Map.of("/gridLimitKW", 300));
 * try (ChargerProcess charger = ChargerProcess.run(folder)) {
 *     charger.api().post("api/sim/connectors/1/plug", null);
 *     ...
 *     charger.kill();                                       // SIGKILL; start another one on the same folder
 * }
 * }</pre>
 * What the process prints is collected in {@link #output} and in {@code output.log} of the folder. Closing ends the process by force when
 * it still lives; so does the end of the test's JVM. No fixed ports: the console listens on a free one, {@link #api} knows it; for a back
 * office on a free port put its address at {@code /chargePoint/centralSystemURI}.
 */
public final class ChargerProcess implements AutoCloseable {
    /** Long enough for a busy machine; nothing waits that long when all is well. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    private final TestFolder folder;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private final Thread lastResort;

    private ChargerProcess(TestFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
        reader = new Thread(this::collect, "itest-output");
        reader.setDaemon(true);
        reader.start();
        lastResort = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * {@code charger run} with simulated hardware, the folder's charger.json and data, the console on a free port and an open simulation
     * API; waits until it says that it runs and is healthy: its guns can be plugged and the status is whole.
     *
     * @param more further arguments, such as {@code --rate 60}
     */
    public static ChargerProcess run(TestFolder folder, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", folder.config().toString(), "--data", folder.data().toString(),
                "--hardware", "sim", "--console", "127.0.0.1:0", "--sim-open"));
        arguments.addAll(List.of(more));
        ChargerProcess charger = start(folder, arguments.toArray(String[]::new));
        try {
            charger.awaitLine("Ctrl-C stops it.*");
            charger.awaitHealthy();
            return charger;
        } catch (AssertionError e) {
            charger.close();
            throw e;
        }
    }

    /** The distribution's command with exactly these arguments; does not wait. */
    public static ChargerProcess start(TestFolder folder, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(TestFolder.distribution().resolve("charger").toString());
        line.addAll(List.of(arguments));
        return start(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), line);
    }

    /** Any command with this environment beside ours; does not wait. */
    static ChargerProcess start(TestFolder folder, Map<String, String> environment, List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).directory(folder.root().toFile());
        builder.environment().putAll(environment);
        return new ChargerProcess(folder, builder.start());
    }

    private void collect() {
        Path file = folder.root().resolve("output.log");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            // the stream of a killed process ends like this
            output.add("(" + e + ")");
        }
    }

    /** What it has printed so far, standard output and error together. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for a whole line that matches, printed now or before; fails at once when the process ends without it. */
    public Matcher awaitLine(String regex) {
        Pattern pattern = Pattern.compile(regex);
        try {
            return Await.value("line " + regex, LIMIT, () -> {
                boolean ended = !process.isAlive() && !reader.isAlive();
                Optional<Matcher> line = output.stream().map(pattern::matcher).filter(Matcher::matches).findFirst();
                return line.isPresent() || ended ? line : null;
            }).orElseThrow(() -> new AssertionError("the process has ended without the line " + regex));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n  " + String.join("\n  ", output), e);
        }
    }

    /** Its HTTP API, by address file and token. */
    public ApiClient api() {
        try {
            return ApiClient.await(folder.data(), LIMIT);
        } catch (LaunchException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Waits until it says that it is healthy: a moment after the start, when the hardware has said how it is. */
    public void awaitHealthy() {
        ApiClient api = api();
        Await.until("health", LIMIT, () -> api.get("api/health").ok());
    }

    /** Waits until the back office has accepted it and all of its so many connectors are Available. */
    public void awaitAvailable(int connectors) {
        ApiClient api = api();
        Await.until(connectors + " connectors Available", LIMIT, () -> {
            JsonNode status = api.get("api/status").require();
            return status.at("/csms/state").asText().equals("accepted") && status.at("/connectors").size() == connectors
                    && status.at("/connectors").findValuesAsText("status").stream().allMatch("Available"::equals);
        });
    }

    /** Waits until the web console asks for a login: a moment after the API. */
    public URI awaitConsole() {
        URI console = api().base().resolve("system/console/");
        HttpClient http = HttpClient.newHttpClient();
        Await.until("the console", LIMIT, () ->
                http.send(HttpRequest.newBuilder(console).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 401);
        return console;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end by itself. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + LIMIT.toSeconds() + " s\n  " + String.join("\n  ", output));
        }
        reader.join(LIMIT.toMillis());
        return process.exitValue();
    }

    /** SIGTERM, and waits for the end. */
    public int terminate() throws InterruptedException {
        // not Process.destroy, which closes our end of its output
        process.toHandle().destroy();
        return awaitExit();
    }

    /** SIGKILL, as when the power goes; the data folder is free when it returns. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
            reader.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // the JVM is going down, the hook has run
        }
    }

    /** Runs the distribution's command to its end. */
    public static Finished call(TestFolder folder, String... arguments) throws IOException, InterruptedException {
        try (ChargerProcess process = start(folder, arguments)) {
            int exitCode = process.awaitExit();
            return new Finished(exitCode, process.output());
        }
    }

    /**
     * A command that has ended.
     *
     * @param exitCode its exit code
     * @param output   all lines
     */
    public record Finished(int exitCode, List<String> output) {
        /** The lines as one text. */
        public String text() {
            return String.join("\n", output);
        }
    }
}
