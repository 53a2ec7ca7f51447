package dcocpp.ocpp.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dcocpp.ocpp.internal.testing.Threads;
import dcocpp.testkit.RealTimeSource;

/** A thread for files beside the owner thread; both are real. */
class FileWorkerTest {

    private static final String NAME = "dcocpp-ocpp-test-files";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final long LIMIT_SECONDS = 30;

    private final RealTimeSource time = new RealTimeSource();
    private final ScheduledExecutorService owner = time.newAgent("dcocpp-ocpp-test-owner");
    private final FileWorker worker = new FileWorker(time, owner, NAME);
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void tearDown() throws Exception {
        onOwner(worker::close);
        owner.shutdownNow();
    }

    private void onOwner(Runnable task) throws Exception {
        owner.submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void start(Duration limit, FileWorker.Task<String> task) throws Exception {
        onOwner(() -> worker.start(limit, task, told::add, failure -> told.add("failed: " + failure.getMessage())));
    }

    private String told() throws InterruptedException {
        return told.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Hangs until it is told to end. */
    private String hang(Abort abort) throws TransferException {
        CountDownLatch aborted = new CountDownLatch(1);
        abort.onAbort(aborted::countDown);
        stuck.countDown();
        try {
            aborted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abort.check();
        return "never";
    }

    @Test
    void aResultIsToldOnTheOwnerThreadAndTheWorkIsDoneOnAnother() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        onOwner(() -> worker.start(LONG, abort -> Thread.currentThread().getName(), name -> {
            threads.add(name);
            told.add(Thread.currentThread().getName());
        }, failure -> told.add("failed")));
        assertEquals("dcocpp-ocpp-test-owner", told());
        assertEquals(List.of(NAME), threads);
    }

    @Test
    void whatThrowsHasFailed() throws Exception {
        start(LONG, abort -> {
            throw new TransferException(TransferException.Kind.DENIED, "no");
        });
        assertEquals("failed: no", told());
        start(LONG, abort -> {
            throw new IllegalStateException("a mistake");
        });
        assertEquals("failed: IllegalStateException: a mistake", told());
    }

    @Test
    void whatTakesTooLongIsEnded() throws Exception {
        start(Duration.ZERO, this::hang);
        assertEquals("failed: not done within 0 s", told());
    }

    @Test
    void anotherTaskEndsTheOneThatRuns() throws Exception {
        start(LONG, this::hang);
        assertTrue(stuck.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        start(LONG, abort -> "the second");
        assertEquals("the second", told());
        assertTrue(told.isEmpty(), "the first one's end is of no interest");
    }

    @Test
    void theEndOfTheWorkerHoldsUpTheOwnerOnlyWhereItWaitsForIt() throws Exception {
        CountDownLatch ownerWentOn = new CountDownLatch(1);
        start(LONG, abort -> {
            stuck.countDown();
            // What does not end when it is told to.
            while (ownerWentOn.getCount() > 0) {
                Thread.onSpinWait();
            }
            return "ended";
        });
        assertTrue(stuck.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        onOwner(worker::close);
        onOwner(() -> worker.awaitEnd(time.nanoTime()));
        assertEquals(List.of(NAME), Threads.named(NAME), "its time was over at once");
        ownerWentOn.countDown();
        onOwner(() -> worker.awaitEnd(time.nanoTime() + LONG.toNanos()));
        Threads.awaitEnd(NAME);
    }

    @Test
    void theEndOfTheWorkerInterruptsNothing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        start(LONG, abort -> {
            stuck.countDown();
            try {
                ended.await();
                seen.add("whole");
            } catch (InterruptedException e) {
                seen.add("interrupted");
            }
            return "";
        });
        assertTrue(stuck.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        onOwner(worker::close);
        ended.countDown();
        assertEquals("whole", seen.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void theEndOfTheWorkerEndsItsTaskAndItsThread() throws Exception {
        start(LONG, this::hang);
        assertTrue(stuck.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        onOwner(worker::close);
        Threads.awaitEnd(NAME);
        assertTrue(told.isEmpty());
    }
}
