package dcocpp.csms;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.IProtocol;
import org.java_websocket.protocols.Protocol;

/**
 * The least that an OCPP-J charge point is: frames out, frames in. Not with the client of the JDK: in one of a hundred connections it never
 * tells that the other end is gone.
 */
final class TestCharger implements AutoCloseable {

    private static final int SECONDS = 60;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Socket socket;

    private TestCharger(URI uri, String subprotocol, Map<String, String> headers) {
        socket = new Socket(uri, subprotocol, headers);
        boolean open;
        try {
            open = socket.connectBlocking(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!open) {
            socket.close();
            throw new CompletionException(uri + " refused the connection", null);
        }
    }

    static TestCharger connect(DemoCsms csms, String id) {
        return connectTo(csms.uri().resolve(id), "ocpp1.6");
    }

    static TestCharger connectTo(URI uri, String subprotocol) {
        return new TestCharger(uri, subprotocol, Map.of());
    }

    static TestCharger connect(DemoCsms csms, String id, String user, String password) {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new TestCharger(csms.uri().resolve(id), "ocpp1.6", Map.of("Authorization", "Basic " + login));
    }

    void send(String frame) {
        socket.send(frame);
    }

    /** The next frame from the CSMS. */
    String next() throws InterruptedException {
        String frame = received.poll(SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("nothing came within " + SECONDS + " s");
        }
        return frame;
    }

    boolean nothingWaits() {
        return received.isEmpty();
    }

    /** Sends a call and gives its answer's payload; for a CALLERROR the code. */
    String call(String id, String action, String payload) throws InterruptedException {
        send("[2,\"" + id + "\",\"" + action + "\"," + payload + "]");
        JsonArray answer = JsonParser.parseString(next()).getAsJsonArray();
        if (!answer.get(1).getAsString().equals(id)) {
            throw new AssertionError("answer " + answer + " to call " + id);
        }
        return answer.get(0).getAsInt() == 3 ? answer.get(2).toString() : answer.get(2).getAsString();
    }

    int closeCode() throws Exception {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }

    String subprotocol() {
        return socket.subprotocol();
    }

    /** Drops the connection, as a power cut would. */
    @Override
    public void close() {
        socket.getConnection().closeConnection(1006, "gone");
    }

    private final class Socket extends WebSocketClient {

        Socket(URI uri, String subprotocol, Map<String, String> headers) {
            super(uri, new Draft_6455(List.of(), List.<IProtocol>of(new Protocol(subprotocol))), headers, SECONDS * 1000);
        }

        String subprotocol() {
            IProtocol agreed = getProtocol();
            return agreed == null ? "" : agreed.getProvidedProtocol();
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            // Who opens it waits for that.
        }

        @Override
        public void onMessage(String text) {
            received.add(text);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            closed.complete(code);
        }

        @Override
        public void onError(Exception error) {
            closed.complete(1006);
        }
    }
}
