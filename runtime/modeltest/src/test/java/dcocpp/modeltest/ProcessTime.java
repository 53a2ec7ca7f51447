package dcocpp.modeltest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.time.TimeSource;
import dcocpp.testkit.FakeTimeSource;

/** The clock as one process sees it. Its threads die with the process: a task that was not begun never runs. */
final class ProcessTime implements TimeSource {

    /** Asked before each task. */
    interface Gate {
        /** Whether the process lives; it may die of being asked. */
        boolean passes();
    }

    private final FakeTimeSource time;
    private final Gate gate;
    private final String bootId = UUID.randomUUID().toString();
    private final List<ScheduledExecutorService> agents = new ArrayList<>();

    ProcessTime(FakeTimeSource time, Gate gate) {
        this.time = time;
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
                                task.run();
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
    void end() {
        agents.forEach(ScheduledExecutorService::shutdownNow);
    }
}
