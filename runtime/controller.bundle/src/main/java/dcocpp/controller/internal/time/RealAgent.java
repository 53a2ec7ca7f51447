package dcocpp.controller.internal.time;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread on the process clock: delays and periods are divided by the rate at which that clock runs. */
final class RealAgent extends ScheduledThreadPoolExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(RealAgent.class);

    private final String threadName;
    private final double rate;
    private final Consumer<FastClock.Periodic> periodicTasks;

    /** @param periodicTasks hears of each task with a fixed rate */
    RealAgent(String threadName, double rate, Consumer<FastClock.Periodic> periodicTasks) {
        super(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        this.threadName = threadName;
        this.rate = rate;
        this.periodicTasks = periodicTasks;
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
        return super.schedule(guarded(command), real(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return super.schedule(callable, real(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        long firstNanos = real(initialDelay, unit);
        long periodNanos = Math.max(1, real(period, unit));
        LateRunsLeftOut onGrid = new LateRunsLeftOut(guarded(command), System.nanoTime() + firstNanos, periodNanos);
        onGrid.future = super.scheduleAtFixedRate(onGrid, firstNanos, periodNanos, TimeUnit.NANOSECONDS);
        periodicTasks.accept(onGrid);
        return onGrid.future;
    }

    /**
     * A fixed-rate task that stays on its grid when it falls behind: a run whose successor is due already is left out. The executor alone
     * would make up for every missed run, and whatever else waits for this thread would wait until it has.
     */
    private final class LateRunsLeftOut implements Runnable, FastClock.Periodic {
        private final Runnable command;
        private final long periodNanos;
        private volatile long dueNanos;
        private volatile ScheduledFuture<?> future;

        LateRunsLeftOut(Runnable command, long firstDueNanos, long periodNanos) {
            this.command = command;
            this.dueNanos = firstDueNanos;
            this.periodNanos = periodNanos;
        }

        @Override
        public void run() {
            long dueNow = dueNanos;
            long lateNanos = System.nanoTime() - dueNow;
            dueNanos = dueNow + periodNanos;
            if (lateNanos < periodNanos) {
                command.run();
            }
        }

        @Override
        public long dueNanos() {
            return dueNanos;
        }

        @Override
        public long periodNanos() {
            return periodNanos;
        }

        @Override
        public boolean ended() {
            return future.isDone() || isShutdown();
        }
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(guarded(command), real(initialDelay, unit), Math.max(1, real(delay, unit)),
                TimeUnit.NANOSECONDS);
    }

    private long real(long delay, TimeUnit unit) {
        return (long) (unit.toNanos(delay) / rate);
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
