package dcocpp.itest.osgi;

import dcocpp.itest.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** A browser, as far as the web console can tell: logs in, presses buttons, uploads with the form of the Bundles page. */
final class ConsoleClient {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String BOUNDARY = "----itest7d93b1";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final Path data;
    private String authorization;

    ConsoleClient(Path data) {
        this.data = data;
    }

    /** With the password that was made at the first start. */
    ConsoleClient login() throws IOException {
        return basic("admin", password());
    }

    String password() throws IOException {
        Await.until("the first password", LIMIT, () -> Files.exists(data.resolve("console.password.once")));
        return Files.readString(data.resolve("console.password.once")).trim();
    }

    ConsoleClient basic(String user, String password) {
        authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ConsoleClient token() throws IOException {
        authorization = "Bearer " + Files.readString(data.resolve("api.token")).trim();
        return this;
    }

    /**
     * @param path    below {@link #base()}, or a whole address
     * @param headers names and values in turn
     */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /** @param headers names and values in turn */
    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(form),
                append(headers, "Content-Type", "application/x-www-form-urlencoded"));
    }

    /** What the form of the Bundles page sends. */
    HttpResponse<String> upload(byte[] jar) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String field : new String[] {"action=install", "bundlestart=start", "bundlestartlevel=20", "refreshPackages=refresh"}) {
            String[] nameAndValue = field.split("=");
            text(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + nameAndValue[0] + "\"\r\n\r\n" + nameAndValue[1]
                    + "\r\n");
        }
        text(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\"bundle.jar\"\r\n"
                + "Content-Type: application/java-archive\r\n\r\n");
        body.write(jar);
        text(body, "\r\n--" + BOUNDARY + "--\r\n");
        return send("POST", "/system/console/bundles", HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()), "Content-Type",
                "multipart/form-data; boundary=" + BOUNDARY, "Origin", base(), "Sec-Fetch-Site", "same-origin");
    }

    /** Where the listener is, which has a port of its own. */
    String base() {
        return Await.value("api.url", LIMIT, () -> Files.readString(data.resolve("api.url")).trim());
    }

    private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) throws IOException,
            InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("/") ? base() + path : path)).timeout(LIMIT).method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String[] append(String[] headers, String name, String value) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    private static void text(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
