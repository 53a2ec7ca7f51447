package dcocpp.launcher.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.demo.EnergyWitness.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A charger of a few lines: it charges two percent at each look, and tells the CSMS over a real WebSocket. */
class FakeCharger implements DemoCharger, WebSocket.Listener {

    private static final long START_MILLI_WH = 7_000_499;
    private static final long STEP_MILLI_WH = 1_234_567;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private String status;
    private boolean active;
    private String phase = "";
    private double soc;
    private long registerMilliWh = START_MILLI_WH;
    private Span journal;
    private int calls;

    FakeCharger(Path config, String firstStatus) throws LaunchException {
        try {
            URI csms = URI.create(new ObjectMapper().readTree(config.toFile()).at("/chargePoint/centralSystemURI").asText());
            socket = HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("ocpp1.6")
                    .buildAsync(csms.resolve("fake"), this).join();
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "no configuration", e);
        }
        call("BootNotification", "{\"chargePointVendor\":\"V\",\"chargePointModel\":\"M\"}");
        status(firstStatus);
    }

    @Override
    public ChargerView view() {
        if (active && status.equals("Charging")) {
            soc += 2;
            registerMilliWh += STEP_MILLI_WH;
        }
        return new ChargerView("accepted", 0, List.of(new ChargerView.Connector(1, status, "because it is a test", phase,
                active, registerMilliWh - START_MILLI_WH, soc, active ? 150_000 : 0, 400, 375)));
    }

    @Override
    public long meterMilliWh(int connectorId) {
        return registerMilliWh;
    }

    @Override
    public void plug(int connectorId, double socPercent) {
        soc = socPercent;
        status("Preparing");
    }

    final void fault() {
        status("Faulted");
    }

    final void endSession() {
        phase = "ended";
    }

    @Override
    public void unplug(int connectorId) {
        status("Available");
    }

    @Override
    public void swipe(int connectorId, String idTag) {
        if (active) {
            active = false;
            journal = new Span(START_MILLI_WH, registerMilliWh);
            call("StopTransaction", String.format(Locale.ROOT,
                    "{\"transactionId\":1,\"meterStop\":%d,\"timestamp\":\"2030-01-01T10:30:00Z\"}", registerMilliWh / 1000));
            status("Finishing");
        } else {
            active = true;
            call("StartTransaction", String.format(Locale.ROOT,
                    "{\"connectorId\":1,\"idTag\":\"%s\",\"meterStart\":%d,\"timestamp\":\"2030-01-01T10:00:00Z\"}", idTag,
                    registerMilliWh / 1000));
            status("Charging");
        }
    }

    @Override
    public Optional<Span> journalMilliWh(int connectorId) {
        return Optional.ofNullable(journal);
    }

    private void status(String next) {
        status = next;
        call("StatusNotification", "{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"" + next + "\"}");
    }

    private void call(String action, String payload) {
        socket.sendText("[2,\"" + (++calls) + "\",\"" + action + "\"," + payload + "]", true).join();
        try {
            if (answers.poll(10, TimeUnit.SECONDS) == null) {
                throw new AssertionError("no answer to " + action);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        answers.add(data.toString());
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
