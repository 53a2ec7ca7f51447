package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.can.internal.driver.DriverSettings.Pauses;

class OfferWatchTest {

    private static int offeredCurrent(PlcBench bench) {
        int[] bytes = bench.plc().last(0x300).bytes();
        return bytes[2] | bytes[3] << 8;
    }

    /** Runs until the next EVSE_DC_MaxLimits has left and says how long that took, ms. */
    private static int nextLimits(PlcBench bench) {
        int before = bench.plc().frames(0x300).size();
        int millis = 0;
        while (bench.plc().frames(0x300).size() == before) {
            bench.run(1);
            millis++;
        }
        return millis;
    }

    private static PlcBench charging(Pauses pauses) {
        PlcBench bench = new PlcBench(1, PlcBench.SETTINGS.withPauses(pauses));
        bench.run(1000);
        bench.charge(1);
        bench.run(1000);
        return bench;
    }

    @Test
    void limitsThatAreNoLongerAcknowledgedFirstTakeTheOfferBackAndThenAreAFault() {
        PlcBench bench = PlcBench.charging();
        nextLimits(bench);
        bench.run(5);
        long lastAck = bench.now();
        bench.plc().answersLimits = false;
        nextLimits(bench);
        bench.run(290);
        assertTrue(bench.log.isEmpty(), "an answer may take its time");
        assertEquals(1000, offeredCurrent(bench));
        bench.run(150);
        assertTrue(bench.log.get(0).startsWith("Connector 1, PLC 0: limits not acknowledged for 1"), bench.log.toString());
        assertTrue(bench.log.get(0).endsWith("ms, nothing is offered until they are acknowledged"), bench.log.toString());
        assertEquals(0, offeredCurrent(bench));
        assertFalse(bench.has(FaultCause.PLC_COMM));
        assertTrue(bench.closed(), "the contactors stay until the controller stops the session");
        bench.run(1520 - (bench.now() - lastAck) / ScriptedPlc.MILLI);
        assertEquals("limits not acknowledged for 1500 ms", bench.detail(FaultCause.PLC_COMM));
        bench.plc().answersLimits = true;
        nextLimits(bench);
        bench.run(300);
        assertFalse(bench.has(FaultCause.PLC_COMM));
        assertEquals(1000, offeredCurrent(bench));
        assertEquals(1, bench.log.size(), "said once");
    }

    /** Defect of the original: the controller's next command overwrote what the watchdog had taken back. */
    @Test
    void whatWasTakenBackStaysUntilLimitsAreAcknowledged() {
        PlcBench bench = charging(Pauses.ofMillis(10_000, 1000, 1500));
        bench.plc().answersLimits = false;
        bench.run(6500);
        assertEquals(1, bench.log.size(), bench.log.toString());
        for (int tick = 0; tick < 20; tick++) {
            assertEquals(0, offeredCurrent(bench), "the controller offers 100 A ten times a second");
            bench.run(100);
        }
        assertFalse(bench.has(FaultCause.PLC_COMM), "10 s are not over");
        bench.plc().answersLimits = true;
        nextLimits(bench);
        bench.run(300);
        assertEquals(1000, offeredCurrent(bench));
    }

    @Test
    void aLostAcknowledgeIsAskedForAgainAndNobodyNoticesIt() {
        PlcBench bench = PlcBench.charging();
        nextLimits(bench);
        bench.run(5);
        bench.plc().answersLimits = false;
        int period = nextLimits(bench);
        assertTrue(period > 900, period + " ms");
        bench.plc().answersLimits = true;
        int repeated = nextLimits(bench);
        assertTrue(repeated >= 200 && repeated <= 250, repeated + " ms");
        bench.run(3000);
        assertTrue(bench.log.isEmpty(), bench.log.toString());
        assertEquals(1000, offeredCurrent(bench));
    }

    @Test
    void anAcknowledgeThatRefusesOrRepeatsItsNumberIsNone() {
        PlcBench refusing = PlcBench.charging();
        refusing.plc().limitStatus = 2;
        refusing.run(2600);
        assertTrue(refusing.has(FaultCause.PLC_COMM));
        PlcBench stuck = PlcBench.charging();
        stuck.plc().countsLimits = false;
        stuck.run(2600);
        assertTrue(stuck.has(FaultCause.PLC_COMM));
    }

    @Test
    void firmwareThatAcknowledgesNothingIsNotJudgedByIt() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().answersLimits = false;
        bench.run(1000);
        bench.charge(1);
        bench.run(10_000);
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
        assertEquals(1000, offeredCurrent(bench));
        assertTrue(bench.log.isEmpty(), bench.log.toString());
    }

    @Test
    void aGunThatIsNotInUseIsNotJudged() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(3000);
        bench.plc().answersLimits = false;
        bench.run(10_000);
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
        assertEquals(0, bench.bus().sendGaps());
    }

    @Test
    void framesThatCannotBeSentAreCountedAndToldOnce() {
        PlcBench bench = PlcBench.charging();
        bench.queueFull = true;
        bench.run(2600);
        assertEquals(2, bench.bus().sendGaps());
        assertTrue(bench.log.contains("Connector 1, PLC 0: no EVSE_DC_Present could be sent for 1000 ms"), bench.log.toString());
        assertTrue(bench.log.contains("Connector 1, PLC 0: no EVSE_DC_MaxLimits could be sent for 1500 ms, nothing is offered until they"
                + " are acknowledged"), bench.log.toString());
        bench.run(2000);
        assertEquals(2, bench.bus().sendGaps());
    }

    @Test
    void aGapOfPresentValuesIsAFaultWhileItLasts() {
        OfferWatch watch = new OfferWatch(Pauses.USUAL);
        watch.presentSent(0);
        watch.limitsSent(0);
        watch.watch(true, Limits.millis(800));
        watch.watch(true, Limits.millis(1700));
        assertFalse(watch.presentLate(), "in use for 900 ms only: an idle gun's values come once a second");
        watch.watch(true, Limits.millis(1801));
        assertTrue(watch.presentLate());
        assertEquals("EVSE_DC_Present not sent for 1000 ms", watch.presentLateText());
        watch.presentSent(Limits.millis(1900));
        assertFalse(watch.presentLate());
        assertEquals(1, watch.gaps());
    }

    @Test
    void afterAGapOfLimitsNothingIsOfferedUntilTheyAreAcknowledged() {
        OfferWatch watch = new OfferWatch(Pauses.USUAL);
        watch.limitsSent(0);
        watch.acknowledged(1, Limits.millis(5));
        watch.presentSent(0);
        watch.watch(true, 0);
        watch.watch(true, Limits.millis(1501));
        assertTrue(watch.constrained());
        watch.limitsSent(Limits.millis(1600));
        watch.watch(true, Limits.millis(1601));
        assertTrue(watch.constrained(), "sent is not yet acknowledged");
        watch.acknowledged(2, Limits.millis(1605));
        assertFalse(watch.constrained());
    }
}
