package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareSnapshot.Condition;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.Frames;

class SupervisionTest {

    @Test
    void aPlcThatWasNeverHeardIsAFaultAfterThreeSeconds() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().powered = false;
        bench.run(2900);
        assertTrue(bench.gun().faults().isEmpty());
        assertEquals(Condition.STARTING, bench.driver.snapshot().condition());
        bench.run(200);
        assertEquals("nothing heard", bench.detail(FaultCause.PLC_COMM));
        assertFalse(bench.gun().linkUp());
        assertTrue(bench.plc().frames(0x340).stream().allMatch(ScriptedPlc.Received::forced));
    }

    @Test
    void aSilentPlcIsLostAfterThreeHundredMilliseconds() {
        PlcBench bench = PlcBench.charging();
        bench.plc().powered = false;
        bench.run(200);
        assertTrue(bench.gun().linkUp());
        bench.run(110);
        assertFalse(bench.gun().linkUp());
        assertFalse(bench.gun().safe());
        assertTrue(bench.has(FaultCause.PLC_COMM));
        assertTrue(bench.plc().last(0x340).forced());
        assertEquals(Position.UNKNOWN, bench.contactor("GC_1").position());
        assertFalse(bench.module(0).healthy());
    }

    /** The clock is looked at once for frames that waited together; what comes afterwards has its own time again. */
    @Test
    void framesThatWaitedTogetherAreAsOldAsTheFirst() {
        for (boolean together : new boolean[] {true, false}) {
            PlcBench bench = PlcBench.charging();
            bench.plc().powered = false;
            bench.controllerSpeaks = false;
            bench.driver.batchBegins();
            if (!together) {
                bench.driver.batchEnds();
            }
            bench.time.advance(Duration.ofMillis(200));
            bench.driver.frame(Bus.EXTENDED | 0x160, 8, Frames.payload("07 00 14 00 10 0E 00 DA"));
            bench.driver.frame(Bus.EXTENDED | 0x190, 8, Frames.payload("14 00 07 00 00 00 00 8F"));
            bench.driver.batchEnds();
            bench.time.advance(Duration.ofMillis(150));
            bench.command();
            bench.work();
            assertEquals(!together, bench.gun().linkUp(), "together " + together);
        }
    }

    @Test
    void oneLostFrameStopsNothingButOneMissingStatusDoes() {
        PlcBench bench = PlcBench.charging();
        bench.plc().sendsRelayStatus = false;
        bench.run(450);
        assertTrue(bench.gun().linkUp(), "SafetySwitchStatus is still heard");
        assertTrue(bench.closed());
        bench.run(200);
        assertFalse(bench.gun().linkUp(), "but not for longer than 600 ms");
    }

    @Test
    void afterALostLinkHandsAreShakenAnewAndNothingClosesByItself() {
        PlcBench bench = PlcBench.charging();
        long handshakes = handshakes(bench);
        bench.plc().powered = false;
        bench.run(500);
        bench.plc().powered = true;
        bench.plc().relays = 0;
        bench.run(1500);
        assertTrue(bench.gun().safe());
        assertTrue(handshakes(bench) > handshakes);
        assertEquals(0, bench.plc().relays);
        bench.openAll();
        bench.run(200);
        bench.charge(1);
        bench.run(500);
        assertTrue(bench.closed());
    }

    private static long handshakes(PlcBench bench) {
        return bench.plc().frames(0x380).stream().filter(frame -> frame.bytes()[0] == 91).count();
    }

    @Test
    void aPlcThatHasRebootedIsNotToldToCloseAgain() {
        PlcBench bench = PlcBench.charging();
        bench.plc().uptime = 2;
        bench.plc().relays = 0;
        bench.run(1500);
        assertEquals(0, bench.plc().relays);
        assertTrue(bench.gun().safe(), bench.gun().faults().toString());
    }

    /** Its first frames may wait in the socket together with the news of what was lost. */
    @Test
    void aPlcThatIsHeardAnewInTheSameBreathIsNotToldToCloseAgain() {
        PlcBench bench = PlcBench.charging();
        int before = bench.plc().frames(0x340).size();
        bench.driver.frame(Bus.ERROR | 0x100, 8, 0);
        bench.plc().relayStatus();
        bench.plc().safetyStatus();
        bench.plc().relayStatus();
        bench.run(1500);
        assertTrue(bench.plc().frames(0x340).stream().skip(before).allMatch(frame -> (frame.bytes()[0] & 7) == 0));
        bench.openAll();
        bench.run(300);
        bench.charge(1);
        bench.run(1000);
        assertTrue(bench.closed(), bench.gun().faults().toString());
    }

    @Test
    void anUptimeThatBeginsAnewAfterEighteenHoursIsNoReboot() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().uptime = 0xFFFF;
        bench.run(1000);
        bench.charge(1);
        bench.run(1000);
        bench.plc().uptime = 0;
        bench.run(500);
        assertTrue(bench.closed());
    }

    /** Defect of the original: one PLC's lost link tripped the whole site. */
    @Test
    void theLostLinkOfOnePlcLeavesTheOthersAlone() {
        PlcBench bench = new PlcBench(3, PlcBench.SETTINGS);
        bench.run(1000);
        bench.charge(1);
        bench.charge(2);
        bench.run(1000);
        bench.plcs.get(0).powered = false;
        bench.run(2000);
        assertFalse(bench.driver.snapshot().guns().get(0).linkUp());
        assertTrue(bench.driver.snapshot().guns().get(1).safe());
        assertEquals(7, bench.plcs.get(1).relays);
    }

    @Test
    void controlPilotThatIsNotHeardForASecondOpensTheContactorAndIsAFaultThreeSecondsLater() {
        PlcBench bench = PlcBench.charging();
        bench.plc().sendsCp = false;
        bench.run(1250);
        assertEquals(CpState.UNKNOWN, bench.gun().cp());
        assertFalse(bench.gun().cp().plugged());
        assertEquals(0, bench.plc().relays & 1);
        assertFalse(bench.has(FaultCause.CP_LOST));
        bench.run(3000);
        assertTrue(bench.has(FaultCause.CP_LOST));
    }

    @Test
    void controlPilotDAsksForVentilation() {
        PlcBench bench = PlcBench.charging();
        bench.plc().cp = 'D';
        bench.run(300);
        assertTrue(bench.has(FaultCause.VENTILATION));
    }

    @Test
    void busOffMakesEveryGunFaultyAndForcesEverythingOffAfterwards() {
        PlcBench bench = PlcBench.charging();
        bench.driver.frame(Bus.ERROR | 0x40, 8, 0);
        assertTrue(bench.driver.busOff());
        assertTrue(bench.has(FaultCause.CAN_BUS_OFF));
        assertFalse(bench.gun().safe());
        int before = bench.framesSent;
        bench.run(200);
        assertEquals(before, bench.framesSent, "nothing is sent into a bus that is off");
        bench.driver.busOpened(bench);
        bench.work();
        assertTrue(bench.plc().last(0x340).forced());
        bench.run(1000);
        assertTrue(bench.gun().safe(), bench.gun().faults().toString());
        assertEquals(0, bench.plc().relays, "nothing closes by itself after a bus-off");
    }

    @Test
    void errorPassiveIsNoFault() {
        PlcBench bench = PlcBench.charging();
        bench.driver.frame(Bus.ERROR | 0x04, 8, 0x2000);
        bench.run(100);
        assertFalse(bench.driver.busOff());
        assertTrue(bench.closed());
    }

    @Test
    void aPlcThatReportsBusOffBeginsAnewAndItAlone() {
        PlcBench bench = new PlcBench(2, PlcBench.SETTINGS);
        bench.run(1000);
        bench.charge(1);
        bench.charge(2);
        bench.run(1000);
        long handshakes = handshakes(bench);
        int before = bench.plc().frames(0x340).size();
        bench.plc().send(0x130, 200, 0, 1, 0, 0, 0, 0, 0);
        bench.run(60);
        assertTrue(bench.has(FaultCause.CAN_BUS_OFF));
        assertTrue(bench.plc().frames(0x340).get(before).forced());
        bench.run(500);
        assertEquals(0, bench.plc().relays, "whatever else it says");
        bench.plc().send(0x130, 0, 0, 0, 0, 0, 0, 0, 0);
        bench.run(1500);
        assertTrue(bench.gun().safe(), bench.gun().faults().toString());
        assertTrue(handshakes(bench) >= handshakes + 2, "hands are shaken when it begins and when it is over");
        assertEquals(0, bench.plc().relays, "nothing closes by itself");
        assertEquals(7, bench.plcs.get(1).relays, "the other gun charges through the same socket");
        bench.openAll();
        bench.run(200);
        bench.charge(1);
        bench.run(500);
        assertEquals(7, bench.plc().relays);
    }

    @Test
    void framesThatAreNotOursAreIgnored() {
        PlcBench bench = PlcBench.charging();
        bench.driver.frame(0x160, 8, 0);
        bench.driver.frame(Bus.EXTENDED | Bus.REMOTE | 0x160, 0, 0);
        bench.driver.frame(Bus.EXTENDED | 0x16F, 8, 0);
        bench.driver.frame(Bus.EXTENDED | 0x340, 8, 0);
        bench.run(100);
        assertTrue(bench.closed());
        assertTrue(bench.gun().faults().isEmpty());
    }
}
