package dcocpp.controller.internal.ring;

import static dcocpp.controller.internal.ring.RingBench.island;
import static dcocpp.controller.internal.ring.RingBench.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.planner.Plan;
import dcocpp.controller.internal.planning.PlanGuard;
import dcocpp.controller.internal.ring.ContactorBook.Mark;

/** A gun contactor that stays closed, whatever its auxiliary contact says: its slot is lent to nobody, and it keeps no other. */
class GunWeldTest {

    private static final Map<String, Mark> WELDED = Map.of("GC_1", Mark.WELDED);

    private final RingBench bench = new RingBench();

    private void charge() {
        bench.start(1, plan(island(1, 1)));
        bench.until(5, () -> bench.setpointA(1) > 80);
    }

    /** Modules that are off measure what else holds their bus. */
    private void busStaysUp() {
        bench.moduleV.putAll(Map.of("M1_0", 700.0, "M1_1", 700.0));
    }

    private void nobodyWants() {
        bench.plan = Plan.EMPTY;
        bench.active.clear();
    }

    private void stop() {
        nobodyWants();
        bench.ring.stage(1).stop(bench.now);
    }

    /** The next gun charges from slots 1 and 2. */
    private void lend() {
        bench.start(2, plan(island(2, 1, 2)));
        bench.until(5, () -> bench.ring.slots(2).equals(List.of(1, 2)));
    }

    // What the voltage shows.

    @Test
    void aWeldThatOnlyTheVoltageShowsKeepsTheSlotFromBeingLent() {
        charge();
        busStaysUp();
        stop();
        bench.until(6, () -> bench.ring.stage(1).off());
        bench.tick();
        assertEquals(FaultCause.GC_WELD, bench.ring.stage(1).fault().cause());
        assertEquals(WELDED, bench.book.marks());
        assertEquals(FaultCause.GC_WELD, bench.ring.faults(1).get(0).cause());
        bench.moduleV.clear();
        bench.ring.stage(1).clearFault();
        bench.run(5);
        assertEquals(WELDED, bench.book.marks(), "that the auxiliary contact says open proves nothing");

        Plan borrowing = plan(island(2, 1, 2));
        bench.start(2, borrowing);
        bench.run(15);
        assertFalse(PlanGuard.violation(bench.input(), borrowing).isEmpty());
        assertEquals(List.of(2), bench.ring.slots(2));
        assertFalse(bench.closed().contains("MC_1"));
    }

    @Test
    void onlyAnOperatorClearsAWeldThatOnlyTheVoltageShowsAlsoAfterARestart() {
        charge();
        busStaysUp();
        stop();
        bench.run(6);
        assertEquals(List.of("GC_1:WELDED"), bench.kept);
        ContactorBook book = new ContactorBook(bench.kept.get(0), bench.kept::add);
        RingSequencer ring = new RingSequencer(bench.topology, book);
        for (int tick = 0; tick < 100; tick++) {
            bench.now += 100_000_000L;
            ring.tick(ring.see(bench.feedback()), bench.plan, bench.input(), RingBench.LIMITS);
            ring.command(tick, bench.now, List.of());
        }
        assertEquals(WELDED, book.marks());
        book.clear(ring.contactors(1));
        assertEquals(Map.of(), book.marks());
    }

    @Test
    void aGunIsNotBlamedForABusThatAnotherGunHoldsUp() {
        charge();
        bench.freeze("MC_1", Position.CLOSED);
        bench.freeze("GC_2", Position.CLOSED);
        busStaysUp();
        stop();
        bench.until(10, () -> bench.ring.stage(1).off());
        assertEquals(null, bench.book.marks().get("GC_1"));
    }

    @Test
    void aBusThatAGunLeavesLateHasItsFullTimeToFall() {
        bench.startClosing(1, plan(island(1, 1)));
        bench.gunA.put(1, 30.0);
        stop();
        bench.until(3, () -> !bench.closed().contains("GC_1"));
        bench.gunA.clear();
        busStaysUp();
        bench.run(2.5);
        assertEquals(OutputStage.Step.OPENING, bench.step(1));
        bench.moduleV.clear();
        bench.until(1, () -> bench.ring.stage(1).off());
        assertEquals(FaultCause.GC_OPEN_TIMEOUT, bench.ring.stage(1).fault().cause());
        assertEquals(Map.of(), bench.book.marks());
    }

