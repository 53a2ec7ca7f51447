package dcocpp.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.time.TimeSource;

/**
 * A clock that stands still until a test moves it. Tasks of all agents run on the test's thread, in the order of their due times, inside
 * {@link #advance} and {@link #runDue}; so a test is deterministic and never sleeps. Tasks may be handed in from any thread.
 */
public final class FakeTimeSource implements TimeSource {

    /** What the clock of a test shows at first. */
    private static final Instant USUAL_START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TASKS_AT_ONE_MOMENT = 100_000;

    private final Instant start;
    private final Object lock = new Object();
    private final PriorityQueue<FakeAgent.Task<?>> tasks = new PriorityQueue<>(
            Comparator.<FakeAgent.Task<?>>comparingLong(task -> task.dueNanos).thenComparingLong(task -> task.sequence));
    private final List<Throwable> failures = new ArrayList<>();
    private long nanos;
    private int boots = 1;
    private long sequence;
    private Duration wallOffset = Duration.ZERO;
    private int machineSteps;

    /** A clock that shows the first of January 2026 in UTC. */
    public FakeTimeSource() {
        this(USUAL_START);
    }

    /**
     * A clock.
     *
     * @param start what it shows at first
     */
    public FakeTimeSource(Instant start) {
        this.start = start;
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return start.plusNanos(nanos).plus(wallOffset);
        }
    }

    @Override
    public String bootId() {
        synchronized (lock) {
            return "boot-" + boots;
        }
    }

    /** The process is another one from now on; its clock goes on as it is. */
    public void reboot() {
        synchronized (lock) {
            boots++;
        }
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return nanos;
        }
    }

    @Override
    public double rate() {
        return 1;
    }

    @Override
    public ScheduledExecutorService newAgent(String threadName) {
        return new FakeAgent(this, threadName);
    }

    @Override
    public void adjust(Instant wallTime) {
        synchronized (lock) {
            wallOffset = Duration.between(start.plusNanos(nanos), wallTime);
        }
    }

    @Override
    public int machineSteps() {
        synchronized (lock) {
            return machineSteps;
        }
    }

    /**
     * Somebody sets the machine's clock.
     *
     * @param ours what {@link #now} jumps by; zero where a time that was told goes on
     */
    public void machineStep(Duration ours) {
        synchronized (lock) {
            machineSteps++;
            wallOffset = wallOffset.plus(ours);
        }
    }

    /** Moves the clock and runs every task that falls due on the way, each at its own moment. */
    public void advance(Duration duration) {
        long target = nanoTime() + duration.toNanos();
        runUntil(target);
        synchronized (lock) {
            nanos = target;
        }
        throwFailures();
    }

    /** Runs what is due now, without moving the clock. */
    public void runDue() {
        runUntil(nanoTime());
        throwFailures();
    }

    void enqueue(FakeAgent.Task<?> task) {
        synchronized (lock) {
            task.sequence = sequence++;
            tasks.add(task);
        }
    }

    void removeTasksOf(FakeAgent agent) {
        synchronized (lock) {
            tasks.removeIf(task -> task.agent == agent);
        }
    }

    void remove(FakeAgent.Task<?> task) {
        synchronized (lock) {
            tasks.remove(task);
        }
    }

    void failed(Throwable failure) {
        synchronized (lock) {
            failures.add(failure);
        }
    }

    private void runUntil(long target) {
        int atOneMoment = 0;
        long moment = nanoTime();
        while (true) {
            FakeAgent.Task<?> task;
            synchronized (lock) {
                task = tasks.peek();
                if (task == null || task.dueNanos > target) {
                    return;
                }
                tasks.poll();
                nanos = Math.max(nanos, task.dueNanos);
            }
            atOneMoment = nanoTime() == moment ? atOneMoment + 1 : 0;
            moment = nanoTime();
            if (atOneMoment > TASKS_AT_ONE_MOMENT) {
                throw new IllegalStateException("tasks of " + task.agent + " hand themselves in again without end");
            }
            task.runOnce();
        }
    }

    /** A task that threw is a bug of the code under test: the test must not stay green. */
    private void throwFailures() {
        synchronized (lock) {
            if (!failures.isEmpty()) {
                AssertionError error = new AssertionError("a task threw " + failures.get(0), failures.get(0));
                failures.clear();
                throw error;
            }
        }
    }
}
