package dcocpp.csms;

import eu.chargetime.ocpp.AuthenticationException;
import eu.chargetime.ocpp.ISessionFactory;
import eu.chargetime.ocpp.JSONCommunicator;
import eu.chargetime.ocpp.Listener;
import eu.chargetime.ocpp.ListenerEvents;
import eu.chargetime.ocpp.model.SessionInformation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/**
 * The library's place for a listener, filled anew: its own one tells neither the port it got nor that it could not
 * bind, and shows nobody the frames.
 */
final class LinkListener implements Listener {

    private static final String SUBPROTOCOL = "ocpp1.6";
    private static final int BIND_SECONDS = 10;
    private static final int STOP_MILLIS = 2000;
    private static final int REMINDER_MILLIS = 20;

    private final ISessionFactory sessions;
    private final FrameLog log;
    private final Faults faults;
    private final String pathPrefix;
    private final Map<WebSocket, Link> links = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final ScheduledExecutorService reminder = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dcocpp-csms-reminder");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Server server;

    LinkListener(ISessionFactory sessions, FrameLog log, Faults faults, String pathPrefix) {
        this.sessions = sessions;
        this.log = log;
        this.faults = faults;
        this.pathPrefix = pathPrefix;
    }

    @Override
    public void open(String host, int wantedPort, ListenerEvents events) {
        server = new Server(new InetSocketAddress(host, wantedPort), events);
        server.setReuseAddr(true);
        server.setTcpNoDelay(true);
        server.setDaemon(true);
        server.start();
        reminder.scheduleWithFixedDelay(this::remind, REMINDER_MILLIS, REMINDER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Java-WebSocket 1.6.0 forgets a frame when its selector thread, done with the frame before, takes back the wish to
     * write in the moment in which a worker thread utters it anew; the frame then lies there until something else
     * happens on that socket. So the wish is repeated for whoever still has frames to write.
     */
    private void remind() {
        Server running = server;
        if (running != null) {
            links.keySet().stream().filter(WebSocket::hasBufferedData).forEach(running::onWriteDemand);
        }
    }

    /** The port that was bound, which takes a moment after {@link #open}. */
    int port() throws IOException {
        try {
            return port.get(BIND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException notBound) {
            throw new IOException(notBound.getCause().getMessage(), notBound.getCause());
        } catch (TimeoutException tooLong) {
            throw new IOException("the socket was not bound within " + BIND_SECONDS + " s", tooLong);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding", interrupted);
        }
    }

    @Override
    public void close() {
        Server running = server;
        if (running == null) {
            return;
        }
        server = null;
        reminder.shutdown();
        try {
            running.stop(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isClosed() {
        return server == null;
    }

    @Override
    public void setAsyncRequestHandler(boolean async) {
        if (async) {
            throw new UnsupportedOperationException("frames are worked on in their order, so not asynchronously");
        }
    }

    Stream<Link> links() {
        return links.values().stream();
    }

    private final class Server extends WebSocketServer {

        private final ListenerEvents events;

        Server(InetSocketAddress address, ListenerEvents events) {
            super(address, 2, drafts());
            this.events = events;
        }

        @Override
        public void onStart() {
            port.complete(getPort());
        }

        @Override
        public void onError(WebSocket socket, Exception error) {
            // Only the start concerns us: an error of a link is followed by its onClose.
            port.completeExceptionally(error);
        }

        @Override
        public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
                WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
            String id = ChargePointPath.id(pathPrefix, request.getResourceDescriptor())
                    .filter(any -> !faults.isUnreachable())
                    .orElseThrow(() -> new InvalidDataException(CloseFrame.REFUSE, "no charge point at this path"));
            String offered = request.getFieldValue("Sec-WebSocket-Protocol");
            if (!offered.isEmpty() && Stream.of(offered.split(",")).map(String::trim).noneMatch(SUBPROTOCOL::equals)) {
                throw new InvalidDataException(CloseFrame.REFUSE, "only " + SUBPROTOCOL + " is spoken here");
            }
            Optional<String[]> login = basicLogin(request.getFieldValue("Authorization"));
            try {
                events.authenticateSession(new SessionInformation.Builder().Identifier(id).build(),
                        login.map(l -> l[0]).orElse(null),
                        login.map(l -> l[1].getBytes(StandardCharsets.UTF_8)).orElse(null));
            } catch (AuthenticationException refused) {
                throw new InvalidDataException(CloseFrame.REFUSE, refused.getMessage());
            }
            return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake request) {
            String id = ChargePointPath.id(pathPrefix, request.getResourceDescriptor()).orElseThrow();
            // A charge point has one link: whoever connects anew has lost the old one, whether we noticed or not.
            links().filter(old -> old.chargePointId().equals(id)).forEach(Link::disconnect);
            Link link = new Link(socket, id, log, faults);
            links.put(socket, link);
            events.newSession(sessions.createSession(new JSONCommunicator(link)), new SessionInformation.Builder()
                    .Identifier(id).InternetAddress(socket.getRemoteSocketAddress()).build());
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            links.get(socket).received(text);
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            Link link = links.remove(socket);
            if (link != null) {
                link.lost();
            }
        }
    }

    private static List<Draft> drafts() {
        return List.of(new Draft_6455(List.of(), List.of(new Protocol(SUBPROTOCOL), new Protocol(""))));
    }

    private static Optional<String[]> basicLogin(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new String[] {text.substring(0, colon), text.substring(colon + 1)});
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
