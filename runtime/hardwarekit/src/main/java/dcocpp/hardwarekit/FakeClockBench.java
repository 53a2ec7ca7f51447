package dcocpp.hardwarekit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dcocpp.testkit.FakeTimeSource;

/** A bench on a clock that moves only while a test waits: a minute takes milliseconds, and the same test always goes the same way. */
public abstract class FakeClockBench implements HardwareBench {

    /** How far the clock moves at once. */
    private static final Duration STEP = Duration.ofMillis(20);

    private final FakeTimeSource time = new FakeTimeSource();

    @Override
    public final FakeTimeSource time() {
        return time;
    }

    @Override
    public final boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = time.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (time.nanoTime() - deadline >= 0) {
                return false;
            }
            time.advance(STEP);
        }
        return true;
    }
}
