package dcocpp.ocpp.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.ocpp.internal.testing.FileAuthority;
import dcocpp.ocpp.internal.testing.Threads;
import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Files over HTTP and HTTPS, with a server of the JDK. */
class HttpCourierTest extends TransferFixture {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void setUp() throws IOException {
        server = serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    @AfterEach
    void tearDown() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpServer serve(HttpServer http) {
        http.setExecutor(threads);
        http.createContext("/upload/", exchange -> {
            uploads.put(exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        http.createContext("/file", exchange -> answer(exchange, 200, CONTENT));
        http.start();
        return http;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void redirect(String path, String location) {
        on(path, exchange -> {
            // Whoever closes with an unread body may cut off his own answer.
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    private HttpServer secure(FileAuthority issuer, String host) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(FileAuthority.serverContext(issuer.server(host, Instant.now()))));
        return serve(https);
    }

    @Test
    void aFileOfAuthoritiesWithNoneInItTrustsNobody() throws Exception {
        assertNull(Trust.authorities(authorities()), "there is no file");
        for (String nobody : List.of("", "# the last one was deleted\n")) {
            Files.writeString(authorities(), nobody);
            String said = downloadFails("https://localhost:" + server.getAddress().getPort() + "/file").getMessage();
            assertTrue(said.contains("no server is trusted") || said.contains("No certificate"), said);
            assertThrows(Exception.class, () -> Trust.context(authorities()), "FTPS");
        }
    }

    @Test
    void aFileIsFetchedWhole() throws Exception {
        courier().download(url("/file"), target(), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(target()));
    }

    @Test
    void aFileIsBroughtAwayUnderItsNameOrUnderTheOneGiven() throws Exception {
        courier().upload(file(), url("/upload/"), new Abort());
        courier().upload(file(), url("/upload/as-you-like?sig=a%2Fb"), new Abort());
        assertEquals(List.of("PUT /upload/as-you-like?sig=a%2Fb", "PUT /upload/logs.zip"), uploads.keySet().stream().sorted().toList());
        assertArrayEquals(CONTENT, uploads.get("PUT /upload/logs.zip"));
    }

    @Test
    void userAndPasswordOfTheAddressLogIn() throws Exception {
        on("/closed", exchange -> answer(exchange,
                "Basic bWU6c2VjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401, CONTENT));
        courier().download(url("/closed").replace("//", "//me:secret@"), target(), new Abort());
        Files.delete(target());
        assertEquals(Kind.DENIED, downloadFails(url("/closed").replace("//", "//me:wrong@")).kind());
        assertEquals(Kind.DENIED, downloadFails(url("/closed")).kind());
    }

    @Test
    void whatTheServerHasNotIsAFailureThatMayPass() {
        TransferException failure = downloadFails(url("/nothing"));
        assertEquals(Kind.FAILED, failure.kind());
        assertEquals("the server answers 404", failure.getMessage());
        assertFalse(failure.permanent());
    }

    @Test
    void anUploadThatTheServerDoesNotTakeFails() {
        on("/full", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(507, -1);
            exchange.close();
        });
        assertEquals("the server answers 507",
                assertThrows(TransferException.class, () -> courier().upload(file(), url("/full"), new Abort())).getMessage());
        redirect("/moved", url("/upload/"));
        assertEquals("the server answers 302",
                assertThrows(TransferException.class, () -> courier().upload(file(), url("/moved"), new Abort())).getMessage());
        assertTrue(uploads.isEmpty());
    }

    @Test
    void nobodyThereIsAFailureThatMayPass() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertEquals(Kind.FAILED, downloadFails("http://localhost:" + port + "/file").kind());
        assertEquals(Kind.FAILED, downloadFails("http://no-such-host.invalid/file").kind());
    }

    @Test
    void aFileThatIsTooLargeIsNotTakenWhetherItsLengthIsToldOrNot() {
        on("/large", exchange -> answer(exchange, 200, content(MAX_BYTES + 1)));
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    out.write(CONTENT);
                }
            }
        });
        assertEquals(Kind.TOO_LARGE, downloadFails(url("/large")).kind());
        assertEquals(Kind.TOO_LARGE, downloadFails(url("/endless")).kind());
    }

    @Test
    void aFileThatIsTooLargeIsNotBroughtAway() throws IOException {
        Files.write(folder.resolve("big.zip"), content(MAX_BYTES + 1));
        assertEquals(Kind.TOO_LARGE, assertThrows(TransferException.class,
                () -> courier().upload(folder.resolve("big.zip"), url("/upload/"), new Abort())).kind());
    }

    @Test
    void aFileThatIsCutOffIsNotTaken() throws IOException {
        try (ServerSocket cut = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                try (Socket socket = cut.accept(); InputStream in = socket.getInputStream()) {
                    in.read(new byte[4096]);
                    socket.getOutputStream().write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nonly this".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client has gone.
                }
            });
            assertEquals(Kind.FAILED, downloadFails("http://localhost:" + cut.getLocalPort() + "/file").kind());
        }
    }

