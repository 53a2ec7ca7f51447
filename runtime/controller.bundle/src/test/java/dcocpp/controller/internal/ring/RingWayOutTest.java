package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
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
import dcocpp.api.planner.PlannerMemory;

/** No state of the ring is without a way out: what the simulated days have found. */
class RingWayOutTest {

    private final RingBench bench = new RingBench();

    private static Island lentModulesOnly(int connector, List<Integer> slots, List<String> modules) {
        return new Island(connector, slots, modules, 60_000, 80, RingBench.VEHICLE_V, Island.Reason.MODULES);
    }

    @Test
    void gunWhoseModulesAreStillAnothersWaitsForThem() {
        bench.start(2, RingBench.plan(island(2, 2, 3)));
        Plan former = bench.plan;
        bench.plan = new Plan(List.of(former.island(2).orElseThrow(), lentModulesOnly(4, List.of(3, 4), List.of("M3_0", "M3_1"))),
                Set.of("MC_2", "MC_3"), PlannerMemory.NONE);
        bench.active.add(4);
        bench.ring.stage(4).start(bench.now);
        bench.run(5);
        assertEquals(OutputStage.Step.ISOLATING, bench.step(4), "slot 3 is still that of gun 2");

        bench.plan = new Plan(List.of(RingBench.plan(island(2, 2)).island(2).orElseThrow(), bench.plan.island(4).orElseThrow()),
                Set.of("MC_3"), PlannerMemory.NONE);
        bench.until(12, () -> bench.step(4) == OutputStage.Step.ON);
        assertNull(bench.ring.stage(4).fault());
    }

    @Test
    void gunBeginsWithAModuleThatItHas() {
        bench.start(2, RingBench.plan(island(2, 2, 3)));
        bench.plan = new Plan(List.of(bench.plan.island(2).orElseThrow(),
                lentModulesOnly(4, List.of(3, 4), List.of("M3_0", "M3_1", "M4_0", "M4_1"))), Set.of("MC_2", "MC_3"), PlannerMemory.NONE);
        bench.active.add(4);
        bench.ring.stage(4).start(bench.now);
        bench.until(6, () -> bench.step(4) == OutputStage.Step.ON);
    }

    @Test
    void weldedBusContactorIsToldToOpenSoThatItsRepairIsSeen() {
        bench.start(1, RingBench.plan(island(1, 1, 2)));
        bench.freeze("MC_1", Position.CLOSED);
        bench.plan = Plan.EMPTY;
        bench.active.clear();
        bench.ring.stage(1).stop(bench.now);
        bench.until(10, () -> bench.book.marks().equals(Map.of("MC_1", ContactorBook.Mark.WELDED)));
        bench.plan = new Plan(List.of(), Set.of("MC_1"), PlannerMemory.NONE);
        bench.run(1);
        assertFalse(bench.closed().contains("MC_1"), "the plan leaves it closed, as it cannot open");

        bench.frozen.clear();
        bench.run(1);
        bench.book.clear(List.of("MC_1"));
        assertEquals(Map.of(), bench.book.marks());
    }

    @Test
    void weldedGunContactorKeepsNoSlotButItsOwn() {
        bench.start(1, RingBench.plan(island(1, 1, 2)));
        bench.freeze("GC_1", Position.CLOSED);
        bench.plan = Plan.EMPTY;
        bench.active.clear();
        bench.ring.stage(1).emergencyOff(bench.now);
        bench.run(5);
        assertEquals(OutputStage.Step.OPENING, bench.step(1), "its contactor is still closed");
        assertFalse(bench.closed().contains("MC_1"), "slot 1 is cut off");
        assertTrue(bench.ring.ready(2));
        bench.start(2, RingBench.plan(island(2, 2)));
    }

