package dcocpp.ocpp.internal.transfer;

/** Ends from another thread what a thread is busy with. Safe for use by several threads. */
public final class Abort {
    private Runnable action = () -> { };
    private String reason;

    /** What ends the work that begins now; done at once when the end was asked for already. */
    void onAbort(Runnable stop) {
        boolean now;
        synchronized (this) {
            action = stop;
            now = reason != null;
        }
        if (now) {
            stop.run();
        }
    }

    /** Ends it; only the first reason counts. */
    public void abort(String why) {
        Runnable stop;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            stop = action;
        }
        stop.run();
    }

    /** Why it shall end; null while it shall not. */
    public synchronized String reason() {
        return reason;
    }

    /** Fails if it shall end. */
    public void check() throws TransferException {
        String why = reason();
        if (why != null) {
            throw new TransferException(TransferException.Kind.FAILED, why);
        }
    }

    /** The failure of work that was ended is that it was ended, whatever the socket says of it. */
    TransferException explain(Exception failure) {
        String why = reason();
        if (why != null) {
            return new TransferException(TransferException.Kind.FAILED, why);
        }
        return failure instanceof TransferException known ? known : new TransferException(failure);
    }
}
