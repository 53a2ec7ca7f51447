package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.planner.GunInput;

/** What throws at one gun costs that gun its power, and no other. */
class RingFailureTest {

    private final RingBench bench = new RingBench();

    @Test
    void aGunOfWhichNobodyKnowsStopsNoOther() {
        bench.start(1, plan(island(1, 1)));
        bench.strangers.add(new GunInput(9, true, 1000, 1000, 10, 700, 1));
        bench.run(2);
        assertTrue(bench.setpointA(1) > 80);
        assertEquals(Set.of(9), bench.ring.failures().keySet());
    }

    @Test
    void aGunWhoseVoltageIsNonsenseIsSwitchedOffAndNoOther() {
        bench.start(1, plan(island(1, 1)));
        bench.until(5, () -> bench.setpointA(1) > 80);
        bench.plan = plan(island(1, 1), island(3, 3));
        bench.active.add(3);
        bench.until(10, () -> bench.ring.ready(3) && bench.ring.stage(3).off());
        bench.ring.stage(3).start(bench.now);
        bench.until(10, () -> bench.told("M3_0").on());
        bench.gunV.put(3, Double.POSITIVE_INFINITY);
        bench.tick();
        assertEquals(Set.of(3), bench.ring.failures().keySet());
        assertFalse(bench.told("M3_0").on());
        bench.tick();
        assertTrue(bench.command.guns().get(2).forceOff());
        assertEquals(OutputStage.Step.ON, bench.step(1));
        assertEquals(86, bench.setpointA(1), 1);
        bench.gunV.remove(3);
        bench.until(10, () -> bench.ring.stage(3).off());
        assertEquals(Map.of(), bench.ring.failures());
        bench.ring.stage(3).start(bench.now);
        bench.until(10, () -> bench.step(3) == OutputStage.Step.ON);
    }

    @Test
    void aVehicleThatAsksForANegativeCurrentGetsNone() {
        bench.start(1, plan(island(1, 1)));
        bench.askedA.put(1, -5.0);
        bench.run(1);
        assertEquals(0, bench.setpointA(1));
        assertEquals(Map.of(), bench.ring.failures());
        assertEquals(OutputStage.Step.ON, bench.step(1));
    }

    @Test
    void noContactorIsBlamedForWhatWasToldInsteadOfTheCommand() {
        bench.start(1, plan(island(1, 1, 2)));
        HardwareCommand off = new HardwareCommand(0, bench.now, bench.command.guns(), bench.command.modules(), Set.of());
        bench.freeze("MC_1", Position.OPEN);
        for (int tick = 0; tick < 20; tick++) {
            bench.tick();
            bench.ring.interrupted(off);
        }
        assertEquals(Map.of(), bench.book.marks());
    }
}
