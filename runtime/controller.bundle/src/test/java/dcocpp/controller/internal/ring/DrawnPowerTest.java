package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;

/** What a gun draws counts towards the site's limit also when the gun says nothing. Gun 1 charges with 120 kW, gun 3 with 30 kW. */
class DrawnPowerTest {

    private static final double GRID_W = 150_000;
    private static final double SLACK_W = 1000;

    private final RingBench bench = new RingBench();

    @BeforeEach
    void bothCharge() {
        bench.gridW = GRID_W;
        bench.start(1, plan(island(1, 1, 2)));
        bench.limitW.put(3, 30_000.0);
        bench.start(3, plan(island(1, 1, 2), island(3, 3, 4)));
        bench.until(10, () -> bench.setpointA(1) > 170 && bench.setpointA(3) > 42);
        bench.run(2);
    }

    /** Gun 1 shall have little and its modules do not follow, gun 3 shall have the rest of the site. */
    private void turnRound() {
        List.of("M1_0", "M1_1", "M2_0", "M2_1").forEach(module -> bench.moduleA.put(module, 42.8));
        bench.limitW.put(1, 20_000.0);
        bench.limitW.remove(3);
    }

    private void silence() {
        bench.gunA.put(1, Double.NaN);
        bench.gunV.put(1, Double.NaN);
    }

    private double toldW(int id) {
        return bench.setpointA(id) * RingBench.VEHICLE_V;
    }

    @Test
    void modulesTellWhatAGunDrawsThatSaysNothing() {
        turnRound();
        silence();
        bench.run(3);
        assertEquals(30_000, toldW(3), SLACK_W, "gun 1 still draws 120 kW");
        List.of("M1_0", "M1_1", "M2_0", "M2_1").forEach(module -> bench.moduleA.put(module, 7.0));
        bench.until(3, () -> toldW(3) > 110_000);
    }

    @Test
    void modulesThatGiveMoreThanTheGunMeasuresCount() {
        turnRound();
        bench.gunA.put(1, 20.0);
        bench.run(3);
        assertEquals(30_000, toldW(3), SLACK_W);
    }

    @Test
    void whatWasDrawnCountsForASecondWhereNothingIsKnown() {
        turnRound();
        silence();
        List.of("M1_0", "M1_1", "M2_0", "M2_1").forEach(module -> bench.moduleA.put(module, Double.NaN));
        bench.run(0.9);
        assertEquals(30_000, toldW(3), SLACK_W);
        bench.run(2);
        assertTrue(toldW(3) > 60_000, "not for good: " + toldW(3));
    }

    @Test
    void gunWhoseSlotIsLentDrawsNothing() {
        bench.gunA.put(2, Double.NaN);
        bench.gunV.put(2, Double.NaN);
        bench.run(1);
        assertEquals(0, bench.state.drawnW(1));
        assertEquals(120_000, bench.state.drawnW(0), SLACK_W);
    }

    @Test
    void modulesOfACommonBusCountOnceWhereOneGunSaysNothing() {
        bench.freeze("GC_2", Position.UNKNOWN);
        bench.gunA.put(2, Double.NaN);
        bench.gunV.put(2, Double.NaN);
        bench.tick();
        assertEquals(120_000, bench.state.drawnW(0) + bench.state.drawnW(1), SLACK_W);
    }
}
