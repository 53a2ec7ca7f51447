package dcocpp.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.traffic.ApiHands;
import dcocpp.launcher.traffic.Traffic;
import dcocpp.launcher.traffic.Visits;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** Cars that come and go at a charger with simulated hardware, on the terminal, until somebody has seen enough. */
final class LiveDemo {

    private static final URI EPHEMERAL = URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/");
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_PER_SIZE = 8;
    /** Between two lines where there is no terminal: not more than a log can bear. */
    private static final int LOOKS_PER_LINE = 8;
    private static final int MESSAGES = 20;
    /** So that there are always some guns without a car, whose modules help others. */
    private static final double SHORT_STAY_SECONDS = 1200;
    private static final double LONG_STAY_SECONDS = 2400;
    private static final double GAP_SECONDS = 600;
    private static final long SEED = 12;
    private static final double MILLIS = 1e3;

    private final DemoSettings settings;
    private final Path home;
    private final PrintWriter out;
    private final Clock real;
    private final ConcurrentLinkedDeque<OcppMessage> messages = new ConcurrentLinkedDeque<>();
    private volatile boolean enough;

    /** @param real the clock on the wall, on which the demonstration is faster */
    LiveDemo(DemoSettings settings, Path home, PrintWriter out, Clock real) {
        this.settings = settings;
        this.home = home;
        this.out = out;
        this.real = real;
    }

    /** Ends it in good order. Any thread. */
    void enough() {
        enough = true;
    }

    /** Runs it until the limit of its settings, by the clock on the wall, or until it is {@link #enough}. */
    void run() throws LaunchException, InterruptedException {
        if (settings.terminal()) {
            // what the charger warns of would tear the picture; the log file has it
            System.setProperty("dcocpp.terminal.level", "OFF");
        }
        Clock clock = new RatedClock(real, settings.rate());
        try (DemoCsms csms = DemoCsms.start(EPHEMERAL, CsmsPolicy.acceptAll(), clock)) {
            DemoFolder folder = DemoFolder.create(settings.workspace(), settings.config(), csms.uri());
            csms.addListener(this::heard);
            String id = new ObjectMapper().readTree(folder.config().toFile()).at("/chargePoint/id").asText();
            try (HttpDemoCharger charger = HttpDemoCharger.start(home, folder.config(), folder.data(), settings.rate())) {
                Visits visits = new Visits(new Random(SEED), SHORT_STAY_SECONDS, LONG_STAY_SECONDS, GAP_SECONDS);
                show(charger.api(), new Traffic(visits, new ApiHands(charger::api, csms, id), (gun, why) -> { }), clock);
            } finally {
                folder.delete();
            }
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the demonstration cannot run: " + e.getMessage(), e);
        }
    }

    /** Heartbeats and empty answers say nothing to a person. */
    private void heard(OcppMessage message) {
        if (!message.action().equals("Heartbeat") && !message.payload().equals("{}")) {
            messages.add(message);
            while (messages.size() > MESSAGES) {
                messages.poll();
            }
        }
    }

    private void show(ApiClient api, Traffic traffic, Clock clock) throws LaunchException, InterruptedException {
        Terminal terminal = new Terminal(out);
        Instant begun = clock.instant();
        Instant last = real.instant().plus(settings.limit());
        Terminal.Size size = Terminal.Size.USUAL;
        try {
            for (long look = 0; !enough && real.instant().isBefore(last); look++) {
                JsonNode status = api.get("api/status").require();
                traffic.look(status, Duration.between(begun, clock.instant()).toMillis() / MILLIS);
                DemoScreen.View view = new DemoScreen.View(clock.instant(), settings.rate(), status, api.get("api/plan").body(),
                        api.get("api/sim/connectors").body(), List.copyOf(messages));
                if (settings.terminal()) {
                    size = look % LOOKS_PER_SIZE == 0 ? Terminal.size() : size;
                    terminal.show(DemoScreen.lines(view, size.rows(), size.columns()));
                } else if (look % LOOKS_PER_LINE == 0) {
                    out.println(DemoScreen.summary(view));
                    out.flush();
                }
                pause();
            }
        } finally {
            terminal.end();
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(LOOK.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
