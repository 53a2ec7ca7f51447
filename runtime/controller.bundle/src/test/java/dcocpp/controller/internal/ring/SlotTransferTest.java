package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;

/** Each step of taking slots, giving them back and moving them, and what becomes of it when something does not follow. */
class SlotTransferTest {

    private final RingBench bench = new RingBench();

    // Grow.

    @Test
    void growingMatchesTheVoltageWithOneModuleAtZeroCurrentBeforeTheContactorCloses() {
        bench.start(1, plan(island(1, 1)));
        bench.run(2);
        bench.plan = plan(island(1, 1, 2));
        bench.until(3, () -> bench.told("M2_0").closeContactor());
        assertFalse(bench.told("M2_1").closeContactor());
        bench.until(3, () -> bench.closed().contains("MC_1"));
        assertEquals(0, bench.told("M2_0").currentA());
        assertEquals(RingBench.VEHICLE_V, bench.told("M2_0").voltageV());
        assertFalse(bench.closed().contains("MC_2"));
        bench.until(3, () -> bench.told("M2_1").currentA() > 20);
        assertEquals(List.of(1, 2), bench.ring.slots(1));
        assertTrue(bench.told("M2_0").currentA() > 20);
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
    }

    @Test
    void aSlotThatDoesNotReachTheVoltageIsLeftAloneForAWhile() {
        bench.start(1, plan(island(1, 1)));
        bench.moduleV.put("M2_0", 30.0);
        bench.plan = plan(island(1, 1, 2));
        bench.run(10);
        assertFalse(bench.closed().contains("MC_1"));
        assertFalse(bench.told("M2_0").closeContactor());
        assertEquals(OutputStage.Step.ON, bench.step(1));
        assertFalse(bench.ring.transferring());
        bench.moduleV.clear();
        bench.ring.tryModulesAgain(2);
        bench.run(20);
        assertEquals(List.of(1), bench.ring.slots(1));
        bench.until(15, () -> bench.ring.slots(1).equals(List.of(1, 2)));
    }

    @Test
    void aBusContactorThatDoesNotCloseIsTriedTwiceAndThenMarked() {
        bench.start(1, plan(island(1, 1)));
        bench.freeze("MC_1", Position.OPEN);
        bench.plan = plan(island(1, 1, 2));
        int tries = 0;
        boolean before = false;
        for (int tick = 0; tick < 100; tick++) {
            bench.tick();
            boolean now = bench.closed().contains("MC_1");
            tries += now && !before ? 1 : 0;
            before = now;
        }
        assertEquals(2, tries);
        assertEquals(Map.of("MC_1", ContactorBook.Mark.STUCK), bench.book.marks());
        assertEquals(List.of("MC_1:STUCK"), bench.kept);
        assertEquals(OutputStage.Step.ON, bench.step(1));
        bench.run(40);
        assertFalse(bench.closed().contains("MC_1"));
        assertFalse(bench.closed().contains("MN_2_0"), "taken back");
    }

    @Test
    void nothingIsTakenWhileItsGunContactorIsNotSeenToBeOpen() {
        bench.start(1, plan(island(1, 1)));
        bench.freeze("GC_2", Position.UNKNOWN);
        bench.plan = plan(island(1, 1, 2));
        bench.run(10);
        assertFalse(bench.closed().contains("MN_2_0"));
        assertFalse(bench.closed().contains("MC_1"));
    }

    @Test
    void aSlotWithoutModulesIsBridgedWithoutVoltage() {
        bench.broken.addAll(Set.of("M2_0", "M2_1"));
        bench.start(1, plan(island(1, 1)));
        Plan wide = plan(island(1, 1, 2, 3));
        bench.plan = new Plan(List.of(new Island(1, List.of(1, 2, 3), List.of("M1_0", "M1_1", "M3_0", "M3_1"), 120_000,
                171, 700, Island.Reason.MODULES)), wide.closedBusContactors(), wide.memory());
        bench.until(3, () -> bench.closed().contains("MC_2"));
        assertFalse(bench.closed().contains("MN_3_0"), "both slots are dead when they are joined");
        assertFalse(bench.closed().contains("MC_1"));
        bench.until(4, () -> bench.closed().contains("MC_1"));
        bench.until(3, () -> bench.told("M3_1").currentA() > 20);
        assertEquals(List.of(1, 2, 3), bench.ring.slots(1));
    }

    // Shrink.

