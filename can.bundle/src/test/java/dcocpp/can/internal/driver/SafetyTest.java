package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.CrcMode;

class SafetyTest {

    @Test
    void emergencyStopIsAnsweredByForceAllOffWithinTheSameFrame() {
        PlcBench bench = PlcBench.charging();
        ScriptedPlc plc = bench.plc();
        int before = plc.frames(0x340).size();
        plc.followsCommands = false;
        plc.estopInput = true;
        plc.safetyStatus();
        assertEquals(before + 1, plc.frames(0x340).size(), "no time has passed");
        assertTrue(plc.last(0x340).forced());
        bench.work();
        assertTrue(bench.has(FaultCause.EMERGENCY_STOP), "published without waiting for a period");
    }

    /** Defect of the original: with two status frames in alternation an emergency stop was never seen. */
    @Test
    void emergencyStopIsSeenHoweverFastTheStatusRepeats() {
        PlcBench bench = PlcBench.charging();
        bench.plc().statusPeriod = 20 * ScriptedPlc.MILLI;
        bench.run(200);
        bench.plc().estopInput = true;
        bench.run(25);
        assertTrue(bench.has(FaultCause.EMERGENCY_STOP));
        assertTrue(bench.plc().last(0x340).forced());
    }

    @Test
    void emergencyStopStaysUntilItIsClearedAndTheInputHealthy() {
        PlcBench bench = PlcBench.charging();
        bench.plc().estopInput = true;
        bench.plc().estopLatched = true;
        bench.run(300);
        bench.clearFaults(1);
        bench.run(2500);
        assertTrue(bench.has(FaultCause.EMERGENCY_STOP), "the button is still pressed");
        bench.plc().estopInput = false;
        bench.run(2500);
        assertTrue(bench.has(FaultCause.EMERGENCY_STOP), "nobody has cleared it since");
        long frames = clears(bench);
        bench.clearFaults(1);
        bench.run(1000);
        assertFalse(bench.has(FaultCause.EMERGENCY_STOP));
        assertEquals(3, clears(bench) - frames, "a clear is asked for in three frames");
        assertEquals(0, bench.plc().relays, "nothing closes again by itself");
        bench.openAll();
        bench.run(200);
        bench.charge(1);
        bench.run(500);
        assertTrue(bench.closed());
    }

    private static long clears(PlcBench bench) {
        return bench.plc().frames(0x340).stream().filter(frame -> (frame.bytes()[0] & 0x20) != 0).count();
    }

    @ParameterizedTest
    @CsvSource({"1,SAFETY_SWITCH_1", "2,SAFETY_SWITCH_2", "3,SAFETY_SWITCH_3", "4,EMERGENCY_STOP", "5,PLC_COMM",
            "6,CAN_BUS_OFF", "8,PLC_CRC", "9,SAFETY_LOOP", "10,EARTH_FAULT", "11,SAFETY_SWITCH_4", "12,EMERGENCY_STOP", "200,SAFETY_LOOP"})
    void everyFaultReasonOpensTheContactorsAndHasItsCause(int reason, FaultCause cause) {
        PlcBench bench = PlcBench.charging();
        bench.plc().send(0x160, 7, bench.plc().applied, 0x14, reason, 0x10, 0x0E, 0);
        bench.work();
        assertFalse(bench.gun().safe());
        assertEquals(List.of(cause), bench.gun().faults().stream().map(Fault::cause).toList());
        assertEquals(0, bench.plc().last(0x340).bytes()[0] & 7);
    }

