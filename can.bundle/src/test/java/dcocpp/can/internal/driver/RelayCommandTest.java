package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand.Authorization;

class RelayCommandTest {

    @Test
    void relayControlNeverPausesLongerThanTheContractAllows() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(3000);
        assertTrue(bench.plc().longestGap(0x340, 0) <= 150 * ScriptedPlc.MILLI);
        bench.charge(1);
        bench.run(300);
        long from = bench.now();
        bench.run(5000);
        assertTrue(bench.plc().longestGap(0x340, from) <= 101 * ScriptedPlc.MILLI);
    }

    @Test
    void everyFrameHasTheNextNumberAcrossTheWrap() {
        PlcBench bench = PlcBench.charging();
        int before = bench.plc().frames(0x340).size();
        bench.run(40_000);
        List<ScriptedPlc.Received> frames = bench.plc().frames(0x340);
        assertTrue(frames.size() > before + 300);
        for (int i = before; i < frames.size(); i++) {
            assertEquals(frames.get(i - 1).bytes()[1] + 1 & 0xFF, frames.get(i).bytes()[1]);
        }
        assertTrue(bench.closed());
    }

    /** Defect of the original: each refresh restarted the wait, so the fault could not be reached. */
    @Test
    void aCommandThatIsNotAcknowledgedIsAFaultAfterNineHundredMilliseconds() {
        PlcBench bench = PlcBench.charging();
        bench.plc().acknowledges = false;
        bench.plc().followsCommands = false;
        bench.openAll();
        long from = bench.now();
        bench.run(850);
        assertFalse(bench.has(FaultCause.PLC_COMM));
        bench.run(200);
        assertEquals("RelayControl not acknowledged for 900 ms", bench.detail(FaultCause.PLC_COMM));
        List<Long> times = bench.plc().frames(0x340).stream().map(ScriptedPlc.Received::nanos).filter(nanos -> nanos > from)
                .map(nanos -> (nanos - from) / ScriptedPlc.MILLI).toList();
        long first = times.get(0);
        assertTrue(times.contains(first + 100) && times.contains(first + 250) && times.contains(first + 500), times.toString());
    }

    @Test
    void aCommandThatChangesFasterThanItIsAcknowledgedDoesNotHideTheFault() {
        PlcBench bench = PlcBench.charging();
        bench.plc().acknowledges = false;
        bench.plc().followsCommands = false;
        for (int i = 0; i < 12; i++) {
            bench.gun(1, Authorization.GRANTED, i % 2 == 0);
            bench.run(100);
        }
        assertTrue(bench.has(FaultCause.PLC_COMM));
    }

    @Test
    void anOpeningThatIsNotAcknowledgedBecomesForceAllOffWithItsFirstResend() {
        PlcBench bench = PlcBench.charging();
        bench.plc().acknowledges = false;
        bench.plc().followsCommands = false;
        bench.openAll();
        bench.run(99);
        assertFalse(bench.plc().last(0x340).forced());
        bench.run(110);
        assertTrue(bench.plc().last(0x340).forced());
    }

    @Test
    void laterNumbersAcknowledgeToo() {
        RelayLine line = new RelayLine(7, 0);
        line.want(7, false);
        for (int i = 0; i < 4; i++) {
            line.frame();
            line.sent(i);
        }
        line.echo(200);
        assertFalse(line.acked(), "a number that was never sent");
        line.echo(3);
        assertTrue(line.acked());
    }

    @ParameterizedTest
    @CsvSource({"10, 7, 10", "10, 9, 10", "10, 41, 42", "3, 254, 3", "250, 4, 5", "0, 255, 0"})
    void numbersGoOnBehindTheLaterOfWhatWasSentAndWhatWasApplied(int next, int applied, int then) {
        RelayLine line = new RelayLine(7, 0);
        int frames = next == 0 ? 256 : next;
        for (int i = 0; i < frames; i++) {
            line.sent(i);
        }
        line.resume(applied);
        line.want(0, true);
        assertEquals(then, (int) (line.frame() >>> 8 & 0xFF));
    }

    @Test
    void aLinkThatComesBackWithAnOldStatusSetsNoNumberBack() {
        PlcBench bench = PlcBench.charging();
        bench.plc().sendsRelayStatus = false;
        bench.plc().sendsSafetyStatus = false;
        bench.run(1000);
        assertFalse(bench.gun().linkUp());
        int before = bench.plc().frames(0x340).size();
        bench.plc().send(0x160, 0, bench.plc().applied - 3 & 0xFF, 0x14, 7, 0x10, 0x0E, 0);
        bench.plc().sendsRelayStatus = true;
        bench.plc().sendsSafetyStatus = true;
        bench.run(1000);
        List<ScriptedPlc.Received> frames = bench.plc().frames(0x340);
        assertTrue(frames.size() > before + 5);
        for (int i = before; i < frames.size(); i++) {
            assertEquals(frames.get(i - 1).bytes()[1] + 1 & 0xFF, frames.get(i).bytes()[1]);
        }
        assertTrue(bench.gun().safe(), bench.gun().faults().toString());
    }

    @Test
    void anEchoFromBeforeTheStartAcknowledgesNothing() {
        RelayLine line = new RelayLine(7, 0);
        line.resume(41);
        line.want(7, false);
        line.frame();
        line.sent(0);
        line.echo(41);
        assertFalse(line.acked());
        line.echo(42);
        assertTrue(line.acked());
    }

    @Test
    void aContactorThatStaysClosedIsWeldedAndStaysSoUntilCleared() {
        PlcBench bench = PlcBench.charging();
        bench.plc().welded = 1;
        bench.openAll();
        bench.run(450);
        assertFalse(bench.has(FaultCause.GC_WELD));
        bench.run(300);
        assertTrue(bench.has(FaultCause.GC_WELD));
        assertTrue(bench.contactor("GC_1").welded());
        assertFalse(bench.gun().safe());
        bench.plc().welded = 0;
        bench.run(3000);
        assertTrue(bench.has(FaultCause.GC_WELD), "a weld that opens is still a weld");
        bench.clearFaults(1);
        bench.run(500);
        assertFalse(bench.has(FaultCause.GC_WELD));
        assertFalse(bench.contactor("GC_1").welded());
    }

    @Test
    void aWeldedModuleContactorIsNamed() {
        PlcBench bench = PlcBench.charging();
        bench.plc().welded = 2;
        bench.openAll();
        bench.run(1000);
        assertEquals("MN_1_0", bench.detail(FaultCause.MN_WELD));
        assertFalse(bench.module(0).healthy());
        assertTrue(bench.module(1).healthy());
    }

    @Test
    void aContactorThatDoesNotCloseIsToldAndOneThatClosesLateIsFine() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().followsCommands = false;
        bench.charge(1);
        bench.run(1000);
        assertTrue(bench.has(FaultCause.GC_CLOSE_TIMEOUT));
        assertTrue(bench.contactor("GC_1").stuckOpen());
        assertFalse(bench.module(0).healthy());
        bench.plc().followsCommands = true;
        bench.run(500);
        assertFalse(bench.has(FaultCause.GC_CLOSE_TIMEOUT));
        assertTrue(bench.module(0).healthy());
    }

    @Test
    void theRelayFaultOfThePlcIsAWeld() {
        PlcBench bench = PlcBench.charging();
        bench.plc().relayFaults = 1;
        bench.run(150);
        assertTrue(bench.has(FaultCause.GC_WELD));
        assertEquals(0, bench.plc().relays & 6);
    }

    @Test
    void aSilentControllerMeansNoOfferAfterHalfASecondAndForceAllOffAfterOne() {
        PlcBench bench = PlcBench.charging();
        assertEquals(100_0, current(bench));
        bench.controllerSpeaks = false;
        bench.run(350);
        assertEquals(100_0, current(bench));
        bench.run(350);
        assertEquals(0, current(bench), "500 ms without a command");
        assertTrue(bench.closed());
        bench.run(400);
        assertTrue(bench.plc().last(0x340).forced());
        assertEquals(0, bench.plc().relays);
        assertTrue(bench.log.contains("No command for 1 s: all outputs forced off"));
        long from = bench.now();
        bench.run(5000);
        assertTrue(bench.plc().longestGap(0x340, from) <= 151 * ScriptedPlc.MILLI, "it never goes quiet itself");
        bench.controllerSpeaks = true;
        bench.run(1000);
        assertEquals(0, bench.plc().relays, "closed again only after it was opened");
    }

    private static int current(PlcBench bench) {
        int[] bytes = bench.plc().last(0x300).bytes();
        return bytes[2] | bytes[3] << 8;
    }

    @Test
    void stoppingForcesEverythingOffAndIsDoneWhenTheFeedbackIsOpen() {
        PlcBench bench = PlcBench.charging();
        bench.driver.stop();
        assertFalse(bench.driver.allOpen());
        bench.run(20);
        assertTrue(bench.plc().last(0x340).forced());
        assertTrue(bench.driver.allOpen());
    }

    @Test
    void aFullQueueIsTriedAgainAndTheRelayFrameGoesFirst() {
        PlcBench bench = PlcBench.charging();
        bench.queueFull = true;
        bench.run(120);
        bench.queueFull = false;
        int before = bench.plc().received.size();
        bench.run(20);
        assertEquals(0x340, bench.plc().received.get(before).base());
        assertTrue(bench.log.contains("CAN frames cannot be sent: the interface's queue stays full"));
        assertTrue(bench.closed());
    }

    @Test
    void otherSettingsComeIntoForceOnlyWhileNothingIsInUse() {
        PlcBench bench = PlcBench.charging();
        DriverSettings other = DriverSettings.of(true, "strict", "none", 4, false, true, false, true, 50);
        assertFalse(bench.driver.reconfigure(other));
        assertTrue(bench.closed());
        bench.openAll();
        bench.gun(1, Authorization.UNKNOWN, false);
        bench.run(300);
        assertTrue(bench.driver.reconfigure(other));
        bench.run(1000);
        assertTrue(bench.gun().safe(), bench.gun().faults().toString());
    }
}