    @Test
    void shrinkingOffersLessThenUnloadsThenOpensThenDischarges() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.gunA.put(1, 171.0);
        bench.plan = plan(island(1, 1));
        bench.run(0.2);
        assertEquals(60_000, bench.ring.offerW(1), 1);
        assertTrue(bench.told("M2_0").currentA() > 0, "the vehicle has not followed yet");
        bench.gunA.put(1, 85.0);
        bench.until(0.5, () -> bench.told("M2_0").currentA() == 0);
        assertTrue(bench.closed().contains("MC_1"), "not before the current is seen to be gone");
        bench.moduleA.put("M2_0", 5.0);
        bench.run(1);
        assertTrue(bench.closed().contains("MC_1"), "5 A flow through it");
        bench.moduleA.clear();
        bench.until(0.5, () -> !bench.closed().contains("MC_1"));
        assertTrue(bench.told("M2_0").closeContactor(), "it stays until the bus has discharged");
        bench.until(1, () -> !bench.told("M2_0").closeContactor());
        assertEquals(List.of(1), bench.ring.slots(1));
        assertTrue(bench.setpointA(1) > 80);
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
    }

    @Test
    void aVehicleThatDoesNotFollowTheLowerOfferIsNotWaitedForLongerThanTwoSeconds() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.gunA.put(1, 171.0);
        bench.plan = plan(island(1, 1));
        bench.run(1.9);
        assertTrue(bench.told("M2_0").currentA() > 0);
        bench.run(0.4);
        assertEquals(0, bench.told("M2_0").currentA());
    }

    @Test
    void aModuleWhoseCurrentDoesNotFallIsSwitchedOffAndAtLastTheGun() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.moduleA.put("M2_0", 8.0);
        bench.plan = plan(island(1, 1));
        bench.until(5, () -> bench.told("M2_0").currentA() == 0);
        bench.run(2.5);
        assertFalse(bench.told("M2_0").on());
        assertTrue(bench.closed().contains("MC_1"));
        bench.until(3, () -> bench.step(1) == OutputStage.Step.RAMP_DOWN);
        bench.run(1);
        assertFalse(bench.closed().contains("GC_1"));
    }

    @Test
    void aSilentModuleInALentSlotStopsItsBorrowerForAMomentOnly() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.moduleA.put("M2_0", Double.NaN);
        bench.broken.add("M2_0");
        bench.plan = plan(island(1, 1));
        bench.until(12, () -> bench.step(1) == OutputStage.Step.RAMP_DOWN);
        bench.until(5, () -> bench.ring.stage(1).off());
        assertNull(bench.ring.stage(1).fault(), "its session may start it again");
        bench.run(0.5);
        assertFalse(bench.closed().contains("MC_1"));
        bench.start(1, plan(island(1, 1)));
        bench.until(5, () -> bench.setpointA(1) > 80);
        assertTrue(bench.ring.ready(2));
    }

    @Test
    void aBusContactorThatIsNotSeenToOpenWithoutLoadEitherIsAFault() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.freeze("MC_1", Position.UNKNOWN);
        bench.plan = plan(island(1, 1));
        bench.until(12, () -> bench.step(1) == OutputStage.Step.OPENING);
        bench.run(1.5);
        assertNull(bench.ring.stage(1).fault());
        bench.until(5, () -> bench.ring.stage(1).off());
        assertEquals(FaultCause.MC_OPEN_TIMEOUT, bench.ring.stage(1).fault().cause());
    }

    @Test
    void aCurrentThatIsNotMeasuredIsNoReasonToOpen() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.moduleA.put("M2_0", Double.NaN);
        bench.plan = plan(island(1, 1));
        for (int tick = 0; tick < 60 && bench.step(1) == OutputStage.Step.ON; tick++) {
            bench.tick();
            assertTrue(bench.closed().contains("MC_1"));
            assertTrue(bench.told("M2_0").closeContactor());
        }
    }

    @Test
    void aBusContactorThatDoesNotOpenIsMarkedAndItsSlotStaysWhereItIs() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.freeze("MC_1", Position.CLOSED);
        bench.plan = plan(island(1, 1));
        bench.run(4);
        assertEquals(Map.of("MC_1", ContactorBook.Mark.WELDED), bench.book.marks());
        assertEquals(List.of(1, 2), bench.ring.slots(1), "it cannot be cut");
        assertEquals(OutputStage.Step.ON, bench.step(1));
        assertFalse(bench.ring.transferring());
        assertFalse(bench.ring.ready(2), "its gun cannot start on another's bus");
        assertTrue(bench.ring.ready(3));
    }

    // Move.

    @Test
    void aSlotMovesOnlyWhenTheFirstGunHasLetGoOfItAndItHasDischarged() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.start(3, plan(island(1, 1, 2), island(3, 3)));
        bench.plan = plan(island(1, 1), island(3, 2, 3));
        bench.until(5, () -> !bench.closed().contains("MC_1"));
        assertFalse(bench.closed().contains("MC_2"));
        bench.moduleV.put("M2_0", 300.0);
        bench.run(1);
        assertTrue(bench.told("M2_0").closeContactor(), "its voltage has not fallen yet");
        assertFalse(bench.closed().contains("MC_2"));
        bench.moduleV.clear();
        bench.until(5, () -> bench.ring.slots(3).equals(List.of(2, 3)));
        assertFalse(bench.closed().contains("MC_1"));
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
    }
}
