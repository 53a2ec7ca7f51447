package dcocpp.bench;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import eu.chargetime.ocpp.ClientEvents;
import eu.chargetime.ocpp.JSONClient;
import eu.chargetime.ocpp.feature.profile.ClientCoreEventHandler;
import eu.chargetime.ocpp.feature.profile.ClientCoreProfile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import dcocpp.csms.DemoCsms;
import dcocpp.ocpp.internal.core.OurClient;
import dcocpp.ocpp.internal.store.QueuedMessage.Kind;

/** A message goes to a CSMS on loopback and its answer comes back, one after the other, as OCPP wants it; the same CSMS for all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PathBenchmark {

    private DemoCsms csms;
    private Path folder;
    private OurClient ours;
    private JSONClient theirs;

    @Setup
    public void setUp() throws Exception {
        csms = DemoCsms.startEphemeral();
        folder = Files.createTempDirectory("bench");
        ours = new OurClient(csms.uri().resolve("ours"), folder);
        ours.send("BootNotification", ours.codec().newPayload().put("chargePointVendor", "v").put("chargePointModel", "m"));
        ClientCoreEventHandler nobodyCalls = (ClientCoreEventHandler) Proxy.newProxyInstance(
                PathBenchmark.class.getClassLoader(), new Class<?>[] {ClientCoreEventHandler.class}, (proxy, method, arguments) -> null);
        ClientCoreProfile core = new ClientCoreProfile(nobodyCalls);
        theirs = new JSONClient(core, "theirs");
        CompletableFuture<Void> open = new CompletableFuture<>();
        // It puts a slash between address and name itself.
        theirs.connect(csms.uri().toString().replaceFirst("/$", ""), new ClientEvents() {
            @Override
            public void connectionOpened() {
                open.complete(null);
            }

            @Override
            public void connectionClosed() {
                open.completeExceptionally(new IllegalStateException("no connection"));
            }
        });
        open.get(30, TimeUnit.SECONDS);
        theirs.send(core.createBootNotificationRequest("v", "m")).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @TearDown
    public void tearDown() throws Exception {
        ours.close();
        theirs.disconnect();
        csms.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public Object oursStatusNotification() {
        return ours.send("StatusNotification", Messages.StatusNotification.ours(ours.codec()));
    }

    @Benchmark
    public Object javaOcaOcppStatusNotification() throws Exception {
        return theirs.send(Messages.StatusNotification.theirs()).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** With the queue in the store: three commits, each forced to the disk. */
    @Benchmark
    public Object oursDurableMeterValues() {
        return ours.sendDurably(Kind.MeterValues, Messages.MeterValues.ours(ours.codec()));
    }

    /** In memory only: a power cut loses it. */
    @Benchmark
    public Object javaOcaOcppMeterValues() throws Exception {
        return theirs.send(Messages.MeterValues.theirs()).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Benchmark
    public Object oursMeterValuesInMemory() {
        return ours.send("MeterValues", Messages.MeterValues.ours(ours.codec()));
    }
}
