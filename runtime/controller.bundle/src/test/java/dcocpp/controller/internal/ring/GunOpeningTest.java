package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.FaultCause;

/** A gun contactor that opens unasked or that a current keeps from opening: no step waits for ever. */
class GunOpeningTest {

    private final RingBench bench = new RingBench();

    private void charge() {
        bench.start(1, plan(island(1, 1)));
        bench.until(5, () -> bench.setpointA(1) > 80);
    }

    private FaultCause fault() {
        return bench.ring.stage(1).fault() == null ? null : bench.ring.stage(1).fault().cause();
    }

    @Test
    void anAuxiliaryContactThatBouncesEndsNothingAndMeanwhileNoCurrentIsToldToFlow() {
        charge();
        bench.freeze("GC_1", Position.OPEN);
        bench.tick();
        assertEquals(0, bench.setpointA(1));
        bench.frozen.clear();
        bench.run(1);
        assertEquals(OutputStage.Step.ON, bench.step(1));
        assertEquals(60_000 / RingBench.VEHICLE_V, bench.setpointA(1), 1);
    }

    @Test
    void aContactorThatHasOpenedUnaskedIsFollowedAtOnce() {
        charge();
        bench.gunA.put(1, 0.0);
        bench.freeze("GC_1", Position.OPEN);
        bench.run(0.4);
        assertFalse(bench.closed().contains("GC_1"));
        bench.until(3, () -> bench.step(1) == OutputStage.Step.OFF);
        assertNull(fault());
    }

    @Test
    void anAuxiliaryContactThatSaysOpenWhileACurrentFlowsEndsInAControlledStop() {
        charge();
        bench.gunA.put(1, 60.0);
        bench.freeze("GC_1", Position.OPEN);
        bench.until(1, () -> bench.step(1) == OutputStage.Step.RAMP_DOWN);
        bench.run(1);
        assertEquals(OutputStage.Step.RAMP_DOWN, bench.step(1), "the current is measured, whatever the contact says");
        bench.gunA.put(1, 0.0);
        bench.until(3, () -> bench.step(1) == OutputStage.Step.OFF);
        assertNull(fault());
    }

    @Test
    void aCurrentThatGoesOnThoughItsContactorSeemedOpenIsCutAlsoWhereThePlcLeads() {
        bench.regulated = false;
        charge();
        List.of("M1_0", "M1_1").forEach(module -> bench.moduleA.put(module, Double.NaN));
        bench.gunA.put(1, 0.0);
        bench.freeze("GC_1", Position.OPEN);
        bench.until(1, () -> bench.step(1) == OutputStage.Step.OPENING);
        bench.freeze("GC_1", Position.CLOSED);
        bench.gunA.put(1, 60.0);
        bench.run(1.5);
        assertTrue(bench.closed().contains("GC_1"), "not under load, if it can be helped");
        assertNull(fault());
        bench.run(0.7);
        assertFalse(bench.closed().contains("GC_1"));
        assertEquals(FaultCause.GC_OPEN_TIMEOUT, fault());
    }

    @Test
    void aStopWhileTheContactorClosesHasATimeLimitToo() {
        bench.startClosing(1, plan(island(1, 1)));
        bench.gunA.put(1, 30.0);
        bench.moduleA.put("M1_0", 30.0);
        bench.ring.stage(1).stop(bench.now);
        bench.freeze("GC_1", Position.CLOSED);
        bench.run(1.8);
        assertTrue(bench.closed().contains("GC_1"));
        bench.run(0.5);
        assertFalse(bench.closed().contains("GC_1"));
        assertEquals(FaultCause.GC_OPEN_TIMEOUT, fault());
        bench.frozen.clear();
        bench.gunA.clear();
        bench.moduleA.clear();
        bench.until(5, () -> bench.ring.stage(1).off());
    }

    @Test
    void aContactorWithoutFeedbackDoesNotCountAsOpenWhileItsCurrentFlows() {
        charge();
        bench.gunA.put(1, 0.0);
        bench.freeze("GC_1", Position.OPEN);
        bench.until(1, () -> bench.step(1) == OutputStage.Step.OPENING);
        bench.freeze("GC_1", Position.UNKNOWN);
        bench.gunA.put(1, 60.0);
        bench.run(1.8);
        assertEquals(OutputStage.Step.OPENING, bench.step(1));
        bench.run(0.5);
        assertEquals(OutputStage.Step.OFF, bench.step(1));
        assertEquals(FaultCause.GC_OPEN_TIMEOUT, fault());
    }
}
