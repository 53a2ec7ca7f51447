package dcocpp.bench;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import eu.chargetime.ocpp.ClientEvents;
import eu.chargetime.ocpp.JSONClient;
import eu.chargetime.ocpp.OccurenceConstraintException;
import eu.chargetime.ocpp.UnsupportedFeatureException;
import eu.chargetime.ocpp.feature.profile.ClientCoreEventHandler;
import eu.chargetime.ocpp.feature.profile.ClientCoreProfile;
import eu.chargetime.ocpp.model.Confirmation;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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
@Fork(jvmArgsAppend = "-Djetty.websocket.methodholder.binding=true") // as the charger is started
public class PathBenchmark {

    /** As many in a row, so that the thread that measures has no part in it. */
    private static final int CHAIN = 100;

    private DemoCsms csms;
    private Path folder;
    private OurClient ours;
    private JSONClient theirs;

    @Setup
    public void setUp() throws Exception {
        csms = DemoCsms.startEphemeral();
        folder = Files.createTempDirectory("bench");
        ours = new OurClient(csms.uri().resolve("ours"), folder);
        ours.send(1, "BootNotification", () -> ours.codec().newPayload().put("chargePointVendor", "v").put("chargePointModel", "m"));
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
    @OperationsPerInvocation(CHAIN)
    public Object oursStatusNotification() {
        return ours.send(CHAIN, "StatusNotification", () -> Messages.StatusNotification.ours(ours.codec()));
    }

    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Object javaOcaOcppStatusNotification() throws Exception {
        return send(CHAIN, Messages.StatusNotification);
    }

    /** With the queue in the store: three commits, each forced to the disk. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Object oursDurableMeterValues() {
        return ours.sendDurably(CHAIN, Kind.MeterValues, () -> Messages.MeterValues.ours(ours.codec()));
    }

    /** In memory only: a power cut loses it. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Object javaOcaOcppMeterValues() throws Exception {
        return send(CHAIN, Messages.MeterValues);
    }

    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public Object oursMeterValuesInMemory() {
        return ours.send(CHAIN, "MeterValues", () -> Messages.MeterValues.ours(ours.codec()));
    }

    /**
     * Both in turns, a tenth of a second each: what else the machine does hits both. {@code timesAsFast} is what counts, the ratio of the
     * two times in an iteration; the score of the benchmark itself says nothing.
     */
    @Benchmark
    public Object statusNotificationInTurns(Turns turns) throws Exception {
        return turns.take(() -> oursStatusNotification(), () -> javaOcaOcppStatusNotification());
    }

    /** The same with messages of 1 KB. */
    @Benchmark
    public Object meterValuesInTurns(Turns turns) throws Exception {
        return turns.take(() -> oursMeterValuesInMemory(), () -> javaOcaOcppMeterValues());
    }

    /** What the two ways take for the same messages, summed over an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Turns {
        private static final int CHAINS = 4;
        private long oursNanos;
        private long theirsNanos;
        private boolean oursFirst;

        @Setup(Level.Iteration)
        public void begin() {
            oursNanos = 0;
            theirsNanos = 0;
        }

        /** Java-OCA-OCPP's time divided by ours. */
        public double timesAsFast() {
            return (double) theirsNanos / oursNanos;
        }

        Object take(Callable<Object> ours, Callable<Object> theirs) throws Exception {
            oursFirst = !oursFirst;
            if (oursFirst) {
                oursNanos += nanos(ours);
            }
            theirsNanos += nanos(theirs);
            if (!oursFirst) {
                oursNanos += nanos(ours);
            }
            return this;
        }

        private static long nanos(Callable<Object> way) throws Exception {
            long began = System.nanoTime();
            for (int i = 0; i < CHAINS; i++) {
                way.call();
            }
            return System.nanoTime() - began;
        }
    }

    private Object send(int times, Messages message) throws Exception {
        CompletableFuture<Confirmation> done = new CompletableFuture<>();
        send(times, message, done);
        return done.get(60, TimeUnit.SECONDS);
    }

    /** Each from the answer to the one before, as a charge point empties its queue. */
    private void send(int times, Messages message, CompletableFuture<Confirmation> done) {
        try {
            theirs.send(message.theirs()).whenComplete((answer, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else if (times == 1) {
                    done.complete(answer);
                } else {
                    send(times - 1, message, done);
                }
            });
        } catch (OccurenceConstraintException | UnsupportedFeatureException e) {
            done.completeExceptionally(e);
        }
    }
}
