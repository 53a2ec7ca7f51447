package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;

/** An old plan takes no slot, and neither does a fresh one take a slot that may not be lent any more. */
class FrozenRingTest {

    private final RingBench bench = new RingBench();

    @Test
    void noSlotIsTakenBeforePlansAreFreshAgain() {
        bench.start(1, plan(island(1, 1)));
        bench.stale = true;
        bench.plan = plan(island(1, 1, 2));
        bench.run(10);
        assertFalse(bench.closed().contains("MN_2_0"));
        assertEquals(List.of(1), bench.ring.slots(1));
        bench.stale = false;
        bench.until(5, () -> bench.ring.slots(1).equals(List.of(1, 2)));
    }

    @Test
    void slotThatIsBeingTakenGoesBack() {
        bench.start(1, plan(island(1, 1)));
        bench.plan = plan(island(1, 1, 2));
        bench.until(3, () -> bench.told("M2_0").closeContactor());
        bench.stale = true;
        bench.until(5, () -> !bench.ring.transferring() && !bench.closed().contains("MN_2_0"));
        assertFalse(bench.closed().contains("MC_1"));
        assertEquals(List.of(1), bench.ring.slots(1));
        assertEquals(OutputStage.Step.ON, bench.step(1));
        assertEquals(0, bench.ring.refusals(), "the sequence itself keeps the rules");
    }

    @Test
    void slotsThatAreJoinedStayAndMayBeGivenBack() {
        bench.start(1, plan(island(1, 1, 2, 3)));
        bench.stale = true;
        bench.run(20);
        assertEquals(List.of(1, 2, 3), bench.ring.slots(1));
        bench.plan = plan(island(1, 1));
        bench.until(10, () -> bench.ring.slots(1).equals(List.of(1)));
    }

    @Test
    void gunStartsWithItsOwnSlotAlone() {
        bench.stale = true;
        bench.start(1, plan(island(1, 1, 2)));
        bench.run(5);
        assertEquals(List.of(1), bench.ring.slots(1));
        assertFalse(bench.closed().contains("MC_1"));
        assertNull(bench.ring.stage(1).fault());
    }

    @Test
    void gunThatHasNoModuleOfItsOwnDoesNotStart() {
        bench.active.add(1);
        bench.plan = new Plan(List.of(new Island(1, List.of(1, 2), List.of("M2_0", "M2_1"), 60_000, 80, RingBench.VEHICLE_V,
                Island.Reason.MODULES)), Set.of("MC_1"), PlannerMemory.NONE);
        bench.run(1);
        assertTrue(bench.ring.ready(1));
        bench.stale = true;
        bench.run(1);
        assertFalse(bench.ring.ready(1));
    }

    @Test
    void slotThatMayNotBeLentIsNotTakenWhateverThePlanSays() {
        bench.start(1, plan(island(1, 1)));
        bench.plugged.add(2);
        bench.plan = plan(island(1, 1, 2));
        bench.run(10);
        assertFalse(bench.closed().contains("MN_2_0"));
        bench.plugged.clear();
        bench.until(3, () -> bench.told("M2_0").closeContactor());
        bench.plugged.add(2);
        bench.until(5, () -> !bench.ring.transferring());
        assertEquals(List.of(1), bench.ring.slots(1), "a vehicle has come meanwhile");
        assertFalse(bench.closed().contains("MC_1"));
    }

    @Test
    void gunDoesNotStartWithASlotThatMayNotBeLent() {
        bench.plugged.add(2);
        bench.start(1, plan(island(1, 1, 2)));
        assertEquals(List.of(1), bench.ring.slots(1));
        assertFalse(bench.closed().contains("MC_1"));
    }

    @Test
    void modulesThatAWeldHasJoinedAreNotUsedWhileTheirSlotMayNotBeLent() {
        bench.book = new ContactorBook("MC_1:WELDED", bench.kept::add);
        bench.ring = new RingSequencer(bench.topology, bench.book);
        bench.freeze("MC_1", Position.CLOSED);
        bench.start(1, plan(island(1, 1)));
        bench.plugged.add(2);
        bench.plan = plan(island(1, 1, 2));
        bench.run(3);
        assertFalse(bench.told("M2_0").on());
        bench.plugged.clear();
        bench.until(3, () -> bench.told("M2_0").on());
    }
}
