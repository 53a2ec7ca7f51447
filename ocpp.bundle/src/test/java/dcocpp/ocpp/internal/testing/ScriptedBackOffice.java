package dcocpp.ocpp.internal.testing;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

import dcocpp.ocppcheck.FrameCheck;

/** A WebSocket server that does only what a test tells it: for what a well-made back office cannot be made to send. */
public final class ScriptedBackOffice implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;

    private final FrameCheck check = FrameCheck.ofTest();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final Server server;
    private final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    private Session session;
    private volatile boolean subProtocol = true;
    private volatile int refusal;
    private volatile URI elsewhere;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String authorization;
    private volatile String agreed;
    private volatile URI uri;

    public ScriptedBackOffice() {
        this(null);
    }

    /** @param tls the certificate it shows and the clients it takes; null = no TLS */
    public ScriptedBackOffice(SslContextFactory.Server tls) {
        server = new Server();
        ServerConnector connector = tls == null ? new ServerConnector(server, 1, 1) : new ServerConnector(server, 1, 1, tls);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(Duration.ZERO);
            container.addMapping("/*", this::upgrade);
        }));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        uri = URI.create((tls == null ? "ws" : "wss") + "://127.0.0.1:" + connector.getLocalPort() + "/ocpp/cp%201");
    }

    private Object upgrade(ServerUpgradeRequest request, ServerUpgradeResponse response, org.eclipse.jetty.util.Callback callback) {
        authorization = request.getHeaders().get("Authorization");
        if (refusal != 0) {
            response.setStatus(refusal);
            if (elsewhere != null) {
                response.getHeaders().put("Location", elsewhere.toString());
            }
            callback.succeeded();
            return null;
        }
        if (subProtocol) {
            response.setAcceptedSubProtocol("ocpp1.6");
            agreed = "ocpp1.6";
        }
        connections.incrementAndGet();
        return new Peer();
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    public URI uri() {
        return uri;
    }

    /** Points somewhere else. */
    public void useUri(URI other) {
        uri = other;
    }

    public void withoutSubProtocol() {
        subProtocol = false;
    }

    public void refuseWith(int status) {
        refusal = status;
    }

    /** Sends whoever comes to another address. */
    public void redirect(int status, URI target) {
        refusal = status;
        elsewhere = target;
    }

    public String lastAuthorization() {
        return authorization;
    }

    public String lastSubProtocol() {
        return agreed;
    }

    /** The connection; the charge point may know of it a moment before the server does. */
    private Session session() throws InterruptedException {
        Session fresh = session == null ? opened.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS) : opened.poll();
        session = fresh == null ? session : fresh;
        if (session == null) {
            throw new AssertionError("no connection within " + TIMEOUT_SECONDS + " s");
        }
        return session;
    }

    public void send(String text) throws InterruptedException {
        check.received(text);
        session().sendText(text, Callback.NOOP);
    }

    public void sendBinary(byte[] bytes) throws InterruptedException {
        session().sendBinary(ByteBuffer.wrap(bytes), Callback.NOOP);
    }

    /** Closes the present connection. */
    public void hangUp(int code) throws InterruptedException {
        session().close(code, "scripted", Callback.NOOP);
        session = null;
    }

    /** The next text that came. */
    public String receive() throws InterruptedException {
        String text = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("the charge point sent nothing within " + TIMEOUT_SECONDS + " s");
        }
        return text;
    }

    public int closeCode() throws InterruptedException, ExecutionException, TimeoutException {
        return closeCode.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One connection; public, since Jetty calls it by method handle. */
    public final class Peer implements Session.Listener.AutoDemanding {
        @Override
        public void onWebSocketOpen(Session session) {
            opened.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            check.sent(text);
            received.add(text);
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            callback.succeed();
            closeCode.complete(code);
        }
    }
}
