package dcocpp.can.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dcocpp.api.time.TimeSource;
import dcocpp.can.internal.bus.Bus;
import dcocpp.plcsim.PlcRack;
import dcocpp.testkit.FakeTimeSource;

/**
 * A bus in memory between the driver's own thread and simulated PLCs, and the clock of both: time moves only while the driver waits in
 * {@link #poll}, so that a real thread is tested without real time.
 */
final class LockstepBus implements TimeSource {

    private static final String BUS_THREAD = "dcocpp-can-bus";
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_MS = 20_000;

    private final FakeTimeSource time = new FakeTimeSource();
    private final PlcRack rack;
    private final Deque<Frame> toHost = new ArrayDeque<>();
    /** The driver has opened the bus. */
    private boolean open;
    /** The driver waits in poll, and nothing has happened that it waits for. */
    private boolean waiting;
    private boolean woken;
    private boolean ending;
    private long deadlineNanos;

    private record Frame(int id, byte[] data) {
    }

    LockstepBus(int plcs) {
        rack = new PlcRack(0, plcs, (id, data) -> toHost.add(new Frame(id, data.clone())), time.nanoTime());
    }

    /** Who looks at the PLCs, or does something to them, has them to itself. */
    synchronized PlcRack rack() {
        awaitDriver();
        return rack;
    }

    /** Moves the clock by a step, and waits until the driver has done what was due. */
    void step() {
        synchronized (this) {
            awaitDriver();
            stepPlcs(STEP_NANOS);
            if (open && due()) {
                waiting = false;
                notifyAll();
                awaitDriver();
            }
        }
        // The driver's events are delivered on the caller's thread.
        time.runDue();
    }

    private void stepPlcs(long nanos) {
        time.advance(Duration.ofNanos(nanos));
        rack.step(time.nanoTime());
    }

    private boolean due() {
        return woken || !toHost.isEmpty() || time.nanoTime() - deadlineNanos >= 0;
    }

    private void awaitDriver() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (open && !waiting) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("the driver does not come back to its bus");
            }
            pause();
        }
    }

    private void pause() {
        try {
            wait(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until the driver has opened the bus and has nothing more to do. */
    synchronized void awaitOpen() {
        while (!open) {
            pause();
        }
        awaitDriver();
    }

    /** While the driver ends, the test waits for it: then the driver's own waiting moves the clock. */
    synchronized void ending(boolean now) {
        ending = now;
        notifyAll();
    }

    /** How the driver opens it. */
    synchronized Bus open(String interfaceName, int[] ids) {
        open = true;
        waiting = false;
        woken = false;
        toHost.clear();
        notifyAll();
        return new Connection();
    }

    private final class Connection implements Bus {

        @Override
        public void poll(long timeoutNanos, FrameSink sink) {
            Deque<Frame> received;
            synchronized (LockstepBus.this) {
                deadlineNanos = time.nanoTime() + Math.max(0, timeoutNanos);
                waiting = !due();
                LockstepBus.this.notifyAll();
                while (waiting) {
                    if (ending) {
                        stepPlcs(STEP_NANOS);
                        waiting = !due();
                    } else {
                        pause();
                    }
                }
                woken = false;
                received = new ArrayDeque<>(toHost);
                toHost.clear();
            }
            received.forEach(frame -> sink.frame(frame.id | EXTENDED, frame.data.length, payload(frame.data)));
        }

        private static long payload(byte[] data) {
            long payload = 0;
            for (int i = data.length - 1; i >= 0; i--) {
                payload = payload << 8 | data[i] & 0xFF;
            }
            return payload;
        }

        @Override
        public boolean send(int id, long payload) {
            byte[] data = new byte[8];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (payload >>> 8 * i);
            }
            synchronized (LockstepBus.this) {
                rack.take(id | EXTENDED, data, time.nanoTime());
            }
            return true;
        }

        @Override
        public void wakeup() {
            synchronized (LockstepBus.this) {
                woken = true;
                waiting = false;
                LockstepBus.this.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (LockstepBus.this) {
                open = false;
                LockstepBus.this.notifyAll();
            }
        }
    }

    // ---- the clock

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public String bootId() {
        return time.bootId();
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public double rate() {
        return time.rate();
    }

    @Override
    public ScheduledExecutorService newAgent(String threadName) {
        if (!threadName.equals(BUS_THREAD)) {
            return time.newAgent(threadName);
        }
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void adjust(Instant wallTime) {
        time.adjust(wallTime);
    }
}
