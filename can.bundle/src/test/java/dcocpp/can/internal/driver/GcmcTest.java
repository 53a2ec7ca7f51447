package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand.Authorization;

/** GCMC_Command and GCMC_Status: as a mirror of RelayControl, and as the only word to the bus contactors of a ring. */
class GcmcTest {

    private static final DriverSettings MIRROR = DriverSettings.of(true, "strict", "1", 9, false, true, true, true, 50);
    private static final DriverSettings RING = PlcBench.SETTINGS.withRingActuation(true);

    private static PlcBench idle(DriverSettings settings) {
        return idle(2, settings);
    }

    private static PlcBench idle(int guns, DriverSettings settings) {
        PlcBench bench = new PlcBench(guns, settings);
        bench.plcs.forEach(plc -> plc.sendsGcmc = true);
        bench.run(1000);
        return bench;
    }

    private static PlcBench charging(DriverSettings settings) {
        PlcBench bench = idle(settings);
        bench.charge(1);
        bench.run(1500);
        assertTrue(bench.closed(), bench.gun().faults().toString());
        return bench;
    }

    @Test
    void aMirrorThatThePlcFollowsIsNoFault() {
        PlcBench bench = charging(MIRROR);
        assertEquals(0x0D, bench.plc().gcmcCommands);
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
        bench.openAll();
        bench.run(1500);
        assertEquals(0, bench.plc().relays);
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
    }

    @Test
    void otherCommandsThanTheMirrorsAreAFault() {
        PlcBench bench = charging(MIRROR);
        bench.plc().sendsGcmc = false;
        for (int i = 0; i < 12; i++) {
            bench.plc().send(0x150, 0x01, 0x0D, 0, 0, 0, bench.plc().gcmcSequence, bench.plc().gcmcSequence);
            assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
            bench.run(70);
        }
        bench.plc().send(0x150, 0x01, 0x0D, 0, 0, 0, bench.plc().gcmcSequence, bench.plc().gcmcSequence);
        bench.run(100);
        assertEquals("GCMC_Status does not follow GCMC_Command: 0x0 sent, 0x1 shown", bench.detail(FaultCause.PLC_COMM));
        assertEquals(0, bench.plc().relays, "who follows somebody else gets no energy");
    }

    @Test
    void aNumberThatIsOlderThanTheCommandIsAFault() {
        PlcBench bench = charging(MIRROR);
        bench.plc().sendsGcmc = false;
        int old = bench.plc().gcmcSequence;
        bench.gun(1, Authorization.GRANTED, false);
        bench.run(50);
        for (int i = 0; i < 14; i++) {
            bench.plc().send(0x150, bench.plc().gcmcCommands, 0x0C, 0, 0, 0, old, old);
            bench.run(100);
        }
        assertTrue(bench.detail(FaultCause.PLC_COMM).startsWith("GCMC_Status does not follow"), bench.gun().faults().toString());
    }

    @Test
    void aPlcThatSendsNoGcmcStatusIsNotJudgedByIt() {
        PlcBench bench = new PlcBench(1, MIRROR);
        bench.charge(1);
        bench.run(5000);
        assertTrue(bench.closed());
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
    }

    @Test
    void withoutRingActuationABusContactorIsNeverAskedFor() {
        PlcBench bench = charging(MIRROR);
        bench.busContactors = Set.of("MC_1");
        bench.run(500);
        assertEquals(0, bench.plc().gcmcCommands & 2);
        assertEquals(Position.OPEN, bench.contactor("MC_1").position());
    }

    @Test
    void aBusContactorClosesAndOpensByItsFeedback() {
        PlcBench bench = charging(RING);
        assertEquals(Position.OPEN, bench.contactor("MC_1").position());
        bench.busContactors = Set.of("MC_1");
        bench.run(300);
        assertTrue(bench.plc().busClosed);
        assertFalse(bench.plcs.get(1).busClosed, "each PLC has its own slot's");
        assertEquals(Position.CLOSED, bench.contactor("MC_1").position());
        assertEquals(Position.OPEN, bench.contactor("MC_2").position());
        bench.run(3000);
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
        bench.busContactors = Set.of();
        bench.run(150);
        assertEquals(Position.OPEN, bench.contactor("MC_1").position());
        assertTrue(bench.closed(), "the gun charges on");
    }

