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
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;

/** Each step of starting and stopping a gun, and what becomes of it when a contactor, a module or a car does not follow. */
class RingSequencerTest {

    private final RingBench bench = new RingBench();

    // Start.

    @Test
    void aStartJoinsItsSlotsBeforeAnyModuleRunsAndClosesTheGunLast() {
        bench.plan = plan(island(1, 1, 2));
        bench.active.add(1);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.until(2, () -> bench.closed().contains("MC_1"));
        assertEquals(Set.of("MC_1"), bench.closed());
        bench.until(2, () -> bench.closed().contains("MN_1_0"));
        assertFalse(bench.told("M1_0").on(), "a dead bus: the contactor first");
        bench.until(3, () -> bench.closed().contains("GC_1"));
        assertTrue(bench.told("M1_0").on());
        assertFalse(bench.told("M1_1").closeContactor(), "one module is enough to bring the bus up");
        bench.until(5, () -> bench.setpointA(1) > 170);
        assertEquals(List.of(1, 2), bench.ring.slots(1));
    }

    @Test
    void aStartWaitsUntilTheBoundaryIsSeenToBeOpen() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.freeze("MC_1", Position.UNKNOWN);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.run(7);
        assertEquals(OutputStage.Step.ISOLATING, bench.step(1));
        assertEquals(Set.of(), bench.closed());
        bench.run(2);
        assertEquals(FaultCause.MC_OPEN_TIMEOUT, bench.ring.stage(1).fault().cause());
        assertEquals(OutputStage.Step.OFF, bench.step(1));
    }

    @Test
    void aStartThatWaitsForItsOwnSlotIsALocalFault() {
        assertStartFailsFor("MN_1_1", FaultCause.LOCAL_FAULT, "a module contactor of slot 1 is not open");
    }

    @Test
    void aStartThatWaitsForAnotherSlotOfItsIslandSaysSo() {
        assertStartFailsFor("MN_2_0", FaultCause.ISLAND_SLOT_FAULT, "a module contactor of slot 2 is not open");
    }

    private void assertStartFailsFor(String contactor, FaultCause cause, String detail) {
        bench.plan = plan(island(1, 1, 2));
        bench.active.add(1);
        bench.freeze(contactor, Position.UNKNOWN);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.run(9);
        assertEquals(new Fault(cause, detail), bench.ring.stage(1).fault());
        assertEquals(OutputStage.Step.OFF, bench.step(1));
    }

    @Test
    void aStartWaitsUntilTheBusIsDischarged() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.tick();
        bench.ring.stage(1).start(bench.now);
        bench.run(2.5);
        assertEquals(OutputStage.Step.ISOLATING, bench.step(1), "nobody knows yet what the bus has");
        bench.run(2);
        assertEquals(OutputStage.Step.ON, bench.step(1));
    }

    /** One that is told to leave while its contactor closes cannot come back: where nothing regulates it, it never matches a live bus. */
    @Test
    void whereThePlcLeadsTheGunContactorWaitsForEveryModuleThatIsOnItsWay() {
        bench.regulated = false;
        bench.moduleV.put("M1_0", Double.NaN);
        bench.moduleV.put("M1_1", Double.NaN);
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.run(4);
        bench.freeze("MN_1_0", Position.OPEN);
        bench.freeze("MN_1_1", Position.OPEN);
        bench.ring.stage(1).start(bench.now);
        bench.until(2, () -> bench.closed().containsAll(Set.of("MN_1_0", "MN_1_1")));
        bench.run(0.3);
        assertEquals(Set.of("MN_1_0", "MN_1_1"), bench.closed());
        bench.frozen.remove("MN_1_0");
        bench.run(0.4);
        assertFalse(bench.closed().contains("GC_1"), "one module is still on its way");
        bench.frozen.remove("MN_1_1");
        bench.until(3, () -> bench.step(1) == OutputStage.Step.ON);
        bench.run(1);
        assertEquals(Set.of("GC_1", "MN_1_0", "MN_1_1"), bench.closed());
        assertEquals(List.of("M1_0", "M1_1"), bench.ring.stage(1).joinedModules());
    }

    /** Nothing measures that bus: what the PLC had brought it to is still on it. */
    @Test
    void whereThePlcLeadsABusThatWasForcedOffIsNotTakenForDeadBeforeItIsDischarged() {
        bench.regulated = false;
        bench.moduleV.put("M1_0", Double.NaN);
        bench.moduleV.put("M1_1", Double.NaN);
        bench.start(1, plan(island(1, 1)));
        bench.run(2);
        // The feedback of the gun contactor comes before that of the modules.
        bench.freeze("MN_1_0", Position.CLOSED);
        bench.ring.stage(1).emergencyOff(bench.now);
        bench.run(0.2);
        bench.frozen.clear();
        bench.until(1, () -> bench.ring.stage(1).off());
        bench.ring.stage(1).start(bench.now);
        bench.run(2.5);
        assertEquals(Set.of(), bench.closed(), "discharged by now is only what was dark for 3 s");
        bench.until(3, () -> bench.step(1) == OutputStage.Step.ON);
    }

    @Test
    void aModuleWithoutMeasuredVoltageDoesNotBegin() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.moduleV.put("M1_0", Double.NaN);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.run(2);
        assertFalse(bench.told("M1_0").closeContactor());
        bench.until(3, () -> bench.told("M1_1").closeContactor());
        bench.until(3, () -> bench.step(1) == OutputStage.Step.ON);
        assertFalse(bench.told("M1_0").closeContactor());
    }

    @Test
    void theModuleThatBringsTheBusUpStaysThoughThePlanNamesAnotherOneFirst() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.gunV.put(1, 650.0);
        bench.moduleV.put("M1_0", 0.0);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.until(2, () -> bench.told("M1_0").on());
        bench.moduleV.put("M1_0", 550.0);
        Island same = bench.plan.islands().get(0);
        bench.plan = new Plan(List.of(new Island(1, same.slotIds(), List.of("M1_1", "M1_0"), same.powerW(), same.currentA(),
                same.voltageV(), same.reason())), Set.of(), bench.plan.memory());
        bench.run(1);
        assertTrue(bench.told("M1_0").closeContactor());
        assertFalse(bench.told("M1_1").on());
    }

    @Test
    void aModuleThatIsBeingMatchedGivesUpWhenTheBusIsNotMeasuredAnyMore() {
        bench.start(1, plan(island(1, 1)));
        bench.freeze("MN_1_1", Position.OPEN);
        bench.moduleV.put("M1_1", 500.0);
        bench.run(1);
        assertTrue(bench.told("M1_1").on());
        bench.freeze("GC_1", Position.UNKNOWN);
        bench.freeze("MN_1_0", Position.UNKNOWN);
        bench.run(0.3);
        assertFalse(bench.told("M1_1").closeContactor());
        assertFalse(bench.told("M1_1").on());
    }

    @Test
    void aPrechargeThatDoesNotReachTheVehiclesVoltageIsGivenUp() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.moduleV.putAll(Map.of("M1_0", 30.0, "M1_1", 30.0));
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.run(9);
        assertEquals(FaultCause.PRECHARGE_TIMEOUT, bench.ring.stage(1).fault().cause());
        assertFalse(bench.closed().contains("GC_1"));
    }

    @Test
    void aVehicleWhoseVoltageIsNotKnownIsNotConnected() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.gunV.put(1, Double.NaN);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        for (int tick = 0; tick < 90; tick++) {
            bench.tick();
            assertFalse(bench.closed().contains("GC_1"));
        }
        assertEquals(FaultCause.PRECHARGE_TIMEOUT, bench.ring.stage(1).fault().cause());
    }

    @Test
    void aGunContactorThatDoesNotCloseGetsASecondTry() {
        bench.plan = plan(island(1, 1));
        bench.active.add(1);
        bench.freeze("GC_1", Position.OPEN);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.until(4, () -> bench.closed().contains("GC_1"));
        bench.until(1, () -> !bench.closed().contains("GC_1"));
        bench.until(1, () -> bench.closed().contains("GC_1"));
        bench.run(1);
        assertEquals(FaultCause.GC_CLOSE_TIMEOUT, bench.ring.stage(1).fault().cause());
        bench.run(1);
        assertEquals(Set.of(), bench.closed());
    }

    // Stop.

    @Test
    void aStopTakesTheCurrentDownBeforeTheGunOpensAndLeavesTheBusContactors() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.gunA.put(1, 40.0);
        bench.ring.stage(1).stop(bench.now);
        bench.run(0.5);
        assertEquals(0, bench.setpointA(1));
        assertTrue(bench.closed().contains("GC_1"));
        bench.gunA.put(1, 0.0);
        bench.until(0.5, () -> !bench.closed().contains("GC_1"));
        bench.until(1, () -> bench.ring.stage(1).off());
        assertEquals(Set.of("MC_1"), bench.closed());
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
        bench.active.clear();
        bench.plan = new Plan(List.of(), Set.of("MC_1"), bench.plan.memory());
        bench.run(2);
        assertEquals(Set.of("MC_1"), bench.closed(), "nothing moves for looks");
        bench.plan = Plan.EMPTY;
        bench.run(0.2);
        assertEquals(Set.of(), bench.closed());
    }

    @Test
    void aCurrentThatDoesNotComeDownOpensTheGunAfterTwoSecondsAllTheSame() {
        bench.start(1, plan(island(1, 1)));
        bench.gunA.put(1, 40.0);
        bench.moduleA.putAll(Map.of("M1_0", 20.0, "M1_1", 20.0));
        bench.ring.stage(1).stop(bench.now);
        bench.run(1.9);
        assertTrue(bench.closed().contains("GC_1"));
        bench.run(0.4);
        assertFalse(bench.closed().contains("GC_1"));
        assertEquals(FaultCause.GC_OPEN_TIMEOUT, bench.ring.stage(1).fault().cause());
    }

    @Test
    void aGunContactorThatOnlySaysThatItIsOpenIsFoundOutByTheVoltage() {
        bench.start(1, plan(island(1, 1)));
        bench.moduleV.putAll(Map.of("M1_0", 700.0, "M1_1", 700.0));
        bench.ring.stage(1).stop(bench.now);
        bench.run(6);
        assertEquals(FaultCause.GC_WELD, bench.ring.stage(1).fault().cause());
    }

    // Emergency.

    @Test
    void anEmergencySwitchesEverythingOffInTheSameTickAndLeavesTheRestUntilTheCurrentIsGone() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.moduleA.putAll(Map.of("M1_0", 30.0, "M2_0", 30.0));
        bench.ring.stage(1).emergencyOff(bench.now);
        bench.tick();
        assertTrue(bench.command.guns().get(0).forceOff());
        for (String module : List.of("M1_0", "M1_1", "M2_0", "M2_1")) {
            assertFalse(bench.told(module).on(), module);
        }
        assertTrue(bench.closed().contains("MN_2_0"));
        assertTrue(bench.closed().contains("MC_1"));
        bench.moduleA.clear();
        bench.until(1, () -> !bench.closed().contains("MN_2_0"));
        bench.until(1, () -> bench.ring.stage(1).off());
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
    }

    // What happens without anybody's wish.

    @Test
    void twoGunsThatMayBeOnOneBusLoseTheirPowerInOneSecondAndOpenLater() {
        bench.start(1, plan(island(1, 1)));
        bench.start(2, plan(island(1, 1), island(2, 2)));
        bench.until(5, () -> bench.setpointA(2) > 80);
        bench.freeze("MC_1", Position.UNKNOWN);
        bench.run(0.6);
        assertTrue(bench.setpointA(1) > 20 && bench.setpointA(1) < 60, bench.setpointA(1) + " A");
        bench.run(0.6);
        assertEquals(0, bench.setpointA(1));
        assertTrue(bench.closed().contains("GC_1"));
        bench.run(6);
        assertFalse(bench.closed().contains("GC_1"));
    }

    @Test
    void twoGunsThatAreOnOneBusAreOpenedAtOnce() {
        bench.start(1, plan(island(1, 1)));
        bench.start(2, plan(island(1, 1), island(2, 2)));
        bench.freeze("MC_1", Position.CLOSED);
        bench.tick();
        assertTrue(bench.command.guns().get(0).forceOff());
        assertTrue(bench.command.guns().get(1).forceOff());
    }

    @Test
    void aGunThatLosesItsBusToOneOfHigherPriorityIsStoppedGently() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.freeze("MC_1", Position.CLOSED);
        bench.plan = plan(island(1, 1));
        bench.run(4);
        bench.plan = Plan.EMPTY;
        bench.run(1);
        assertEquals(OutputStage.Step.ON, bench.step(1), "nobody else wants it");
        bench.active.add(2);
        bench.run(0.2);
        assertEquals(OutputStage.Step.RAMP_DOWN, bench.step(1));
        bench.until(3, () -> bench.ring.ready(2));
    }

    @Test
    void theModulesOfAnIslandGiveTogetherWhatTheGunShallHave() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.limitW.put(1, 70_000.0);
        bench.run(5);
        assertEquals(70_000 / RingBench.VEHICLE_V, bench.setpointA(1), 1);
        assertEquals(bench.ring.stage(1).setpointA(), bench.setpointA(1), bench.setpointA(1) / 100);
        assertEquals(25, bench.told("M2_1").currentA(), 0.1, "each its part");
    }

    @Test
    void theSumStaysWithinTheSiteWhileOneGunGivesWayToAnother() {
        bench.gridW = 90_000;
        bench.start(1, plan(island(1, 1, 2)));
        bench.start(3, plan(island(1, 1, 2), island(3, 3)));
        for (int tick = 0; tick < 100; tick++) {
            bench.tick();
            double sumW = (bench.setpointA(1) + bench.setpointA(3)) * RingBench.VEHICLE_V;
            assertTrue(sumW <= 90_000 * 1.0001, sumW + " W");
        }
        assertEquals(30_000, bench.setpointA(3) * RingBench.VEHICLE_V, 500);
    }
}
