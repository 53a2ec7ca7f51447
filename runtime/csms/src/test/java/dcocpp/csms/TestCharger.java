package dcocpp.csms;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The least that an OCPP-J charge point is: frames out, frames in. */
final class TestCharger implements AutoCloseable, WebSocket.Listener {

    private static final int SECONDS = 60;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private TestCharger(WebSocket.Builder builder, URI uri) {
        socket = builder.buildAsync(uri, this).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    static TestCharger connect(DemoCsms csms, String id) {
        return new TestCharger(builder().subprotocols("ocpp1.6"), csms.uri().resolve(id));
    }

    static TestCharger connectTo(URI uri, String subprotocol) {
        return new TestCharger(subprotocol.isEmpty() ? builder() : builder().subprotocols(subprotocol), uri);
    }

    static TestCharger connect(DemoCsms csms, String id, String user, String password) {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new TestCharger(builder().subprotocols("ocpp1.6").header("Authorization", "Basic " + login), csms.uri().resolve(id));
    }

    private static WebSocket.Builder builder() {
        return HttpClient.newHttpClient().newWebSocketBuilder();
    }

    void send(String frame) {
        socket.sendText(frame, true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
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
        return socket.getSubprotocol();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