    @Test
    void slotThatAWeldTiedToAChargingGunIsFreeOnceTheContactorIsReplaced() {
        weld("MC_1");
        bench.start(2, RingBench.plan(island(2, 2)));
        bench.run(1);
        assertFalse(bench.ring.ready(1), "the weld joins slot 1 to the bus of gun 2");

        replace("MC_1");
        assertEquals(OutputStage.Step.ON, bench.step(2));
        bench.start(1, RingBench.plan(island(1, 1), island(2, 2)));
        assertEquals(OutputStage.Step.ON, bench.step(2));
    }

    @Test
    void slotBehindASlotThatWasTakenIsFreeOnceTheContactorBetweenThemIsReplaced() {
        weld("MC_2");
        bench.start(1, RingBench.plan(island(1, 1)));
        bench.plan = RingBench.plan(island(1, 1, 2));
        bench.until(10, () -> bench.ring.slots(1).equals(List.of(1, 2)));
        assertFalse(bench.ring.ready(3), "the weld joins slot 3 to the bus of gun 1");

        replace("MC_2");
        bench.start(3, RingBench.plan(island(1, 1, 2), island(3, 3)));
        assertEquals(List.of(1, 2), bench.ring.slots(1));
    }

    @Test
    void slotsThatHungOnTwoWeldsAreFreeFromTheReplacedOneOn() {
        bench.freeze("MC_2", Position.CLOSED);
        bench.freeze("MC_3", Position.CLOSED);
        bench.until(5, () -> bench.book.marks().size() == 2);
        bench.start(2, RingBench.plan(island(2, 2)));
        bench.frozen.remove("MC_3");
        bench.run(1);
        bench.book.clear(List.of("MC_3"));
        bench.run(1);
        assertFalse(bench.ring.ready(3), "it still hangs on gun 2");
        bench.start(4, RingBench.plan(island(2, 2), island(4, 4)));
    }

    @Test
    void gunStartsWithoutTheSlotBehindAWeldThatHasLetGo() {
        weld("MC_1");
        bench.frozen.clear();
        bench.run(1);
        assertEquals(Map.of("MC_1", ContactorBook.Mark.WELDED), bench.book.marks(), "nobody has cleared it yet");
        bench.start(1, RingBench.plan(island(1, 1, 2)));
        assertEquals(List.of(1), bench.ring.slots(1));
        assertNull(bench.ring.stage(1).fault());
    }

    @Test
    void slotThatFedThroughAWeldIsGivenBackWhenTheWeldLetsGo() {
        bench.start(1, RingBench.plan(island(1, 1, 2)));
        bench.freeze("MC_1", Position.CLOSED);
        bench.plan = RingBench.plan(island(1, 1));
        bench.until(15, () -> bench.book.marks().equals(Map.of("MC_1", ContactorBook.Mark.WELDED)));
        bench.plan = new Plan(List.of(lentModulesOnly(1, List.of(1, 2), List.of("M1_0", "M1_1", "M2_0"))), Set.of("MC_1"), PlannerMemory.NONE);
        bench.run(2);
        assertEquals(List.of(1, 2), bench.ring.slots(1));

        bench.freeze("MC_1", Position.OPEN);
        bench.run(1);
        assertEquals(List.of(1), bench.ring.slots(1));
        replace("MC_1");
        assertEquals(Map.of(), bench.book.marks(), "that it has opened is what a weld should do");
        bench.start(2, RingBench.plan(island(1, 1), island(2, 2)));
        assertEquals(OutputStage.Step.ON, bench.step(1));
    }

    @Test
    void gunThatWouldStartThroughAWeldBeginsAnewWhenTheWeldLetsGo() {
        weld("MC_1");
        bench.plan = new Plan(List.of(lentModulesOnly(1, List.of(1, 2), List.of("M2_0", "M2_1"))), Set.of("MC_1"), PlannerMemory.NONE);
        bench.moduleV.putAll(Map.of("M2_0", 0.0, "M2_1", 0.0));
        bench.active.add(1);
        bench.ring.stage(1).start(bench.now);
        bench.until(5, () -> bench.step(1) == OutputStage.Step.PRECHARGE);
        assertEquals(List.of(1, 2), bench.ring.slots(1));

        bench.freeze("MC_1", Position.OPEN);
        bench.until(2, () -> bench.ring.stage(1).off());
        assertNull(bench.ring.stage(1).fault(), "its modules are gone, and nothing is wrong with its own slot");
        replace("MC_1");
        bench.moduleV.clear();
        bench.start(1, bench.plan);
        assertEquals(List.of(1, 2), bench.ring.slots(1));
    }

