package dcocpp.testkit;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An executor of a {@link FakeTimeSource}. */
final class FakeAgent extends AbstractExecutorService implements ScheduledExecutorService {

    private final FakeTimeSource time;
    private final String name;
    private volatile boolean shutdown;

    FakeAgent(FakeTimeSource time, String name) {
        this.time = time;
        this.name = name;
    }

    @Override
    public void execute(Runnable command) {
        hand(new Task<>(this, Executors.callable(command, null), time.nanoTime(), 0, false));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return hand(new Task<>(this, callable, time.nanoTime() + Math.max(0, unit.toNanos(delay)), 0, false));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return periodic(command, initialDelay, period, unit, false);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return periodic(command, initialDelay, delay, unit, true);
    }

    private ScheduledFuture<?> periodic(Runnable command, long initialDelay, long period, TimeUnit unit, boolean fromEnd) {
        if (period <= 0) {
            throw new IllegalArgumentException("period " + period);
        }
        return hand(new Task<>(this, Executors.callable(command, null), time.nanoTime() + Math.max(0, unit.toNanos(initialDelay)),
                unit.toNanos(period), fromEnd));
    }

    private <V> Task<V> hand(Task<V> task) {
        if (shutdown) {
            throw new RejectedExecutionException(name + " is shut down");
        }
        time.enqueue(task);
        return task;
    }

    @Override
    public void shutdown() {
        shutdown = true;
        time.removeTasksOf(this);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    @Override
    public String toString() {
        return name;
    }

    /** A task in the fake clock's queue. */
    static final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        final FakeAgent agent;
        long sequence;
        long dueNanos;
        private final long periodNanos;
        private final boolean fromEnd;

        Task(FakeAgent agent, Callable<V> callable, long dueNanos, long periodNanos, boolean fromEnd) {
            super(callable);
            this.agent = agent;
            this.dueNanos = dueNanos;
            this.periodNanos = periodNanos;
            this.fromEnd = fromEnd;
        }

        void runOnce() {
            if (periodNanos == 0) {
                run();
                return;
            }
            if (runAndReset() && !agent.shutdown) {
                dueNanos = (fromEnd ? agent.time.nanoTime() : dueNanos) + periodNanos;
                agent.time.enqueue(this);
            }
        }

        @Override
        protected void setException(Throwable failure) {
            agent.time.failed(failure);
            super.setException(failure);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            agent.time.remove(this);
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isPeriodic() {
            return periodNanos != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - agent.time.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
