package dcocpp.itest.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;

/**
 * A CSMS that others wrote, in another language: {@code ocpp-rpc} on Node.js in its strict mode, which checks every message of both
 * directions against the JSON schemas of the Open Charge Alliance. It is a process of its own ({@code src/test/strict-csms/server.js}),
 * listens on a free port of the loopback interface and ends with {@link #close} or with the test's JVM.
 */
final class StrictCsms implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** For all that comes over the network when npm's cache is empty. */
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer orders;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastOrder = new AtomicInteger();

    private StrictCsms(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "itest-strict-csms");
        reader.setDaemon(true);
        reader.start();
    }

    /** Installs what it needs from the npm registry, or its cache, and starts it. */
    static StrictCsms start(TestFolder folder) throws IOException, InterruptedException {
        Path source = TestFolder.repository().resolve("runtime/itest/src/test/strict-csms");
        Path home = Files.createDirectories(folder.root().resolve("strict-csms"));
        for (String file : List.of("package.json", "package-lock.json", "server.js")) {
            Files.copy(source.resolve(file), home.resolve(file));
        }
        run(home, INSTALL_LIMIT, "npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline");
        return new StrictCsms(new ProcessBuilder("node", "server.js").directory(home.toFile())
                .redirectError(home.resolve("error.log").toFile()).start());
    }

    /** Runs a command to its end; neither it nor a process that it has started is left when it fails or takes too long. */
    static void run(Path home, Duration limit, String... command) throws IOException, InterruptedException {
        Path log = home.resolve(command[0] + ".log");
        Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        } finally {
            if (!ended) {
                // A process whose parent is gone is nobody's descendant any more: they are found first.
                List<ProcessHandle> descendants = process.descendants().toList();
                process.destroyForcibly();
                descendants.forEach(ProcessHandle::destroyForcibly);
            }
        }
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + (ended ? " failed:\n" : " takes too long:\n") + Files.readString(log));
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(JSON.readTree(line));
            }
        } catch (IOException e) {
            events.add(JSON.createObjectNode().put("event", "violation").put("what", "output").put("reason", e.toString()));
        }
    }

    /** The address that {@code centralSystemURI} needs. */
    URI uri() {
        return URI.create("ws://127.0.0.1:" + await("listening", event -> true).get("port").asInt() + "/");
    }

    /** The first event of this name that fits, now or within the limit. */
    JsonNode await(String name, Predicate<JsonNode> fits) {
        return Await.value(name, LIMIT, () -> events.stream().filter(event -> event.get("event").asText().equals(name)).filter(fits)
                .findFirst().orElse(null));
    }

    /** Sends a call to the charge point and returns the event of its answer, with {@code result} or {@code error}. */
    JsonNode call(String method, String params) throws IOException {
        int id = lastOrder.incrementAndGet();
        orders.write("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}\n");
        orders.flush();
        return await("answer", event -> event.get("id").asInt() == id);
    }

    /** Waits for a call of the charge point and returns its payload. */
    JsonNode awaitCall(String action, Predicate<JsonNode> fits) {
        return await("frame", event -> isCall(event, action) && fits.test(event.at("/frame/3"))).at("/frame/3");
    }

    /** The payloads of all calls of this action so far. */
    List<JsonNode> calls(String action) {
        return events.stream().filter(event -> isCall(event, action)).map(event -> event.at("/frame/3")).toList();
    }

    private static boolean isCall(JsonNode event, String action) {
        return event.get("event").asText().equals("frame") && event.get("direction").asText().equals("in")
                && event.at("/frame/0").asInt() == 2 && event.at("/frame/2").asText().equals(action);
    }

    /** Messages that broke the schemas, of either side. */
    List<JsonNode> violations() {
        return events.stream().filter(event -> event.get("event").asText().equals("violation")).toList();
    }

    @Override
    public void close() throws IOException {
        // It ends with its standard input; by force where it does not see that.
        orders.close();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join().destroyForcibly();
    }
}