    @Test
    void gunWhoseModulesAreBehindAWeldThatHasLetGoWaitsWithoutAFault() {
        weld("MC_1");
        bench.frozen.clear();
        bench.plan = new Plan(List.of(lentModulesOnly(1, List.of(1, 2), List.of("M2_0", "M2_1"))), Set.of("MC_1"), PlannerMemory.NONE);
        bench.active.add(1);
        bench.run(1);
        bench.ring.stage(1).start(bench.now);
        bench.run(9);
        assertTrue(bench.ring.stage(1).off(), "it has given up for now");
        assertNull(bench.ring.stage(1).fault(), "nobody has said that MC_1 is replaced, and nothing is wrong with slot 1");
    }

    @Test
    void gunWhoseOnlyModuleFailsWhileItClosesBeginsAnew() {
        bench.startClosing(1, RingBench.plan(island(1, 1)));
        loseTheSourceWhileClosing();
        assertFalse(bench.closed().contains("GC_1"), "nothing holds its bus at the vehicle's voltage");
        bench.until(3, () -> bench.ring.stage(1).off());
        assertNull(bench.ring.stage(1).fault());
        bench.frozen.clear();
        bench.start(1, bench.plan);
        assertEquals(List.of("M1_1"), bench.ring.stage(1).joinedModules());
    }

    @Test
    void startThatLosesItsSourceThreeTimesInARowIsAFault() {
        for (int start = 1; start <= 3; start++) {
            bench.startClosing(1, RingBench.plan(island(1, 1)));
            assertNull(bench.ring.stage(1).fault(), "start " + start);
            loseTheSourceWhileClosing();
            bench.broken.clear();
            bench.until(3, () -> bench.ring.stage(1).off());
        }
        assertEquals(FaultCause.GC_CLOSE_TIMEOUT, bench.ring.stage(1).fault().cause());
    }

    /** The gun contactor is on its way when the only module on the bus fails. */
    private void loseTheSourceWhileClosing() {
        bench.freeze("GC_1", Position.OPEN);
        bench.broken.add("M1_0");
        bench.until(1, () -> bench.ring.stage(1).joinedModules().isEmpty());
    }

    @Test
    void gunThatLosesItsFirstModuleWhileTheNextOneComesBeginsAnew() {
        bench.plan = RingBench.plan(island(1, 1));
        bench.moduleV.putAll(Map.of("M1_0", 0.0, "M1_1", 0.0));
        bench.active.add(1);
        bench.run(4);
        bench.ring.stage(1).start(bench.now);
        bench.until(5, () -> bench.told("M1_0").on());
        bench.moduleV.put("M1_0", 500.0);
        bench.until(4, () -> bench.told("M1_1").on());
        bench.broken.add("M1_0");
        bench.moduleV.put("M1_0", 0.0);
        bench.until(8, () -> bench.ring.stage(1).off());
        assertNull(bench.ring.stage(1).fault());
        bench.moduleV.clear();
        bench.start(1, bench.plan);
    }

