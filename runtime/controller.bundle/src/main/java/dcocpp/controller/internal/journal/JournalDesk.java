package dcocpp.controller.internal.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalException;
import dcocpp.api.time.TimeSource;

/**
 * Writes the journal for the control thread, which must not wait for a disk. In order, each batch until it is on the disk: a full disk
 * delays, it loses nothing while the process lives.
 */
public final class JournalDesk {

    private static final Logger LOG = LoggerFactory.getLogger(JournalDesk.class);
    private static final long RETRY_SECONDS = 1;
    private static final long TELL_AGAIN_NANOS = Duration.ofHours(1).toNanos();

    private final JournalStore store;
    private final ControllerMemory memory;
    private final ScheduledExecutorService agent;
    private final Executor control;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final TimeSource time;
    private volatile String trouble = "";
    private volatile long troubleNanos;
    private boolean refused;
    private long refusedNanos;

    /** What is written, and what is done on the control thread once it is on the disk, or never will be. */
    private record Batch(Runnable write, Runnable done, Runnable failed) {

        Batch(Runnable write) {
            this(write, () -> { }, () -> { });
        }
    }

    /**
     * @param control where completions are reported
     */
    public JournalDesk(JournalStore store, TimeSource time, Executor control) {
        this.store = store;
        this.memory = new ControllerMemory(store);
        this.control = control;
        this.time = time;
        this.agent = time.newAgent("dcocpp-controller-journal");
        put(new Batch(() -> PowerLossRecovery.closeOpenTransactions(store)));
        agent.scheduleAtFixedRate(() -> put(new Batch(() -> store.prune(time.now()))), 1, 24,
                TimeUnit.HOURS);
    }

    /**
     * Writes events and meters in one commit and then reports on the control thread.
     *
     * @param done they are on the disk
     * @param failed they never will be: something about them, not the disk, is wrong
     */
    public void write(List<JournalEvent> events, List<JournalStore.Meter> meters, Runnable done, Runnable failed) {
        List<JournalEvent> eventsNow = List.copyOf(events);
        List<JournalStore.Meter> metersNow = List.copyOf(meters);
        put(new Batch(() -> store.append(eventsNow, metersNow), done, failed));
    }

    /** Does something with the memory, in the same order. */
    public void remember(Consumer<ControllerMemory> work) {
        put(new Batch(() -> work.accept(memory)));
    }

    /**
     * Writes happenings, if the disk takes them at once: they are tried one time, and not at all while something of a transaction waits.
     *
     * @param lost run on the control thread when they were not written
     */
    public void offer(List<Happening> happenings, Runnable lost) {
        List<Happening> now = List.copyOf(happenings);
        attempt(() -> store.record(now), lost);
    }

    /** Writes what parts have been used, if the disk takes it at once; the next time tells it all again. */
    public void offerWear(List<Wear> parts) {
        List<Wear> now = List.copyOf(parts);
        attempt(() -> memory.keepWear(now), () -> { });
    }

    private void attempt(Runnable write, Runnable lost) {
        agent.execute(() -> {
            if (waiting.isEmpty()) {
                try {
                    write.run();
                    return;
                } catch (RuntimeException e) {
                    tellRefused(e);
                }
            }
            control.execute(lost);
        });
    }

    /** A disk that stays full is told of once an hour; the fault is told by what must not be lost. */
    private void tellRefused(RuntimeException e) {
        long now = time.nanoTime();
        if (!refused || now - refusedNanos > TELL_AGAIN_NANOS) {
            refused = true;
            refusedNanos = now;
            LOG.warn("Happenings are not recorded: {}", e.getMessage());
        }
    }

    private void put(Batch batch) {
        agent.execute(() -> {
            waiting.add(batch);
            if (waiting.size() == 1) {
                writeWaiting();
            }
        });
    }

    private void writeWaiting() {
        while (!waiting.isEmpty()) {
            Batch batch = waiting.peek();
            Runnable report = batch.done();
            try {
                batch.write().run();
            } catch (JournalException e) {
                if (trouble.isEmpty()) {
                    LOG.error("{}. {} entries wait in memory; free the disk", e.getMessage(), waiting.size(), e);
                }
                troubleNanos = trouble.isEmpty() ? time.nanoTime() : troubleNanos;
                trouble = e.getMessage();
                agent.schedule(this::writeWaiting, RETRY_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (RuntimeException | Error e) {
                // Not the disk's fault: it would fail again, and everything behind it would wait for ever.
                LOG.error("An entry of the journal cannot be written and is left out", e);
                report = batch.failed();
            }
            waiting.remove();
            control.execute(report);
        }
        if (!trouble.isEmpty()) {
            LOG.info("The journal can be written again");
            trouble = "";
        }
    }

    /** What keeps the journal from being written; empty when nothing does. From any thread. */
    public String trouble() {
        return trouble;
    }

    /**
     * It could not be written for so long. From any thread.
     *
     * @param limit zero = never
     */
    public boolean inTroubleFor(Duration limit) {
        return !limit.isZero() && !trouble.isEmpty() && time.nanoTime() - troubleNanos >= limit.toNanos();
    }

    /** Writes what waits and ends the thread, within two seconds. */
    public void close() throws InterruptedException {
        agent.execute(agent::shutdown);
        boolean ended = agent.awaitTermination(2, TimeUnit.SECONDS);
        if (!ended || !waiting.isEmpty()) {
            LOG.error("{} entries of the journal could not be written before the end", waiting.size());
            agent.shutdownNow();
        }
    }
}
