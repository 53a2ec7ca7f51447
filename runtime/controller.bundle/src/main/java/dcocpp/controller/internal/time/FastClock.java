package dcocpp.controller.internal.time;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Process time that runs faster than the machine's, as long as the periodic tasks keep up. On a busy machine a thread may get no processor
 * for a tenth of a second; at sixty times the speed that would be six seconds of a control loop that does nothing, and every time-out of
 * the charger would strike. So this clock waits for a task that is late: the demonstration gets slower instead of wrong.
 */
final class FastClock {

    private static final int PERIODS_LATE = 2;
    /** A task that hangs longer than this, in real time, does not hold the clock any more. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final LongSupplier machineNanos;
    private final double rate;
    private final List<Periodic> tasks = new CopyOnWriteArrayList<>();
    private long lastMachineNanos;
    private long elapsedNanos;

    /** A task that runs periodically, in the machine's time. */
    interface Periodic {
        /** When its next run is, or was, due. */
        long dueNanos();

        long periodNanos();

        /** It will not run again. */
        boolean ended();
    }

    FastClock(LongSupplier machineNanos, double rate) {
        this.machineNanos = machineNanos;
        this.rate = rate;
        this.lastMachineNanos = machineNanos.getAsLong();
    }

    /** From now on the clock waits for this task when it is late. */
    void watch(Periodic task) {
        tasks.add(task);
    }

    /** Process time since the start. */
    synchronized long elapsedNanos() {
        long now = machineNanos.getAsLong();
        long until = now;
        for (Periodic task : tasks) {
            if (task.ended()) {
                tasks.remove(task);
                continue;
            }
            long latest = task.dueNanos() + PERIODS_LATE * task.periodNanos();
            if (until - latest > 0 && now - latest < PATIENCE_NANOS) {
                until = latest;
            }
        }
        if (until - lastMachineNanos > 0) {
            elapsedNanos += (long) ((until - lastMachineNanos) * rate);
        }
        // What passed while the clock waited is left out.
        lastMachineNanos = now;
        return elapsedNanos;
    }
}
