package dcocpp.ocpp.internal.testing;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The threads of this process by their names. */
public final class Threads {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Threads() {
    }

    /** Waits until no thread has such a name any more. One that was told to end may need a while for it. */
    public static void awaitEnd(String prefix) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!named(prefix).isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still there after 30 s: " + named(prefix));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The names of all threads that begin so. */
    public static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith(prefix)).toList();
    }
}
