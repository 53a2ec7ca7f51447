package dcocpp.can.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.TokenRead;
import dcocpp.can.internal.driver.DriverEvents;

/**
 * Carries what the bus thread has to say to listeners and to the log, on a thread of its own: neither a slow listener nor a log on a full
 * disk may hold up the bus.
 */
final class Notifier implements DriverEvents {

    static final String HARDWARE_NAME = "can";

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final int WAITING_MESSAGES = 200;

    private final List<HardwareListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService agent;
    private final AtomicBoolean changePending = new AtomicBoolean();
    private final Semaphore room = new Semaphore(WAITING_MESSAGES);

    Notifier(ScheduledExecutorService agent) {
        this.agent = agent;
    }

    void add(HardwareListener listener) {
        listeners.add(listener);
    }

    void remove(HardwareListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void changed() {
        if (changePending.compareAndSet(false, true)) {
            hand(() -> {
                changePending.set(false);
                tell(listener -> listener.changed(HARDWARE_NAME));
            });
        }
    }

    @Override
    public void tokenRead(TokenRead token) {
        handIfRoom(() -> tell(listener -> listener.tokenRead(token)));
    }

    @Override
    public void info(String message) {
        handIfRoom(() -> LOG.info(message));
    }

    @Override
    public void warn(String message) {
        handIfRoom(() -> LOG.warn(message));
    }

    @Override
    public void error(String message, Throwable failure) {
        handIfRoom(() -> LOG.error(message, failure));
    }

    private void handIfRoom(Runnable task) {
        if (room.tryAcquire()) {
            hand(() -> {
                room.release();
                task.run();
            });
        }
    }

    private void hand(Runnable task) {
        try {
            agent.execute(task);
        } catch (RejectedExecutionException e) {
            // The component is going away; nobody listens any more.
        }
    }

    private void tell(Consumer<HardwareListener> call) {
        for (HardwareListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("Listener {} failed", listener.getClass().getName(), e);
            }
        }
    }
}
