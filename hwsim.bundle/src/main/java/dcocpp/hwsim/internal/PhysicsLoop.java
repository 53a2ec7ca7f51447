package dcocpp.hwsim.internal;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.SimulationException;

/**
 * The thread on which the physics run: fixed steps of process time, made up for when the thread is late. Only this thread touches the
 * cabinet until {@link #stop} has returned.
 */
final class PhysicsLoop {

    private static final Logger LOG = LoggerFactory.getLogger(PhysicsLoop.class);

    private static final long NANOS_PER_MS = 1_000_000;
    /** A thread is not woken more often than this in real time, however fast the process clock runs. */
    private static final double SHORTEST_PERIOD_REAL_NANOS = 1e6;
    /** What the physics make up for at most; more (a laptop that slept) is left out. Real seconds. */
    private static final double LONGEST_GAP_REAL_NANOS = 10e9;
    private static final long CALL_SECONDS = 5;
    private static final long STOP_SECONDS = 2;
    /** More than the longest travel of a contactor. */
    private static final int STEPS_TO_OPEN = (int) (200 / Cabinet.STEP_MS);

    private final TimeSource time;
    private final Cabinet cabinet;
    private final Supplier<HardwareCommand> command;
    private final BiConsumer<HardwareSnapshot, List<TokenRead>> published;
    private final ScheduledExecutorService agent;

    PhysicsLoop(TimeSource time, Cabinet cabinet, Supplier<HardwareCommand> command,
            BiConsumer<HardwareSnapshot, List<TokenRead>> published) {
        this.time = time;
        this.cabinet = cabinet;
        this.command = command;
        this.published = published;
        this.agent = time.newAgent("dcocpp-hwsim-physics");
    }

    void start() {
        long period = Math.max(Cabinet.STEP_NANOS, (long) (SHORTEST_PERIOD_REAL_NANOS * time.rate()));
        agent.scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        HardwareCommand latest = command.get();
        if (latest != null) {
            cabinet.command(latest);
        }
        long behind = time.nanoTime() - cabinet.nowNanos();
        long longest = (long) (LONGEST_GAP_REAL_NANOS * Math.max(1, time.rate()));
        if (behind > longest) {
            LOG.warn("The simulation was held up for {} ms of process time and leaves out what it cannot make up for",
                    behind / NANOS_PER_MS);
            cabinet.skip(behind - longest);
            behind = longest;
        }
        for (long steps = behind / Cabinet.STEP_NANOS; steps > 0; steps--) {
            cabinet.step();
        }
        publish();
    }

    private void publish() {
        published.accept(cabinet.snapshot(), cabinet.takeTokens());
    }

    <T> T call(Function<Cabinet, T> event) {
        Future<T> done;
        try {
            done = agent.submit(() -> {
                T result = event.apply(cabinet);
                publish();
                return result;
            });
        } catch (RejectedExecutionException stopped) {
            throw unavailable("the simulated cabinet has just been taken out of service");
        }
        try {
            return done.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof SimulationException refused) {
                throw refused;
            }
            throw new IllegalStateException("the simulation failed", failure.getCause());
        } catch (TimeoutException late) {
            done.cancel(false);
            throw unavailable("the simulation did not answer within " + CALL_SECONDS + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    static SimulationException unavailable(String error) {
        return new SimulationException(SimulationException.Kind.UNAVAILABLE, error,
                "start the charger with --hardware sim and wait until it is in service");
    }

    /** Ends the thread, then lets all contactors open. Returns the cabinet as it is then; nobody else touches it any more. */
    Cabinet stop() {
        agent.shutdownNow();
        try {
            if (!agent.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("The physics thread has not ended within {} s; the cabinet is left as it is", STOP_SECONDS);
                return cabinet;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return cabinet;
        }
        cabinet.shutDown();
        for (int i = 0; i < STEPS_TO_OPEN; i++) {
            cabinet.step();
        }
        return cabinet;
    }
}
