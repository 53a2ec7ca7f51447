package dcocpp.launcher.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.ConfigCopy;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.traffic.ApiHands;
import dcocpp.launcher.traffic.Traffic;
import dcocpp.launcher.traffic.Visits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One run: the charger, its traffic, its samples. Not thread-safe but for {@link #endEarly}. */
final class SoakRun {

    private static final long STEP_NANOS = 500_000_000;
    private static final double NANOS = 1e9;
    private static final double WIND_DOWN_SECONDS = 300;
    private static final double HEALTHY_SECONDS = 60;
    private static final double SAY_SECONDS = 60;
    private static final long SEED = 20;

    private final SoakSettings settings;
    private final LongSupplier nanoTime;
    private final PrintWriter out;
    private final Tally tally = new Tally();
    private volatile boolean early;
    private RecordFile file;
    private WatchedCharger charger;
    private DemoCsms csms;
    private Traffic traffic;
    private Programme programme;
    private LogErrors log;
    private long beginNanos;
    private double nextSampleSeconds;
    private double nextCollectionSeconds;
    private double nextSaySeconds = SAY_SECONDS;

    /** @param nanoTime real time that never jumps, ns */
    SoakRun(SoakSettings settings, LongSupplier nanoTime, PrintWriter out) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.out = out;
    }

    /** Ends the run before its time, in good order. Any thread. */
    void endEarly() {
        early = true;
    }

    /**
     * Runs to the end. What is recorded up to a failure is in the record.
     *
     * @throws LaunchException when it cannot begin
     */
    void run(SoakRecord.Run about) throws LaunchException, IOException, InterruptedException {
        charger = settings.observe() ? WatchedCharger.attach(settings.data()) : null;
        try (RecordFile record = RecordFile.create(settings.out())) {
            file = record;
            if (settings.observe()) {
                watch(about);
            } else {
                try (DemoCsms own = DemoCsms.startEphemeral()) {
                    csms = own;
                    drive(about);
                }
            }
        }
    }

    private void drive(SoakRecord.Run about) throws LaunchException, IOException, InterruptedException {
        Path config = ConfigCopy.of(settings.config(), settings.out().resolve("configs"), json -> {
            json.withObjectProperty("chargePoint").put("centralSystemURI", csms.uri().toString());
            json.withObjectProperty("update").put("allowUnsigned", true);
        });
        String id = new ObjectMapper().readTree(config.toFile()).at("/chargePoint/id").asText();
        charger = WatchedCharger.start(settings.home(), config, settings.data(), settings.hardware(), settings.out().resolve("charger.out"));
        Supplier<ApiClient> api = () -> charger.api();
        try (Disturbances disturbances = new Disturbances(api, csms, id, settings.home(), settings.out())) {
            if (settings.simulated()) {
                traffic = new Traffic(visits(), new ApiHands(api::get, csms, id), (gun, why) -> { });
            }
            programme = new Programme(settings.seconds(), again(disturbances), once(disturbances), this::write);
            watch(about);
        } finally {
            charger.close();
        }
    }

    private Visits visits() {
        double seconds = settings.seconds();
        double brief = Math.max(50, Math.min(240, seconds / 20));
        return new Visits(new Random(SEED), brief, Math.max(150, Math.min(7500, seconds / 2.2)), brief / 5);
    }

    private List<Supplier<Disturbance>> again(Disturbances disturbances) {
        if (!settings.simulated()) {
            return List.of(disturbances::planner, disturbances::linkLoss, disturbances::ocpp);
        }
        return List.of(disturbances::planner, () -> disturbances.silence(1), disturbances::linkLoss, () -> disturbances.hot(2),
                disturbances::ocpp, () -> disturbances.meter(3), () -> disturbances.silence(5), () -> disturbances.isolation(7));
    }

    private List<Supplier<Disturbance>> once(Disturbances disturbances) {
        return settings.simulated() ? List.of(disturbances::softReset, () -> disturbances.emergencyStop(6)) : List.of();
    }

    private void watch(SoakRecord.Run about) throws LaunchException, IOException, InterruptedException {
        awaitHealth();
        beginNanos = nanoTime.getAsLong();
        log = LogErrors.fromHere(charger.log());
        tally.begin(charger.api());
        Map<String, String> bundles = new TreeMap<>();
        status().path("bundles").forEach(bundle -> bundles.put(bundle.path("name").asText(), bundle.path("version").asText()));
        file.write(about.with(bundles));
        say("from here on %s; the record is %s", settings.observe() ? "the charger is watched" : "there is traffic",
                settings.out().resolve(RecordFile.NAME));
        double trafficSeconds = 0;
        String trouble = "";
        try {
            while (seconds() < settings.seconds() && !early) {
                step();
            }
            trafficSeconds = seconds();
            say(early ? "ended early" : "the time is over");
            windDown();
            sample(status(), seconds(), true);
        } catch (LaunchException | IOException e) {
            trouble = e.getMessage();
            say("the run has failed: %s", trouble);
            trafficSeconds = trafficSeconds == 0 ? seconds() : trafficSeconds;
        }
        finish(trafficSeconds, trouble);
    }

    private void finish(double trafficSeconds, String trouble) throws LaunchException, InterruptedException {
        double endSeconds = seconds();
        String lastWord = charger.stop();
        for (SoakRecord.Transaction transaction : tally.beside(csms == null ? List.of() : csms.transactions())) {
            file.write(transaction);
        }
        file.write(new SoakRecord.End(endSeconds, trafficSeconds, early, csms != null, csms == null ? 0 : csms.failedStops().size(),
                traffic == null ? 0 : traffic.sentAway(), lastWord, trouble));
    }

    private void awaitHealth() throws LaunchException, InterruptedException {
        long began = nanoTime.getAsLong();
        while (!charger.api().get("api/health").ok()) {
            if ((nanoTime.getAsLong() - began) / NANOS > HEALTHY_SECONDS) {
                throw new LaunchException(ExitCode.FAILED, "the charger is not healthy after " + HEALTHY_SECONDS + " s; see " + charger.log());
            }
            pause();
        }
    }

    /** Cars leave, disturbances end, everything is told. Nothing of that is the last word: the verdict looks at the record. */
    private void windDown() throws LaunchException, IOException, InterruptedException {
        if (settings.observe()) {
            return;
        }
        if (traffic != null) {
            traffic.close();
        }
        double limit = seconds() + WIND_DOWN_SECONDS;
        while (seconds() < limit) {
            JsonNode status = step();
            boolean told = status.at("/csms/queuedMessages").asInt() == 0 && tally.running() == 0;
            if (told && programme.quiet() && (traffic == null || traffic.closed(status))) {
                return;
            }
        }
    }

    private JsonNode step() throws LaunchException, IOException, InterruptedException {
        pause();
        double now = seconds();
        try {
            JsonNode status = status();
            if (traffic != null) {
                traffic.look(status, now);
            }
            if (programme != null) {
                programme.look(now);
            }
            for (String error : log.more()) {
                file.write(new SoakRecord.Complaint(now, error));
            }
            if (now >= nextSampleSeconds) {
                double each = settings.sampling().toMillis() / 1e3;
                nextSampleSeconds += each * Math.ceil((now - nextSampleSeconds + 1e-3) / each);
                boolean collect = !settings.observe() && now >= nextCollectionSeconds;
                nextCollectionSeconds += collect ? settings.collectionSeconds() : 0;
                sample(status, now, collect);
            }
            return status;
        } catch (LaunchException e) {
            if (e.exitCode() != ExitCode.NOT_RUNNING) {
                throw e;
            }
            charger.again();
            write(new SoakRecord.Event(now, "no answer", "the charger's API did not answer", seconds() - now));
            return status();
        }
    }

    private void sample(JsonNode status, double now, boolean collect) throws LaunchException {
        tally.read(charger.api());
        OptionalLong csmsWh = csms == null ? OptionalLong.empty() : OptionalLong.of(csms.transactions().stream()
                .map(CsmsTransaction::energyWh).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong).sum());
        Sample sample = Probe.take(charger.api(), status, tally, csmsWh, now, collect);
        file.write(sample);
        if (now >= nextSaySeconds) {
            nextSaySeconds += SAY_SECONDS;
            long charging = sample.statuses().stream().filter("Charging"::equals).count();
            say("%6.0f s  %d guns charge with %.0f kW, RSS %.0f MB, %.0f threads%s", now, charging, sample.figure(Figure.POWER_W).orElse(0) / 1e3,
                    sample.figure(Figure.RSS_BYTES).orElse(0) / 1e6, sample.figure(Figure.THREADS).orElse(0),
                    sample.faults().isEmpty() ? "" : ", faults " + String.join(" ", sample.faults()));
        }
    }

    private JsonNode status() throws LaunchException {
        return charger.api().get("api/status").require();
    }

    private void write(SoakRecord.Event event) throws LaunchException {
        file.write(event);
        say("%6.0f s  %s (%s)%s", event.atSeconds(), event.kind(), event.detail(),
                event.over() ? String.format(Locale.ROOT, ", over after %.0f s", event.tookSeconds()) : "");
    }

    private double seconds() {
        return (nanoTime.getAsLong() - beginNanos) / NANOS;
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(STEP_NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
