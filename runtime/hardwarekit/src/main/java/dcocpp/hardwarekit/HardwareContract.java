package dcocpp.hardwarekit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a hardware bundle must hold to, as tests that an OEM's own test class inherits:
 *
 * <pre>{@code
 * class MyHardwareTest extends HardwareContract {
 *     @Override
 *     protected HardwareBench bench() {
 *         return new MyBench();
 *     }
 * }
 * }</pre>
 *
 * The tests play the controller: a command every 100 ms with the complete wanted state. They look at snapshots and, against them, at the
 * instruments of the bench.
 */
public abstract class HardwareContract
        implements LifeCycleRules, SnapshotRules, CommandRules, SessionRules, FaultRules, EventRules {

    private HardwareRig rig;

    /** A fresh bench with hardware that is not open yet. */
    protected abstract HardwareBench bench();

    /** The bench of this test with the host that the rules drive it by. */
    @Override
    public final HardwareRig rig() {
        return rig;
    }

    @BeforeEach
    final void begin() {
        rig = new HardwareRig(bench());
    }

    @AfterEach
    final void end() {
        rig.end();
    }
}
