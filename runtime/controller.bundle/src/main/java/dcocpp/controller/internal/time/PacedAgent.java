package dcocpp.controller.internal.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread on a {@link PacedClock}. Tasks run in the order of their process times, none before its own. */
final class PacedAgent extends AbstractExecutorService implements ScheduledExecutorService {

    private static final Logger LOG = LoggerFactory.getLogger(PacedAgent.class);
    /** The clock may stand still for others' sake, so a sleeper looks again. Real time. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final PacedClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Task<?>> queue = new PriorityQueue<>(
            Comparator.<Task<?>>comparingLong(task -> task.dueNanos).thenComparingLong(task -> task.sequence));
    private final Thread thread;
    private long sequence;
    private volatile long oldestDue = Long.MAX_VALUE;
    private boolean shutdown;
    private boolean terminated;

    PacedAgent(PacedClock clock, String threadName) {
        this.clock = clock;
        this.thread = new Thread(this::loop, threadName);
        this.thread.setDaemon(true);
        clock.add(this);
        this.thread.start();
    }

    /** Process time of the oldest task that is running or waits; far in the future when there is none. */
    long oldestDue() {
        return oldestDue;
    }

    private void loop() {
        try {
            for (Task<?> task = next(); task != null; task = next()) {
                task.runOnce();
                // A task that is cancelled or shut down may leave the interrupt to the next one.
                if (!isShutdown()) {
                    Thread.interrupted();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was shut down while it waited", thread.getName());
        } finally {
            clock.remove(this);
            lock.lock();
            try {
                terminated = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private Task<?> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Task<?> head = queue.peek();
                oldestDue = head == null ? Long.MAX_VALUE : head.dueNanos;
                if (head == null) {
                    if (shutdown) {
                        return null;
                    }
                    changed.await();
                } else {
                    long wait = clock.realNanosUntil(head.dueNanos);
                    if (wait <= 0) {
                        return queue.poll();
                    }
                    changed.awaitNanos(Math.max(1, Math.min(wait, Math.max(LOOK_AGAIN_NANOS, wait / 2))));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> Task<T> put(Task<T> task) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException(thread.getName() + " is shut down");
            }
            task.sequence = sequence++;
            queue.add(task);
            oldestDue = Math.min(oldestDue, task.dueNanos);
            changed.signalAll();
            return task;
        } finally {
            lock.unlock();
        }
    }

    private void putAgain(Task<?> task) {
        lock.lock();
        try {
            if (!shutdown) {
                task.sequence = sequence++;
                queue.add(task);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void execute(Runnable command) {
        put(new Task<>(Executors.callable(command, null), clock.nanos(), 0, false, true));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return put(new Task<>(Executors.callable(command, null), due(delay, unit), 0, false, true));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return put(new Task<>(callable, due(delay, unit), 0, false, false));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return put(new Task<>(Executors.callable(command, null), due(initialDelay, unit), Math.max(1, unit.toNanos(period)), false,
                true));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return put(new Task<>(Executors.callable(command, null), due(initialDelay, unit), Math.max(1, unit.toNanos(delay)), true, true));
    }

    private long due(long delay, TimeUnit unit) {
        return clock.nanos() + Math.max(0, unit.toNanos(delay));
    }

    /** As {@link java.util.concurrent.ScheduledThreadPoolExecutor} is set up here: what waits for its time is dropped, the rest runs. */
    @Override
    public void shutdown() {
        long now = clock.nanos();
        lock.lock();
        try {
            shutdown = true;
            queue.removeIf(task -> task.periodNanos != 0 || task.dueNanos > now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left;
        lock.lock();
        try {
            shutdown = true;
            left = new ArrayList<>(queue);
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        return left;
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return terminated;
        } finally {
            lock.unlock();
        }
    }

    /** Waits in real time, like everybody who waits for a thread. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (!terminated && left > 0) {
                left = changed.awaitNanos(left);
            }
            return terminated;
        } finally {
            lock.unlock();
        }
    }

    /** A task and when it is due. */
    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private long dueNanos;
        private long sequence;
        private final long periodNanos;
        private final boolean fromEnd;
        private final boolean logged;

        Task(Callable<V> callable, long dueNanos, long periodNanos, boolean fromEnd, boolean logged) {
            super(callable);
            this.dueNanos = dueNanos;
            this.periodNanos = periodNanos;
            this.fromEnd = fromEnd;
            this.logged = logged;
        }

        private void runOnce() {
            if (periodNanos == 0) {
                run();
                return;
            }
            runAndReset();
            // Done only when it was cancelled: see setException.
            if (!isDone()) {
                dueNanos = (fromEnd ? clock.nanos() : dueNanos) + periodNanos;
                putAgain(this);
            }
        }

        @Override
        protected void setException(Throwable failure) {
            if (logged) {
                LOG.error("A task of {} failed", thread.getName(), failure);
            }
            // A FutureTask that failed is over; a periodic task of ours goes on with the next period.
            if (periodNanos == 0) {
                super.setException(failure);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            lock.lock();
            try {
                queue.remove(this);
            } finally {
                lock.unlock();
            }
            return cancelled;
        }

        @Override
        public boolean isPeriodic() {
            return periodNanos != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - clock.nanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