    @Test
    void aWeldIsTheFaultAlsoWhereTheContactorHadToOpenUnderLoad() {
        charge();
        bench.gunA.put(1, 30.0);
        stop();
        bench.until(5, () -> bench.step(1) == OutputStage.Step.OPENING);
        assertEquals(FaultCause.GC_OPEN_TIMEOUT, bench.ring.stage(1).fault().cause());
        bench.gunA.put(1, 0.0);
        busStaysUp();
        bench.until(6, () -> bench.ring.stage(1).off());
        assertEquals(FaultCause.GC_WELD, bench.ring.stage(1).fault().cause());
        bench.tick();
        assertEquals(WELDED, bench.book.marks());
    }

    @Test
    void theBusIsWatchedAfterAnEmergencyToo() {
        charge();
        busStaysUp();
        nobodyWants();
        bench.ring.stage(1).emergencyOff(bench.now);
        bench.tick();
        assertFalse(bench.told("M1_0").on());
        bench.run(1);
        assertTrue(bench.told("M1_0").closeContactor(), "it stays to measure the bus");
        assertFalse(bench.told("M1_0").on());
        bench.until(6, () -> bench.ring.stage(1).off());
        assertEquals(FaultCause.GC_WELD, bench.ring.stage(1).fault().cause());
        bench.tick();
        assertEquals(WELDED, bench.book.marks());
    }

    @Test
    void anEmergencyAfterWhichTheBusFallsLeavesNoMark() {
        charge();
        nobodyWants();
        bench.ring.stage(1).emergencyOff(bench.now);
        bench.until(2, () -> bench.ring.stage(1).off());
        assertNull(bench.ring.stage(1).fault());
        assertEquals(Map.of(), bench.book.marks());
    }

    // What the gun shows while others use its slot.

    @Test
    void thePinsOfAnEmptyPlugWithTheVoltageOfALentBusAreAWeld() {
        bench.pilot.put(1, CpState.A);
        bench.gunV.put(1, 0.0);
        lend();
        bench.run(5);
        assertEquals(Map.of(), bench.book.marks());
        bench.gunV.put(1, 690.0);
        bench.run(0.8);
        assertEquals(Map.of(), bench.book.marks(), "it may have been a moment");
        bench.run(0.5);
        assertEquals(WELDED, bench.book.marks());
        bench.run(1.2);
        assertEquals(0, bench.setpointA(2), "nobody feeds pins that anyone can touch");
        bench.plan = plan(island(2, 2));
        bench.until(5, () -> !bench.closed().contains("MC_1"));
        assertEquals(OutputStage.Step.ON, bench.step(2));
        bench.until(3, () -> bench.setpointA(2) > 80);
    }

    @Test
    void aVoltageThatIsNotThatOfTheBusIsNoWeld() {
        bench.pilot.put(1, CpState.A);
        bench.gunV.put(1, 400.0);
        lend();
        bench.run(5);
        assertEquals(Map.of(), bench.book.marks(), "what a PLC last heard of its vehicle may linger");
    }

    @Test
    void theBatteryOfAVehicleIsNoWeld() {
        lend();
        bench.run(5);
        assertEquals(Map.of(), bench.book.marks(), "it is plugged in, and its voltage its own");
        bench.pilot.put(1, CpState.UNKNOWN);
        bench.run(5);
        assertEquals(Map.of(), bench.book.marks());
    }

    // What a contactor that stays closed keeps.

    @Test
    void aContactorThatStaysClosedAtAnOrdinaryStopKeepsNoSlotButItsOwn() {
        bench.start(1, plan(island(1, 1, 2)));
        bench.until(5, () -> bench.setpointA(1) > 170);
        bench.freeze("GC_1", Position.CLOSED);
        stop();
        bench.run(12);
        assertEquals(OutputStage.Step.OPENING, bench.step(1), "its contactor is still closed");
        assertEquals(WELDED, bench.book.marks());
        assertEquals(List.of(1), bench.ring.slots(1));
        assertFalse(bench.closed().contains("MC_1"), "slot 1 is cut off");
        assertTrue(bench.ring.ready(2));
        bench.start(2, plan(island(2, 2)));
    }
}
