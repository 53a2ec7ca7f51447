package dcocpp.ocpp.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

import javax.net.ssl.SSLContext;

import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSocket client of Jetty, with threads of its own that end with it. */
public final class JettyTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(JettyTransport.class);

    /** How long Jetty remembers an attempt that is over, real time. */
    private static final Duration ATTEMPT_KEPT = Duration.ofMinutes(1);

    /** No older version is ever agreed upon. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /**
     * What the security whitepaper asks for, the suites of TLS 1.3 first. ECDHE_RSA is there beside it: Java disables plain RSA more and
     * more, and a back office with an RSA certificate must stay within reach.
     */
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256"};

    private final WebSocketClient client;
    private final SslContextFactory.Client sockets = new Sockets();
    private final Tls tls;

    /** Jetty would warn at each start of the suites without forward secrecy, which the whitepaper asks for and a server chooses last. */
    private static final class Sockets extends SslContextFactory.Client {
        @Override
        protected void checkConfiguration() {
            // all that it looks at is set above
        }
    }

    /** @param tls whom to trust at wss */
    public JettyTransport(Tls tls) {
        this.tls = tls;
        sockets.setIncludeProtocols(PROTOCOLS);
        sockets.setExcludeProtocols();
        sockets.setIncludeCipherSuites(CIPHER_SUITES);
        sockets.setExcludeCipherSuites();
        SocketThreads threads = new SocketThreads();
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setSslContextFactory(sockets);
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        transport.setConnectionPoolFactory(destination -> {
            DuplexConnectionPool once = new DuplexConnectionPool(destination, 1);
            once.setMaxUsage(1);
            return once;
        });
        HttpClient http = new HttpClient(transport);
        http.setExecutor(threads);
        http.setName("dcocpp-ocpp-ws");
        // A redirect would take the password to whom it likes, in clear if it likes.
        http.setFollowRedirects(false);
        http.setDestinationIdleTimeout(ATTEMPT_KEPT.toMillis());
        client = new WebSocketClient(http);
        // Pings of our own watch the peer; an idle connection between heartbeats is fine.
        client.setIdleTimeout(Duration.ZERO);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the WebSocket client does not start", e);
        }
    }

    @Override
    public void connect(LinkSettings settings, Events events) {
        if ("wss".equalsIgnoreCase(settings.uri().getScheme())) {
            try {
                trust(tls.context(settings.clientCertificate()));
            } catch (IOException e) {
                events.closed(e.getMessage());
                return;
            }
        }
        try {
            ClientUpgradeRequest request = new ClientUpgradeRequest(settings.uri());
            // What answers without becoming a WebSocket is never used again: the trust and the certificate of that attempt may be past.
            request.tag(new Object());
            request.setSubProtocols(LinkSettings.SUBPROTOCOL);
            if (settings.password() != null) {
                request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials(settings)));
            }
            client.setConnectTimeout(settings.connectTimeout().toMillis());
            client.connect(new Endpoint(settings, events), request).whenComplete((session, failure) -> {
                if (failure != null) {
                    ConnectFailure.of(failure, settings.clientCertificate()).tell(events);
                }
            });
        } catch (IOException | RuntimeException e) {
            ConnectFailure.of(e, settings.clientCertificate()).tell(events);
        }
    }

    /** A key may be any bytes, which are kept as characters of Latin-1. */
    private static byte[] credentials(LinkSettings settings) {
        byte[] user = (settings.user() + ":").getBytes(StandardCharsets.UTF_8);
        byte[] password = settings.password().getBytes(StandardCharsets.ISO_8859_1);
        byte[] pair = Arrays.copyOf(user, user.length + password.length);
        System.arraycopy(password, 0, pair, user.length, password.length);
        return pair;
    }

    private void trust(SSLContext context) throws IOException {
        try {
            sockets.reload(factory -> factory.setSslContext(context));
        } catch (Exception e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    @Override
    public void close(Duration timeout) {
        client.setStopTimeout(timeout.toMillis());
        try {
            client.stop();
        } catch (Exception e) {
            LOG.warn("The WebSocket client did not stop cleanly", e);
        }
    }

    /** One connection as Jetty sees it; public, since Jetty calls it by method handle. Demands frame after frame by itself. */
    public static final class Endpoint implements Session.Listener.AutoDemanding, Connection {
        private final LinkSettings settings;
        private final Events events;
        private final StringBuilder partial = new StringBuilder();
        private boolean tooLarge;
        /** Why we end the connection ourselves; empty = we do not. */
        private volatile String refusal = "";
        private volatile Session session;

        private Endpoint(LinkSettings settings, Events events) {
            this.settings = settings;
            this.events = events;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            String agreed = opened.getUpgradeResponse().getAcceptedSubProtocol();
            if (LinkSettings.SUBPROTOCOL.equalsIgnoreCase(agreed)) {
                events.opened(this);
            } else {
                refusal = "the back office does not speak " + LinkSettings.SUBPROTOCOL + ", it agreed to "
                        + (agreed == null || agreed.isBlank() ? "no sub-protocol" : agreed);
                opened.close(StatusCode.PROTOCOL, "the sub-protocol must be " + LinkSettings.SUBPROTOCOL, Callback.NOOP);
            }
        }

        /** Collects the pieces; of what is too large nothing is kept, so that the connection survives it. */
        @Override
        public void onWebSocketPartialText(String piece, boolean last) {
            if (!tooLarge && partial.length() + piece.length() > settings.maxMessageChars()) {
                tooLarge = true;
                partial.setLength(0);
                partial.trimToSize();
            }
            if (!tooLarge) {
                partial.append(piece);
            }
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                boolean refused = tooLarge;
                tooLarge = false;
                if (refused) {
                    events.unreadable("a message may have at most " + settings.maxMessageChars() + " characters");
                } else {
                    events.text(text);
                }
            }
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer piece, boolean last, Callback callback) {
            callback.succeed();
            if (last) {
                events.unreadable("OCPP-J is text, binary messages are not read");
            }
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            events.pong();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            LOG.debug("WebSocket error", cause);
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            callback.succeed();
            events.closed(!refusal.isEmpty() ? refusal : "closed with " + code + (reason == null || reason.isBlank() ? "" : ": " + reason));
        }

        @Override
        public void send(String text) {
            session.sendText(text, Callback.from(() -> { }, failure -> {
                LOG.warn("Sending failed: {}", ConnectFailure.of(failure, settings.clientCertificate()).text());
                session.disconnect();
            }));
        }

        @Override
        public void ping() {
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }

        @Override
        public void close(int code, String reason) {
            session.close(code, reason, Callback.NOOP);
        }

        @Override
        public void abort() {
            session.disconnect();
        }
    }
}
