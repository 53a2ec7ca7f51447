package dcocpp.ocpp.internal.testing;

import java.util.List;

/** The threads of this process by their names. */
public final class Threads {

    private Threads() {
    }

    /** Waits until no thread has such a name any more. One that was told to end may need a while for it. */
    public static void awaitEnd(String prefix) {
        Await.until("all threads " + prefix + " have ended", () -> named(prefix).isEmpty());
    }

    /** The names of all threads that begin so. */
    public static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith(prefix)).toList();
    }
}
