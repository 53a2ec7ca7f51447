package dcocpp.hardwarekit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dcocpp.api.time.TimeSource;
import dcocpp.testkit.RealTimeSource;

/** A bench in real time, for hardware on a real bus. A test lasts as long as what it waits for. */
public abstract class RealClockBench implements HardwareBench {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final RealTimeSource time = new RealTimeSource();

    @Override
    public final TimeSource time() {
        return time;
    }

    @Override
    public final boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = time.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - time.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(LOOK_NANOS, left));
        }
        return true;
    }
}
