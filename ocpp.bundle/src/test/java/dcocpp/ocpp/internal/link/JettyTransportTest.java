package dcocpp.ocpp.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dcocpp.ocpp.internal.testing.ScriptedBackOffice;
import dcocpp.ocpp.internal.testing.Threads;

/** The transport against a real WebSocket server on a free port. */
class JettyTransportTest {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final ScriptedBackOffice backOffice = new ScriptedBackOffice();
    private final JettyTransport transport = new JettyTransport(clientCertificate -> {
        throw new IOException("no TLS here");
    });
    private volatile Transport.Connection connection;

    @AfterEach
    void close() {
        transport.close(Duration.ofSeconds(2));
        backOffice.close();
    }

    private LinkSettings settings(URI uri, String password) {
        return new LinkSettings(uri, "cp 1", password, false, Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(5), 100_000,
                new Backoff.Settings(Duration.ofSeconds(3), Duration.ZERO, 2, Duration.ofMinutes(10)));
    }

    private void connect(String password) throws InterruptedException {
        transport.connect(settings(backOffice.uri(), password), new Transport.Events() {
            @Override
            public void opened(Transport.Connection opened) {
                connection = opened;
                events.add("opened");
            }

            @Override
            public void text(String text) {
                events.add(text);
            }

            @Override
            public void unreadable(String reason) {
                events.add("unreadable: " + reason);
            }

            @Override
            public void pong() {
                events.add("pong");
            }

            @Override
            public void closed(String reason) {
                events.add("closed: " + reason);
            }
        });
    }

    private String next() throws InterruptedException {
        return events.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void itConnectsWithTheSubProtocolAndBasicAuthentication() throws Exception {
        connect("secret-key");
        assertEquals("opened", next());
        assertEquals("ocpp1.6", backOffice.lastSubProtocol());
        assertEquals("Basic Y3AgMTpzZWNyZXQta2V5", backOffice.lastAuthorization());
    }

    @Test
    void textGoesBothWaysAndPingsAreAnswered() throws Exception {
        connect(null);
        assertEquals("opened", next());
        connection.send("[2,\"1\",\"Heartbeat\",{}]");
        assertEquals("[2,\"1\",\"Heartbeat\",{}]", backOffice.receive());
        backOffice.send("[3]");
        assertEquals("[3]", next());
        connection.ping();
        assertEquals("pong", next());
    }

    @Test
    void aMessageOf64kIsTakenAndATooLargeOneIsRefusedWithoutLosingTheConnection() throws Exception {
        connect(null);
        assertEquals("opened", next());
        String large = "x".repeat(70_000);
        backOffice.send(large);
        assertEquals(large, next());
        backOffice.send("x".repeat(100_001));
        assertTrue(next().startsWith("unreadable: a message may have at most 100000"));
        backOffice.sendBinary(new byte[] {1, 2, 3});
        assertTrue(next().startsWith("unreadable: OCPP-J is text"));
        backOffice.send("still here");
        assertEquals("still here", next());
    }

    @Test
    void aServerThatSpeaksAnotherSubProtocolIsLeft() throws Exception {
        backOffice.withoutSubProtocol();
        connect(null);
        assertEquals("closed: the back office does not speak ocpp1.6, it agreed to no sub-protocol", next());
    }

    @Test
    void aRefusalSaysWhatToDo() throws Exception {
        backOffice.refuseWith(401);
        connect("wrong");
        String reason = next();
        assertTrue(reason.contains("AuthorizationKey"), reason);
    }

    @Test
    void nobodyListeningIsAClosedAttempt() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("ws://127.0.0.1:" + socket.getLocalPort() + "/cp");
        }
        backOffice.useUri(nobody);
        connect(null);
        assertTrue(next().startsWith("closed: "));
    }

    @Test
    void closingEndsTheThreadsAndTellsThePeer() throws Exception {
        connect(null);
        assertEquals("opened", next());
        connection.close(1001, "bye");
        assertTrue(next().startsWith("closed: "));
        assertEquals(1001, backOffice.closeCode());
        transport.close(Duration.ofSeconds(30));
        assertEquals(List.of(), Threads.named("dcocpp-ocpp-ws").stream().filter(name -> !name.contains("scheduler")).toList());
        // Jetty tells its scheduler to end and does not wait for it
        Threads.awaitEnd("dcocpp-ocpp-ws");
    }
}