    /** The switch status has no word for it: it takes the name that RelayStatus gave, up to the end. */
    @Test
    void anOpenSwitchHasOneNameFromBeginningToEnd() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().safetyActive = true;
        bench.plc().reason = 2;
        bench.plc().relayStatus();
        bench.work();
        Set<FaultCause> told = EnumSet.noneOf(FaultCause.class);
        for (int i = 0; i < 200; i++) {
            bench.run(5);
            bench.gun().faults().forEach(fault -> told.add(fault.cause()));
            if (i == 100) {
                bench.plc().safetyActive = false;
                bench.plc().reason = 0;
                bench.plc().relayStatus();
            }
        }
        assertEquals(Set.of(FaultCause.SAFETY_SWITCH_2), told);
        assertTrue(bench.gun().safe());
    }

    @Test
    void ourOwnForceOffIsNoFault() {
        PlcBench bench = PlcBench.charging();
        bench.set(new GunCommand(1, Authorization.GRANTED, false, true, true, 0, 1000, 0, 0, false, Set.of()));
        bench.run(5000);
        assertEquals(7, bench.plc().reason);
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
    }

    @Test
    void forceOffOfSomebodyElseIsAFault() {
        PlcBench bench = PlcBench.charging();
        bench.run(3000);
        bench.plc().send(0x160, 0, bench.plc().applied, 0x14, 7, 0x10, 0x0E, 0);
        bench.work();
        assertTrue(bench.has(FaultCause.SAFETY_LOOP));
    }

    @Test
    void recoveryNeedsTheDebounceTimeAndTwoFrames() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().safetyActive = true;
        bench.run(200);
        assertTrue(bench.has(FaultCause.SAFETY_LOOP));
        bench.plc().sendsRelayStatus = false;
        bench.plc().safetyActive = false;
        bench.plc().relayStatus();
        bench.run(60);
        assertFalse(bench.gun().safe(), "one frame is no recovery, however old");
        bench.plc().relayStatus();
        bench.work();
        assertTrue(bench.gun().safe());
        bench.plc().safetyActive = true;
        bench.plc().relayStatus();
        bench.plc().safetyActive = false;
        bench.plc().relayStatus();
        bench.run(10);
        bench.plc().relayStatus();
        bench.work();
        assertFalse(bench.gun().safe(), "two frames within 10 ms are none either");
    }

    @Test
    void anotherErrorCodeThanZeroIsNotSafe() {
        PlcBench bench = PlcBench.charging();
        bench.plc().send(0x120, 7);
        bench.run(10);
        assertFalse(bench.gun().safe());
        assertEquals(0, bench.plc().relays);
    }

    /** Defect of the original: an all-zero GCMC_Status, whose checksum is right, meant "safe". */
    @Test
    void allZeroFramesAreNoEvidenceOfSafety() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().sendsRelayStatus = false;
        bench.plc().sendsSafetyStatus = false;
        for (int i = 0; i < 20; i++) {
            bench.run(50);
            bench.plc().send(0x150, 0, 0, 0, 0, 0, 0, 0);
        }
        assertFalse(bench.gun().linkUp());
        assertFalse(bench.gun().safe());
    }

    /** Defects of the original: display frames cleared the lock and the authorization, and moved the vehicle's wishes. */
    @Test
    void framesForDisplaysChangeNothing() {
        PlcBench bench = PlcBench.charging();
        HardwareSnapshot before = bench.driver.snapshot();
        bench.plc().send(0x410, 0, 0, 0, 0, 'A', 0, 0, 0);
        bench.plc().send(0x220, 0, 0, 0, 0, 0, 0, 'A', 0);
        bench.plc().send(0x250, 0, 'A', 0, 0, 0, 0, 0, 0);
        bench.plc().send(0x230, 1, 0, 1, 0, 1, 0, 0, 0);
        bench.work();
        bench.run(60);
        assertTrue(bench.closed());
        assertTrue(bench.gun().lockEngaged());
        assertTrue(bench.gun().authorizedEcho());
        assertEquals(before.guns().get(0).cp(), bench.gun().cp());
        assertEquals(400, bench.gun().targetVoltageV());
        assertTrue(Double.isNaN(bench.gun().evMaxVoltageV()));
    }

    @Test
    void aWrongChecksumChangesNothingAndThreeInASecondAreAFault() {
        PlcBench bench = PlcBench.charging();
        ScriptedPlc plc = bench.plc();
        plc.wrongCrc = true;
        plc.estopInput = true;
        plc.safetyStatus();
        plc.relayStatus();
        plc.wrongCrc = false;
        plc.estopInput = false;
        bench.work();
        assertTrue(bench.gun().faults().isEmpty(), bench.gun().faults().toString());
        assertTrue(bench.closed());
        plc.wrongCrc = true;
        plc.safetyStatus();
        plc.wrongCrc = false;
        bench.run(1);
        assertTrue(bench.has(FaultCause.PLC_CRC));
        assertEquals(0, bench.plc().relays);
        bench.run(1200);
        assertFalse(bench.has(FaultCause.PLC_CRC));
        assertTrue(bench.gun().safe());
        assertEquals(0, bench.plc().relays, "interrupted: closes again only after it was opened");
    }

    @Test
    void safetyFramesWithoutEightBytesAreAFault() {
        PlcBench bench = PlcBench.charging();
        bench.driver.frame(Bus.EXTENDED | 0x160, 7, 0);
        bench.work();
        assertEquals("safety frames without 8 bytes", bench.detail(FaultCause.PLC_COMM));
        bench.run(500);
        assertFalse(bench.has(FaultCause.PLC_COMM), "any good one ends it");
    }

    @Test
    void randomFramesNeverThrowAndThoseWithAWrongChecksumChangeNothing() {
        PlcBench bench = PlcBench.charging();
        Random random = new Random(11);
        int[] checksummed = {0x150, 0x160, 0x190, 0x1A0};
        for (int i = 0; i < 300_000; i++) {
            long payload = random.nextLong();
            int base = checksummed[i & 3];
            if (!CrcMode.STRICT.accepts(payload)) {
                bench.driver.frame(Bus.EXTENDED | base, 8, payload);
            }
            if (i % 1000 == 0) {
                // Slowly enough that the rate of bad frames is not itself the fault that is looked for.
                bench.time.advance(Duration.ofMillis(1));
            }
        }
        assertTrue(bench.plc().last(0x340).bytes()[0] != 0x18 || bench.plc().last(0x340).forced());
        assertEquals(Position.CLOSED, bench.contactor("GC_1").position());
        assertFalse(bench.has(FaultCause.EMERGENCY_STOP));
        PlcBench wild = PlcBench.charging();
        for (int i = 0; i < 300_000; i++) {
            int length = random.nextInt(9);
            long payload = length == 8 ? random.nextLong() : random.nextLong() & (1L << 8 * length) - 1;
            int id = i % 3 == 0 ? random.nextInt() : Bus.EXTENDED | random.nextInt(0x450);
            wild.driver.frame(id, length, payload);
            if (i % 5000 == 0) {
                wild.run(1);
            }
        }
        wild.run(100);
    }
}
