package dcocpp.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The HTTP API of the charger that works on a data folder: finds it by {@code api.url} and enters with {@code api.token}. */
public final class ApiClient {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int OK_FROM = 200;
    private static final int OK_BELOW = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(REQUEST_LIMIT).build();
    private final Path data;
    private final URI base;
    private final String token;

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param body   the JSON document; a text node when it is none, missing when there is none
     */
    public record Answer(int status, JsonNode body) {
        /** Whether the status says success. */
        public boolean ok() {
            return status >= OK_FROM && status < OK_BELOW;
        }

        /**
         * The document of a success.
         *
         * @throws LaunchException with the charger's own words when it refused
         */
        public JsonNode require() throws LaunchException {
            if (ok()) {
                return body;
            }
            String remedy = body.path("remedy").asText();
            throw new LaunchException(ExitCode.FAILED, body.path("error").asText("the charger answered " + status + " " + body)
                    + (remedy.isEmpty() ? "" : "; " + remedy));
        }
    }

    private ApiClient(Path data, URI base, String token) {
        this.data = data;
        this.base = base;
        this.token = token;
    }

    /** The file in which a running charger says where it listens. */
    static Path addressFile(Path data) {
        return data.resolve("api.url");
    }

    /**
     * The client for the charger on this data folder.
     *
     * @throws LaunchException when no charger has said where it listens
     */
    public static ApiClient of(Path data) throws LaunchException {
        try {
            Path token = data.resolve("api.token");
            String address = Files.readString(addressFile(data)).trim();
            return new ApiClient(data, URI.create(address.endsWith("/") ? address : address + "/"), Files.readString(token).trim());
        } catch (IOException | IllegalArgumentException e) {
            throw notRunning(data, e);
        }
    }

    /** The same, waiting until the charger answers. */
    public static ApiClient await(Path data, Duration limit) throws LaunchException {
        for (long tries = limit.dividedBy(POLL);; tries--) {
            try {
                ApiClient client = of(data);
                client.get("api/health");
                return client;
            } catch (LaunchException e) {
                if (tries <= 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Where it listens, ending in a slash, such as {@code http://127.0.0.1:8080/}. */
    public URI base() {
        return base;
    }

    /** GET of a path such as {@code api/status}. */
    public Answer get(String path) throws LaunchException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /**
     * POST of a path such as {@code api/sim/connectors/1/plug}.
     *
     * @param body a JSON document; null = none
     */
    public Answer post(String path, JsonNode body) throws LaunchException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        if (body == null) {
            return send(request.POST(HttpRequest.BodyPublishers.noBody()));
        }
        return send(request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** POST of a path such as {@code api/bundles} with the content of a file. */
    public Answer upload(String path, byte[] content) throws LaunchException {
        return send(HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    private Answer send(HttpRequest.Builder request) throws LaunchException {
        try {
            HttpResponse<String> response = http.send(request.header("Authorization", "Bearer " + token)
                    .header("Accept", "application/json").timeout(REQUEST_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), document(response.body()));
        } catch (IOException e) {
            throw notRunning(data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(ExitCode.FAILED, "interrupted", e);
        }
    }

    private static JsonNode document(String text) {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    private static LaunchException notRunning(Path data, Exception cause) {
        return new LaunchException(ExitCode.NOT_RUNNING, "no charger answers on the data folder " + data
                + "; start one with \"charger run\", or name its folder with --data", cause);
    }
}
