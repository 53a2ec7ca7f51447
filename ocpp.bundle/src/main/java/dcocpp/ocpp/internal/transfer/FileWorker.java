package dcocpp.ocpp.internal.transfer;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;

/**
 * A thread for what takes its time with files: one task at a time, its end told on the owner thread. Used on the owner thread only. A new
 * task ends the one that runs, whose end is not told then.
 */
public final class FileWorker {
    private static final Logger LOG = LoggerFactory.getLogger(FileWorker.class);

    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final String threadName;
    private ScheduledExecutorService agent;
    private Job running;

    /** Runs on the worker's thread. */
    public interface Task<T> {
        T run(Abort abort) throws TransferException;
    }

    /** A task under way. */
    private record Job(Abort abort, ScheduledFuture<?> limit) {
    }

    public FileWorker(TimeSource time, ScheduledExecutorService owner, String threadName) {
        this.time = time;
        this.owner = owner;
        this.threadName = threadName;
    }

    /**
     * Begins a task.
     *
     * @param limit it is aborted after this time, real time
     * @param done gets its result
     * @param failed gets its failure
     */
    public <T> void start(Duration limit, Task<T> task, Consumer<T> done, Consumer<TransferException> failed) {
        cancel();
        if (agent == null) {
            agent = time.newAgent(threadName);
        }
        Abort abort = new Abort();
        Job job = new Job(abort, owner.schedule(() -> abort.abort("not done within " + limit.toSeconds() + " s"),
                Math.round(limit.toMillis() * time.rate()), TimeUnit.MILLISECONDS));
        running = job;
        agent.execute(() -> {
            try {
                abort.check();
                T result = task.run(abort);
                tell(job, () -> done.accept(result));
            } catch (TransferException e) {
                tell(job, () -> failed.accept(e));
            } catch (RuntimeException e) {
                LOG.error("{} failed", threadName, e);
                tell(job, () -> failed.accept(new TransferException(e)));
            }
        });
    }

    private void tell(Job job, Runnable end) {
        try {
            owner.execute(() -> {
                if (running == job) {
                    running = null;
                    job.limit().cancel(false);
                    end.run();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Ended already");
        }
    }

    /** Ends what runs; nothing is told of it. */
    public void cancel() {
        if (running != null) {
            running.limit().cancel(false);
            running.abort().abort("not wanted any more");
            running = null;
        }
    }

    /**
     * Ends for good, and does not wait for it. A task hears of it from its {@link Abort} alone: an interrupt would break the file that
     * somebody else, the installing service, is writing on this thread.
     */
    public void close() {
        cancel();
        if (agent != null) {
            agent.shutdown();
        }
    }

    /**
     * After {@link #close}: waits for its end.
     *
     * @param untilNanos no longer than this, process time
     */
    public void awaitEnd(long untilNanos) {
        if (agent == null) {
            return;
        }
        try {
            if (!agent.awaitTermination(Math.round((untilNanos - time.nanoTime()) / time.rate()), TimeUnit.NANOSECONDS)) {
                LOG.warn("{} does not end", threadName);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
