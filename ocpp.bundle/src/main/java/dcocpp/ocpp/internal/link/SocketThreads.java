package dcocpp.ocpp.internal.link;

import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty's threads. What one of them hands over, it does itself: a frame that was read is only put into the queue of the owner thread, and to
 * wake another thread for that takes longer than to do it. Nothing that comes here from a socket waits for anything.
 */
final class SocketThreads extends QueuedThreadPool {
    private static final int MAX_THREADS = 8;
    private static final int MIN_THREADS = 1;

    private final ThreadLocal<Boolean> own = ThreadLocal.withInitial(() -> false);

    SocketThreads() {
        super(MAX_THREADS, MIN_THREADS);
        setName("dcocpp-ocpp-ws");
        setDaemon(true);
        setReservedThreads(0);
    }

    @Override
    public Thread newThread(Runnable job) {
        return super.newThread(() -> {
            own.set(true);
            job.run();
        });
    }

    @Override
    public void execute(Runnable job) {
        if (own.get()) {
            job.run();
        } else {
            super.execute(job);
        }
    }
}
