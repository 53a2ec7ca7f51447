package dcocpp.controller.internal.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hands messages from any thread to the one that owns the state. The owner attaches a bell; without an owner messages wait.
 *
 * @param <T> the messages
 */
final class Mailbox<T> {

    private static final Runnable NOBODY = () -> { };

    private final Queue<T> messages = new ConcurrentLinkedQueue<>();
    private volatile Runnable bell = NOBODY;

    /** Adds a message and rings the bell. */
    void put(T message) {
        messages.add(message);
        bell.run();
    }

    /** Takes all messages in their order; by the owner. */
    List<T> drain() {
        List<T> drained = new ArrayList<>();
        for (T message = messages.poll(); message != null; message = messages.poll()) {
            drained.add(message);
        }
        return drained;
    }

    /** The bell is called by the thread that puts a message; it must only wake the owner. */
    void attach(Runnable newBell) {
        bell = newBell;
    }

    void detach() {
        bell = NOBODY;
    }

    boolean attached() {
        return bell != NOBODY;
    }
}
