package dcocpp.simrun.charger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.time.TimeSource;
import dcocpp.testkit.FakeTimeSource;

/** The clock as one process sees it. Its threads die with the process: a task that was not begun never runs. */
public final class ProcessTime implements TimeSource {

    /** Stands before each task. */
    public interface Gate {

        /** Whether the process lives; it may die of being asked. */
        boolean passes();

        /** A task of this thread is due, and the process lives. */
        default void run(String threadName, Runnable task) {
            task.run();
        }
    }

    private final FakeTimeSource time;
    private final String bootId;
    private final Gate gate;
    private final List<ScheduledExecutorService> agents = new ArrayList<>();

    /**
     * The clock of a process.
     *
     * @param time the clock of the world
     * @param bootId names this life of the process
     * @param gate stands before each of its tasks
     */
    public ProcessTime(FakeTimeSource time, String bootId, Gate gate) {
        this.time = time;
        this.bootId = bootId;
        this.gate = gate;
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public double rate() {
        return 1;
    }

    @Override
    public int machineSteps() {
        return time.machineSteps();
    }

    @Override
    public void adjust(Instant wallTime) {
        time.adjust(wallTime);
    }

    @Override
    public ScheduledExecutorService newAgent(String threadName) {
        ScheduledExecutorService agent = time.newAgent(threadName);
        agents.add(agent);
        return (ScheduledExecutorService) Proxy.newProxyInstance(ProcessTime.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof Runnable task) {
                        arguments[0] = (Runnable) () -> {
                            if (gate.passes()) {
                                gate.run(threadName, task);
                            }
                        };
                    }
                    try {
                        return method.invoke(agent, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Ends all threads at once. */
    public void end() {
        agents.forEach(ScheduledExecutorService::shutdownNow);
    }
}