    @Test
    void redirectsAreFollowedWithinBounds() throws Exception {
        redirect("/here", "/there");
        redirect("/there", url("/file"));
        courier().download(url("/here"), target(), new Abort());
        assertArrayEquals(CONTENT, Files.readAllBytes(target()));
        Files.delete(target());
        redirect("/loop", "/loop");
        assertEquals("more than 5 redirects", downloadFails(url("/loop")).getMessage());
        redirect("/disk", "file:///etc/passwd");
        assertEquals(Kind.NOT_PERMITTED, downloadFails(url("/disk")).kind());
    }

    @Test
    void aPasswordStaysWithTheServerItWasGivenFor() throws Exception {
        HttpServer other = serve(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        try {
            List<String> seen = new CopyOnWriteArrayList<>();
            HttpHandler spy = exchange -> {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                answer(exchange, 200, CONTENT);
            };
            other.createContext("/spy", spy);
            on("/same", spy);
            redirect("/away", "http://localhost:" + other.getAddress().getPort() + "/spy");
            redirect("/stay", "/same");
            courier().download(url("/away").replace("//", "//me:secret@"), target(), new Abort());
            courier().download(url("/stay").replace("//", "//me:secret@"), target(), new Abort());
            assertEquals(List.of("null", "Basic bWU6c2VjcmV0"), seen);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aServerIsCheckedAgainstTheConfiguredAuthorities() throws Exception {
        HttpServer https = secure(authority, "localhost");
        String address = "https://localhost:" + https.getAddress().getPort();
        try {
            assertEquals(Kind.FAILED, downloadFails(address + "/file").kind(), "the Java runtime does not know the authority");
            trust(authority);
            courier().download(address + "/file", target(), new Abort());
            assertArrayEquals(CONTENT, Files.readAllBytes(target()));
            courier().upload(file(), address + "/upload/", new Abort());
            assertArrayEquals(CONTENT, uploads.get("PUT /upload/logs.zip"));
            Files.delete(target());
            trust(new FileAuthority("Somebody Else", Instant.now()));
            assertEquals(Kind.FAILED, downloadFails(address + "/file").kind());
        } finally {
            https.stop(0);
        }
    }

    @Test
    void anAuthorityWhoseCertificateHasEndedCountsNoMore() throws Exception {
        trust(new FileAuthority("Past", Instant.now().minus(Duration.ofDays(3))));
        assertTrue(downloadFails("https://localhost:1/file").getMessage().contains("no server is trusted"));
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        HttpServer https = secure(authority, "elsewhere.example");
        try {
            trust(authority);
            assertEquals(Kind.FAILED, downloadFails("https://localhost:" + https.getAddress().getPort() + "/file").kind());
        } finally {
            https.stop(0);
        }
    }

    @Test
    void httpsDoesNotBecomeHttpByARedirect() throws Exception {
        HttpServer https = secure(authority, "localhost");
        try {
            trust(authority);
            String plain = url("/file");
            https.createContext("/down", exchange -> {
                exchange.getResponseHeaders().add("Location", plain);
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            assertEquals(Kind.NOT_PERMITTED, downloadFails("https://localhost:" + https.getAddress().getPort() + "/down").kind());
        } finally {
            https.stop(0);
        }
    }

    @Test
    void whatIsNotPermittedIsNotTried() {
        Courier strict = new PolicyCourier(new TransferPolicy(EnumSet.of(Protocol.HTTPS), MAX_BYTES, Duration.ofSeconds(5),
                Duration.ofSeconds(30), authorities(), folder));
        assertEquals(Kind.NOT_PERMITTED,
                assertThrows(TransferException.class, () -> strict.check(url("/file"))).kind());
        assertEquals(Kind.NOT_PERMITTED,
                assertThrows(TransferException.class, () -> strict.download(url("/file"), target(), new Abort())).kind());
        assertEquals(Kind.NOT_PERMITTED,
                assertThrows(TransferException.class, () -> strict.upload(file(), url("/upload/"), new Abort())).kind());
        assertTrue(uploads.isEmpty());
    }

    @Test
    void aSlowServerIsLeftWhenItShallEndAndNoThreadStays() throws Exception {
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        on("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            stuck.complete(null);
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Abort abort = new Abort();
        endedBy(abort, stuck, () -> courier().download(url("/slow"), target(), abort));
        assertNothingIsLeft();
        Threads.awaitEnd("dcocpp-ocpp-http");
    }

    @Test
    void anUploadToAServerThatTakesNothingEndsWhenItShall() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> stuck = new CompletableFuture<>();
            threads.execute(() -> {
                try (Socket socket = deaf.accept()) {
                    socket.getInputStream().read();
                    stuck.complete(null);
                    end.await();
                } catch (IOException | InterruptedException e) {
                    stuck.completeExceptionally(e);
                }
            });
            Abort abort = new Abort();
            endedBy(abort, stuck, () -> {
                try {
                    courier().upload(file(), "http://localhost:" + deaf.getLocalPort() + "/upload/", abort);
                } catch (IOException e) {
                    throw new TransferException(e);
                }
            });
        }
    }
}