    @Test
    void timeThatAStartWaitedForAnotherGunsSlotIsNotCountedAgainstIt() {
        bench.start(2, RingBench.plan(island(2, 2, 3)));
        Island lent = lentModulesOnly(4, List.of(3, 4), List.of("M3_0", "M3_1"));
        bench.plan = new Plan(List.of(bench.plan.island(2).orElseThrow(), lent), Set.of("MC_2", "MC_3"), PlannerMemory.NONE);
        bench.active.add(4);
        bench.ring.stage(4).start(bench.now);
        bench.run(6);
        bench.plan = new Plan(List.of(RingBench.plan(island(2, 2)).island(2).orElseThrow(), lent), Set.of("MC_3"), PlannerMemory.NONE);
        bench.until(3, () -> bench.ring.slots(2).equals(List.of(2)));
        bench.moduleV.put("M3_0", 100.0);
        bench.run(3);
        assertEquals(OutputStage.Step.ISOLATING, bench.step(4), "slot 3 discharges");
        bench.moduleV.clear();
        bench.until(8, () -> bench.step(4) == OutputStage.Step.ON);
    }

    @Test
    void gunDoesNotStartBesideALentSlotThatIsNotHeardAnyMoreAndStartsWithoutIt() {
        bench.moduleV.put("M1_0", 0.0);
        bench.plan = RingBench.plan(island(1, 1, 2));
        bench.active.add(1);
        bench.run(1);
        bench.ring.stage(1).start(bench.now);
        bench.until(5, () -> bench.step(1) == OutputStage.Step.PRECHARGE && bench.told("M1_0").on());
        List.of("GC_2", "MN_2_0", "MN_2_1").forEach(contactor -> bench.freeze(contactor, Position.UNKNOWN));
        bench.moduleV.clear();
        bench.until(4, () -> bench.ring.stage(1).off());
        assertNull(bench.ring.stage(1).fault(), "GC_1 has nothing to do with it");
        bench.start(1, bench.plan);
        assertEquals(List.of(1), bench.ring.slots(1));
    }

    @Test
    void modulesThatBringTheBusUpGoOnWhenThePlanHasOthers() {
        bench.plan = RingBench.plan(island(1, 1, 2));
        bench.moduleV.put("M1_0", 0.0);
        bench.active.add(1);
        bench.run(1);
        bench.ring.stage(1).start(bench.now);
        bench.until(5, () -> bench.step(1) == OutputStage.Step.PRECHARGE && bench.told("M1_0").on());
        bench.plan = new Plan(List.of(lentModulesOnly(1, List.of(1, 2, 3), List.of("M3_0", "M3_1"))), Set.of("MC_1", "MC_2"),
                PlannerMemory.NONE);
        bench.run(1);
        assertEquals(OutputStage.Step.PRECHARGE, bench.step(1));
        bench.moduleV.clear();
        bench.until(5, () -> bench.step(1) == OutputStage.Step.ON);
    }

    @Test
    void slotThatAnotherGunHasTakenMeanwhileIsNotGivenBackASecondTime() {
        bench.start(1, RingBench.plan(island(1, 1, 2, 3)));
        bench.plan = RingBench.plan(island(1, 1), island(3, 3));
        bench.freeze("MC_1", Position.UNKNOWN);
        bench.freeze("MC_2", Position.OPEN);
        bench.until(3, () -> bench.ring.ready(3));
        bench.active.add(3);
        bench.ring.stage(3).start(bench.now);
        bench.until(6, () -> bench.step(3) == OutputStage.Step.PRECHARGE);
        assertTrue(bench.ring.transferring(), "nobody knows yet whether slot 2 is off the bus of gun 1");
        bench.frozen.remove("MC_1");
        bench.run(10);
        assertEquals(List.of(1), bench.ring.slots(1));
        assertTrue(bench.setpointA(3) > 0, "slot 3 is gun 3's");
    }

    /** It has not opened when it was told to. */
    private void weld(String contactor) {
        bench.freeze(contactor, Position.CLOSED);
        bench.until(5, () -> bench.book.marks().equals(Map.of(contactor, ContactorBook.Mark.WELDED)));
    }

    /** It is seen to open, and an operator says that this is so. */
    private void replace(String contactor) {
        bench.frozen.clear();
        bench.run(1);
        bench.book.clear(List.of(contactor));
        assertEquals(Map.of(), bench.book.marks());
        bench.run(1);
    }
}
