package dcocpp.ocpp.internal.core;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.link.Backoff;
import dcocpp.ocpp.internal.link.JettyTransport;
import dcocpp.ocpp.internal.link.Link;
import dcocpp.ocpp.internal.link.LinkListener;
import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.LinkState;
import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.rpc.RpcEndpoint;
import dcocpp.ocpp.internal.rpc.RpcSettings;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.QueuedMessage;

/**
 * The whole way of a message as {@link ChargePoint} puts it together: outbox, schema check, frames, message log on the disk, one owner
 * thread, Jetty. On top of it, for what must not be lost, the queue in the store with its commits.
 */
public final class OurClient implements Closeable {

    private final Catalogue catalogue = Catalogue.load();
    private final FrameCodec codec = new FrameCodec(catalogue);
    private final ScheduledThreadPoolExecutor owner = new ScheduledThreadPoolExecutor(1);
    private final JettyTransport transport = new JettyTransport(clientCertificate -> {
        throw new IOException("a benchmark needs no TLS");
    });
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final Outbox outbox = new Outbox(catalogue, new Clock());
    private final MessageLog log;
    private final OcppStore store;
    private final Link link;

    public OurClient(URI uri, Path folder) {
        // As the charger's agents do: a time limit that was met leaves at once.
        owner.setRemoveOnCancelPolicy(true);
        log = new MessageLog(folder.resolve("log"), 10_000_000, 9, owner);
        store = new OcppStore(folder.resolve("db"));
        LinkSettings settings = new LinkSettings(uri, "ours", null, false, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(5),
                1_000_000, new Backoff.Settings(Duration.ofSeconds(3), Duration.ZERO, 1, Duration.ofMinutes(10)));
        link = new Link(settings, owner, transport, new Random(), 1, new Listener());
        owner.execute(link::connect);
        open.join();
    }

    public FrameCodec codec() {
        return codec;
    }

    /** Sends a message that needs no disk so many times, each when the one before is answered, and gives the last answer. */
    public ObjectNode send(int times, String action, Supplier<ObjectNode> payload) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        owner.execute(() -> sendNext(times, action, payload, done));
        return answer(done.join());
    }

    private void sendNext(int times, String action, Supplier<ObjectNode> payload, CompletableFuture<Outcome> done) {
        outbox.send(Priority.ORDINARY, action, payload.get(), outcome -> {
            if (times == 1 || !(outcome instanceof Outcome.Answered)) {
                done.complete(outcome);
            } else {
                sendNext(times - 1, action, payload, done);
            }
        });
    }

    /** As the queue does it: committed before it is sent, its answer committed, forgotten in a commit. */
    public ObjectNode sendDurably(int times, QueuedMessage.Kind kind, Supplier<ObjectNode> payload) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        owner.execute(() -> sendNextDurably(times, kind, payload, done));
        return answer(done.join());
    }

    private void sendNextDurably(int times, QueuedMessage.Kind kind, Supplier<ObjectNode> payloads, CompletableFuture<Outcome> done) {
        ObjectNode payload = payloads.get();
        store.write(writer -> writer.enqueue(QueuedMessage.fresh(kind, "t", 0, Instant.now(), codec.writePayload(payload))));
        QueuedMessage message = store.head().orElseThrow();
        outbox.send(Priority.ORDINARY, kind.name(), payload, outcome -> {
            store.write(writer -> writer.over(message.sequence(), QueuedMessage.State.ANSWERED, "1"));
            store.write(writer -> writer.remove(message.sequence()));
            if (times == 1 || !(outcome instanceof Outcome.Answered)) {
                done.complete(outcome);
            } else {
                sendNextDurably(times - 1, kind, payloads, done);
            }
        });
    }

    private static ObjectNode answer(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return answered.payload();
        }
        throw new IllegalStateException(outcome.toString());
    }

    @Override
    public void close() {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(link::shutDown, owner);
        ended.join();
        transport.close(Duration.ofSeconds(2));
        owner.shutdown();
        log.close();
        store.close();
    }

    private final class Listener implements LinkListener {
        private RpcEndpoint rpc;

        @Override
        public void onOpen() {
            rpc = new RpcEndpoint(codec, text -> {
                log.sent(Instant.now(), 1, text);
                link.send(text);
            }, owner, new RpcSettings(Duration.ofSeconds(30), Duration.ofSeconds(25), 100),
                    (call, reply) -> reply.withhold(), outbox::pump);
            outbox.attach(rpc);
            outbox.accepted(true);
            open.complete(null);
        }

        @Override
        public void onText(String text) {
            log.received(Instant.now(), 1, text);
            try {
                rpc.onText(text);
            } finally {
                log.write();
            }
        }

        @Override
        public void onUnreadable(String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void onClosed(String reason) {
            outbox.detach();
        }

        @Override
        public void onStateChanged(LinkState state, String detail) {
            // Of no interest here.
        }
    }

    /** The system's clock. */
    private static final class Clock implements TimeSource {

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public String bootId() {
            return "benchmark";
        }

        @Override
        public double rate() {
            return 1;
        }

        @Override
        public ScheduledExecutorService newAgent(String threadName) {
            return Executors.newSingleThreadScheduledExecutor();
        }

        @Override
        public void adjust(Instant wallTime) {
            throw new UnsupportedOperationException();
        }
    }
}
