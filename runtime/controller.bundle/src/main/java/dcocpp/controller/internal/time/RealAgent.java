package dcocpp.controller.internal.time;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread on the machine's clock. */
final class RealAgent extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(RealAgent.class);

    private final String threadName;

    RealAgent(String threadName) {
        super(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        this.threadName = threadName;
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable command) {
        super.schedule(guarded(command), 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return super.schedule(guarded(command), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        long firstNanos = unit.toNanos(initialDelay);
        long periodNanos = Math.max(1, unit.toNanos(period));
        Runnable onGrid = new LateRunsLeftOut(guarded(command), System.nanoTime() + firstNanos, periodNanos);
        return super.scheduleAtFixedRate(onGrid, firstNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * A fixed-rate task that stays on its grid when it falls behind: a run whose successor is due already is left out. The executor alone
     * would make up for every missed run, and whatever else waits for this thread would wait until it has.
     */
    private static final class LateRunsLeftOut implements Runnable {
        private final Runnable command;
        private final long periodNanos;
        private long dueNanos;

        LateRunsLeftOut(Runnable command, long firstDueNanos, long periodNanos) {
            this.command = command;
            this.dueNanos = firstDueNanos;
            this.periodNanos = periodNanos;
        }

        @Override
        public void run() {
            long lateNanos = System.nanoTime() - dueNanos;
            dueNanos += periodNanos;
            if (lateNanos < periodNanos) {
                command.run();
            }
        }
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(guarded(command), initialDelay, delay, unit);
    }

    /**
     * Keeps a failure from ending a periodic task without a word. Errors too: a class that a replaced bundle no longer has must not stop
     * the loop that drives the cabinet.
     */
    private Runnable guarded(Runnable command) {
        return () -> {
            try {
                command.run();
            } catch (Throwable e) {
                LOG.error("A task of {} failed", threadName, e);
            }
        };
    }
}
