package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.planner.Plan;
import dcocpp.controller.internal.ring.ContactorBook.Mark;

/** Parts that fail without a word: what feedback shows, or does not show in time, is all there is to know of them. */
class SilentPartsTest {

    private static final List<Fault> SLOW = List.of(new Fault(FaultCause.MODULE_DEGRADED, "M1_1 does not reach the voltage of its bus"));

    private final RingBench bench = new RingBench();

    // A bus contactor that opens by itself.

    private void chargeFromTwoSlots() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
    }

    @Test
    void aBusContactorThatOpensByItselfIsMarkedAndTheGunGoesOnWithWhatIsLeft() {
        chargeFromTwoSlots();
        bench.freeze("MC_1", Position.OPEN);
        bench.run(0.5);
        assertEquals(Map.of(), bench.book.marks(), "it may only have been a moment");
        bench.run(0.3);
        assertEquals(Map.of("MC_1", Mark.OPENED), bench.book.marks());
        assertEquals(List.of(1), bench.ring.slots(1));
        assertEquals(List.of("M1_0", "M1_1"), bench.ring.stage(1).joinedModules());
        bench.run(0.2);
        assertEquals(60_000 / RingBench.VEHICLE_V, bench.setpointA(1), 1);
        assertEquals(0, bench.told("M2_0").currentA());
        bench.until(5, () -> !bench.closed().contains("MN_2_0") && !bench.closed().contains("MN_2_1"));
        assertFalse(bench.told("M2_0").on());
        assertFalse(bench.closed().contains("MC_1"));
        bench.run(40);
        assertEquals(OutputStage.Step.ON, bench.step(1));
        assertEquals(List.of(1), bench.ring.slots(1), "though the plan in force still counts on it");
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
    }

    /** Without load its modules go to the voltage that they are told, and the guard would not let it be closed any more. */
    @Test
    void itIsNoticedAlsoWhenBothSidesDoNotMatchAnyMore() {
        chargeFromTwoSlots();
        bench.freeze("MC_1", Position.OPEN);
        bench.moduleV.putAll(Map.of("M2_0", 780.0, "M2_1", 780.0));
        bench.run(1);
        assertEquals(Map.of("MC_1", Mark.OPENED), bench.book.marks());
        assertEquals(List.of(1), bench.ring.slots(1));
        assertEquals(OutputStage.Step.ON, bench.step(1));
    }

    @Test
    void whatIsLostCanBeHadFromTheOtherSide() {
        chargeFromTwoSlots();
        bench.freeze("MC_1", Position.OPEN);
        bench.run(1);
        bench.plan = plan(island(1, 4, 1));
        bench.until(40, () -> bench.ring.slots(1).equals(List.of(4, 1)));
        bench.until(5, () -> bench.setpointA(1) > 170);
    }

    @Test
    void anotherGunMayHaveTheLostSlotsOnceTheyAreDead() {
        chargeFromTwoSlots();
        bench.freeze("MC_1", Position.OPEN);
        bench.run(1);
        bench.start(2, plan(island(1, 1), island(2, 2)));
        bench.until(5, () -> bench.setpointA(2) > 80 && bench.setpointA(1) > 80);
    }

    @Test
    void aTransferBeyondTheLostContactorIsGivenUp() {
        chargeFromTwoSlots();
        bench.plan = plan(island(1, 1, 2, 3));
        bench.moduleV.put("M3_0", 300.0);
        bench.until(5, () -> bench.ring.transferring());
        bench.freeze("MC_1", Position.OPEN);
        bench.run(0.8);
        assertFalse(bench.ring.transferring());
        bench.moduleV.clear();
        bench.until(8, () -> bench.ring.ready(3));
        assertEquals(OutputStage.Step.ON, bench.step(1));
    }

    @Test
    void aBusContactorWithoutFeedbackIsNotTakenForOneThatHasOpened() {
        chargeFromTwoSlots();
        bench.freeze("MC_1", Position.UNKNOWN);
        bench.run(5);
        assertEquals(Map.of(), bench.book.marks());
        assertEquals(List.of(1, 2), bench.ring.slots(1));
    }

    // A module that does not reach the voltage of its bus.

    @Test
    void aModuleThatDoesNotReachItsBusIsTakenOffReportedAndTriedAgainLater() {
        bench.moduleV.put("M1_1", 500.0);
        bench.start(1, plan(island(1, 1)));
        bench.until(2, () -> bench.told("M1_1").on());
        bench.run(6.5);
        assertTrue(bench.told("M1_1").on());
        assertEquals(Set.of(), bench.ring.resting());
        bench.run(1);
        assertFalse(bench.told("M1_1").on());
        assertEquals(Set.of("M1_1"), bench.ring.resting());
        assertEquals(SLOW, bench.ring.faults(1));
        assertEquals(List.of(), bench.ring.faults(2));
        bench.run(290);
        assertFalse(bench.told("M1_1").on());
        assertTrue(bench.setpointA(1) > 40, "the other one goes on");
        bench.moduleV.clear();
        bench.run(12);
        assertEquals(List.of(), bench.ring.faults(1));
        assertEquals(List.of("M1_0", "M1_1"), bench.ring.stage(1).joinedModules());
    }

    @Test
    void anOperatorLetsASlowModuleBeTriedAgainAtOnce() {
        bench.moduleV.put("M1_1", 500.0);
        bench.start(1, plan(island(1, 1)));
        bench.run(10);
        assertEquals(SLOW, bench.ring.faults(1));
        bench.moduleV.clear();
        bench.ring.tryModulesAgain(2);
        bench.run(2);
        assertEquals(SLOW, bench.ring.faults(1), "that was another slot");
        bench.ring.tryModulesAgain(1);
        bench.run(2);
        assertEquals(List.of(), bench.ring.faults(1));
        assertEquals(2, bench.ring.stage(1).joinedModules().size());
    }

    @Test
    void aModuleThatDoesNotBringALentSlotUpIsNotCountedOnEither() {
        bench.start(1, plan(island(1, 1)));
        bench.plan = plan(island(1, 1, 2));
        bench.moduleV.put("M2_0", 300.0);
        bench.until(20, () -> bench.ring.resting().equals(Set.of("M2_0")));
        assertEquals(FaultCause.MODULE_DEGRADED, bench.ring.faults(2).get(0).cause());
        assertTrue(bench.setpointA(1) > 80);
    }

    // A module whose current sensor shows what is not there.

    private void stop() {
        bench.plan = Plan.EMPTY;
        bench.active.clear();
        bench.ring.stage(1).stop(bench.now);
    }

    @Test
    void aModuleThatShowsACurrentThatNothingTakesIsReportedAndHoldsUpNobody() {
        chargeFromTwoSlots();
        bench.moduleA.putAll(Map.of("M2_0", 1.5, "M2_1", -1.2));
        stop();
        bench.run(4.5);
        assertTrue(bench.closed().containsAll(Set.of("MN_2_0", "MN_2_1")), "it may be true");
        assertFalse(bench.told("M2_0").on());
        assertEquals(List.of(), bench.ring.faults(2));
        bench.until(3, () -> bench.ring.stage(1).off());
        assertEquals(List.of("M2_0 shows a current though it shall be off", "M2_1 shows a current though it shall be off"),
                bench.ring.faults(2).stream().map(Fault::detail).toList());
        assertEquals(FaultCause.MODULE_DEGRADED, bench.ring.faults(2).get(0).cause());
        assertEquals(Set.of("M2_0", "M2_1"), bench.ring.resting());
        bench.tick();
        assertEquals(Set.of(), bench.closed());
        assertTrue(bench.ring.ready(2));
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
        bench.run(300);
        assertEquals(List.of(), bench.ring.faults(2), "it is tried again");
    }

    @Test
    void itIsReportedAlsoWhereAnEmergencyHasSwitchedItOffAtOnce() {
        chargeFromTwoSlots();
        bench.moduleA.put("M2_0", 1.5);
        bench.plan = Plan.EMPTY;
        bench.active.clear();
        bench.ring.stage(1).emergencyOff(bench.now);
        bench.run(2.5);
        assertTrue(bench.closed().contains("MN_2_0"), "it may be true");
        bench.until(2, () -> bench.ring.stage(1).off());
        assertEquals(Set.of("M2_0"), bench.ring.resting());
    }

    @Test
    void aCurrentThatTheGunTakesIsBelieved() {
        chargeFromTwoSlots();
        bench.freeze("GC_1", Position.CLOSED);
        bench.moduleA.put("M2_0", 1.5);
        bench.gunA.put(1, 1.5);
        stop();
        bench.run(15);
        assertTrue(bench.closed().contains("MN_2_0"), "it flows");
        assertEquals(1, bench.ring.faults(2).size());
        bench.gunA.put(1, 0.0);
        bench.until(8, () -> !bench.closed().contains("MN_2_0"));
    }
}