    @Test
    void aBusContactorOfASlotWhoseGunIsIdleCanBeClosedToo() {
        PlcBench bench = idle(RING);
        bench.busContactors = Set.of("MC_2");
        bench.run(300);
        assertEquals(Position.CLOSED, bench.contactor("MC_2").position());
        assertEquals(0, bench.plcs.get(1).relays);
        assertTrue(bench.plcs.get(1).longestGap(0x390, bench.now() - 2000 * ScriptedPlc.MILLI) <= 150 * ScriptedPlc.MILLI);
    }

    @Test
    void anEmergencyStopOpensTheBusContactorWithTheSameFrameTime() {
        PlcBench bench = charging(RING);
        bench.busContactors = Set.of("MC_1");
        bench.run(300);
        bench.plc().estopInput = true;
        bench.plc().safetyStatus();
        assertTrue(bench.plc().last(0x340).forced());
        assertEquals(0x80, bench.plc().last(0x390).bytes()[0], "no time has passed");
        assertFalse(bench.plc().busClosed);
        bench.run(2000);
        assertEquals(0, bench.plc().gcmcCommands);
    }

    @Test
    void whatOpensABusContactorWaitsForNoBucket() {
        PlcBench bench = idle(8, RING);
        bench.busContactors = Set.of("MC_1", "MC_2", "MC_3", "MC_4", "MC_5", "MC_6", "MC_7", "MC_8");
        bench.run(1000);
        assertTrue(bench.plcs.stream().allMatch(plc -> plc.busClosed));
        bench.busContactors = Set.of();
        bench.command();
        bench.work();
        assertTrue(bench.plcs.stream().noneMatch(plc -> plc.busClosed), "no time has passed");
    }

    @Test
    void aBusContactorThatDoesNotObeyIsNamed() {
        PlcBench stuck = charging(RING);
        stuck.plc().followsBus = false;
        stuck.busContactors = Set.of("MC_1");
        stuck.run(1000);
        assertTrue(stuck.contactor("MC_1").stuckOpen());
        PlcBench welded = charging(RING);
        welded.busContactors = Set.of("MC_1");
        welded.run(300);
        welded.plc().busWelded = true;
        welded.busContactors = Set.of();
        welded.run(1000);
        assertEquals("MC_1", welded.detail(FaultCause.MC_WELD));
        assertTrue(welded.contactor("MC_1").welded());
    }

    @Test
    void aBusContactorOfWhichNothingIsHeardIsUnknownAndItsPlcLost() {
        PlcBench bench = charging(RING);
        bench.busContactors = Set.of("MC_1");
        bench.run(300);
        bench.plc().sendsGcmc = false;
        bench.run(700);
        assertEquals(Position.UNKNOWN, bench.contactor("MC_1").position());
        assertEquals("RelayStatus, SafetySwitchStatus or GCMC_Status missing", bench.detail(FaultCause.PLC_COMM));
        bench.run(100);
        assertEquals(0, bench.plc().relays);
        assertFalse(bench.plc().busClosed);
    }

    @Test
    void stoppingWaitsForTheBusContactorToo() {
        PlcBench bench = charging(RING);
        bench.busContactors = Set.of("MC_1");
        bench.run(300);
        bench.plc().busWelded = true;
        bench.driver.stop();
        bench.run(200);
        assertEquals(0, bench.plc().relays);
        assertFalse(bench.driver.allOpen());
        bench.plc().busWelded = false;
        bench.run(300);
        assertTrue(bench.driver.allOpen());
        assertEquals(List.of(), bench.driver.snapshot().guns().get(1).faults());
    }
}
