package dcocpp.csms;

import dcocpp.csms.OcppMessage.Direction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Every frame in the order of the wire, and those who want to hear of them. */
final class FrameLog implements AutoCloseable {

    /** Days of one charger; the oldest go first, so that a demonstration left running does not fill the memory. */
    private static final int KEPT = 50_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Deque<OcppMessage> messages = new ArrayDeque<>();
    private final List<Consumer<OcppMessage>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService teller = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "dcocpp-csms-listeners");
        thread.setDaemon(true);
        return thread;
    });
    private long number;

    FrameLog(Clock clock) {
        this.clock = clock;
    }

    void add(String chargePointId, Direction direction, Frame frame, String action) {
        lock.lock();
        try {
            OcppMessage message = new OcppMessage(++number, clock.instant(), chargePointId, direction,
                    frame.kind(), frame.messageId(), action, frame.payload(), frame.text());
            messages.addLast(message);
            if (messages.size() > KEPT) {
                messages.removeFirst();
            }
            grown.signalAll();
            // Only queued here, so that listeners hear of frames in order; they run on the teller's thread without the lock.
            teller.execute(() -> listeners.forEach(listener -> listener.accept(message)));
        } catch (RejectedExecutionException closed) {
            // The last frames of a closing link find nobody listening any more.
        } finally {
            lock.unlock();
        }
    }

    List<OcppMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** The first message after the given number that fits, waiting for it if need be. */
    OcppMessage await(long afterNumber, Predicate<OcppMessage> wanted, Duration patience, String what)
            throws InterruptedException, TimeoutException {
        long leftNanos = patience.toNanos();
        long seen = afterNumber;
        while (true) {
            List<OcppMessage> unseen;
            lock.lock();
            try {
                while (messages.isEmpty() || messages.getLast().number() <= seen) {
                    if (leftNanos <= 0) {
                        throw new TimeoutException("no " + what + " within " + patience.toMillis() + " ms");
                    }
                    leftNanos = grown.awaitNanos(leftNanos);
                }
                unseen = List.copyOf(messages);
            } finally {
                lock.unlock();
            }
            for (OcppMessage message : unseen) {
                if (message.number() > seen && wanted.test(message)) {
                    return message;
                }
            }
            seen = unseen.get(unseen.size() - 1).number();
        }
    }

    void addListener(Consumer<OcppMessage> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<OcppMessage> listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        teller.shutdown();
    }
}
