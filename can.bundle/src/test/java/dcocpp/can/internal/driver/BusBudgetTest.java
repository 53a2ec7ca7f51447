package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.can.internal.bus.Bus;

class BusBudgetTest {

    /** Defect of the original: twelve guns needed more than the bus has. */
    @Test
    void twelveGunsInUseStayWithinTheHostsBudget() {
        PlcBench bench = new PlcBench(12, PlcBench.SETTINGS);
        bench.run(1000);
        for (int id = 1; id <= 12; id++) {
            bench.charge(id);
        }
        bench.run(2000);
        int before = bench.framesSent;
        long from = bench.now();
        bench.run(10_000);
        double perSecond = (bench.framesSent - before) / 10.0;
        assertTrue(perSecond < 250, "host sends " + perSecond + " frames per second");
        assertEquals(12 * (10 + 5 + 1 + 2), perSecond, 12);
        for (ScriptedPlc plc : bench.plcs) {
            assertEquals(7, plc.relays);
            assertTrue(plc.longestGap(0x340, from) <= 110 * ScriptedPlc.MILLI);
        }
    }

    @Test
    void sixteenGunsInUseAreAllServed() {
        PlcBench bench = new PlcBench(16, PlcBench.SETTINGS);
        bench.run(1000);
        for (int id = 1; id <= 16; id++) {
            bench.charge(id);
        }
        bench.run(4000);
        int before = bench.framesSent;
        long from = bench.now();
        bench.run(10_000);
        assertTrue(bench.framesSent - before < 2500, bench.framesSent - before + " frames in 10 s");
        for (ScriptedPlc plc : bench.plcs) {
            assertEquals(7, plc.relays, "PLC " + plc.plcId);
            assertTrue(plc.longestGap(0x340, from) <= 110 * ScriptedPlc.MILLI);
            assertTrue(plc.longestGap(0x300, from) <= 1100 * ScriptedPlc.MILLI);
            assertTrue(plc.longestGap(0x310, from) <= 600 * ScriptedPlc.MILLI, plc.longestGap(0x310, from) + " ns between present values");
            assertTrue(plc.longestGap(0x380, from) <= 1100 * ScriptedPlc.MILLI, "authorizations are refreshed");
        }
        assertTrue(bench.driver.snapshot().guns().stream().allMatch(gun -> gun.faults().isEmpty() || gun.faults().stream()
                .allMatch(fault -> fault.detail().startsWith("CanOverload"))), bench.driver.snapshot().guns().toString());
    }

    /** With PLCs that keep the periods of the bus budget, by the real bits of each frame. */
    @Test
    void twelveGunsInUseLeaveAThirdOfTheBusFree() {
        PlcBench bench = new PlcBench(12, PlcBench.SETTINGS);
        for (ScriptedPlc plc : bench.plcs) {
            plc.statusPeriod = 200 * ScriptedPlc.MILLI;
            plc.targetsPeriod = 200 * ScriptedPlc.MILLI;
            plc.cpPeriod = 500 * ScriptedPlc.MILLI;
        }
        bench.run(1000);
        for (int id = 1; id <= 12; id++) {
            bench.charge(id);
        }
        bench.run(3000);
        for (int second = 0; second < 10; second++) {
            bench.run(1000);
            assertTrue(bench.bus().loadPercent() > 40 && bench.bus().loadPercent() <= 65, bench.bus().toString());
        }
        assertTrue(bench.log.isEmpty(), bench.log.toString());
    }

    @Test
    void theLoadIsThatOfTheRealBitsOfAllFrames() {
        PlcBench bench = PlcBench.charging();
        bench.run(1001);
        long bits = bench.bitsOnTheBus;
        int sent = bench.framesSent;
        bench.run(1000);
        bits = bench.bitsOnTheBus - bits;
        sent = bench.framesSent - sent;
        bench.run(50);
        assertEquals(bits / 1250.0, bench.bus().loadPercent(), 0.5);
        assertTrue(bench.bus().framesPerSecond() > sent, "those of the PLC too");
        assertEquals("can0", bench.bus().interfaceName());
    }

    @Test
    void lostFramesAreToldAndCountedBeyondAReopenedBus() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1500);
        assertEquals(0, bench.bus().lostFrames());
        bench.lostFrames = 7;
        bench.run(1100);
        assertEquals(7, bench.bus().lostFrames());
        assertEquals("7 CAN frames lost: they came faster than they were read; 7 so far", bench.log.get(0));
        bench.driver.busUnavailable("pulled out");
        assertEquals(0, bench.driver.snapshot().buses().size());
        bench.lostFrames = 0;
        bench.driver.busOpened(bench);
        // The kernel's word that the controller had no room for a frame.
        bench.driver.frame(Bus.ERROR | 0x04, 8, 0x0100);
        bench.run(1100);
        assertEquals(8, bench.bus().lostFrames());
    }

    @Test
    void droppedFramesAreCounted() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().wrongCrc = true;
        bench.plc().relayStatus();
        bench.plc().wrongCrc = false;
        bench.driver.frame(Bus.EXTENDED | 0x160, 7, 0);
        bench.run(200);
        assertEquals(2, bench.bus().badFrames());
    }

    @Test
    void aBurstNeverHoldsUpTheRelays() {
        PlcBench bench = new PlcBench(16, PlcBench.SETTINGS);
        bench.run(1000);
        long from = bench.now();
        for (int i = 0; i < 50; i++) {
            for (int id = 1; id <= 16; id++) {
                bench.gun(id, i % 2 == 0 ? Authorization.PENDING
                        : Authorization.GRANTED, false);
            }
            bench.run(100);
        }
        for (ScriptedPlc plc : bench.plcs) {
            assertTrue(plc.longestGap(0x340, from) <= 160 * ScriptedPlc.MILLI);
        }
        assertTrue(bench.framesSent < 250 * 6.2);
    }

    @Test
    void whatOpensOneContactorOfSeveralWaitsForNoBucket() {
        PlcBench bench = new PlcBench(13, PlcBench.SETTINGS);
        bench.run(1000);
        for (int id = 1; id <= 13; id++) {
            bench.charge(id);
        }
        bench.run(2000);
        for (int id = 1; id <= 13; id++) {
            assertEquals(7, bench.plcs.get(id - 1).relays);
            bench.gun(id, Authorization.GRANTED, false);
        }
        bench.command();
        bench.work();
        for (ScriptedPlc plc : bench.plcs) {
            assertEquals(6, plc.relays, "no time has passed, the modules stay on");
        }
    }

    @Test
    void firstFramesAreSpreadOverThePeriod() {
        PlcBench bench = new PlcBench(12, PlcBench.SETTINGS);
        bench.plcs.forEach(plc -> plc.powered = false);
        bench.run(149);
        for (int i = 0; i < 12; i++) {
            assertEquals(i * 12_500_000L, bench.plcs.get(i).frames(0x340).get(0).nanos(), 1_000_001);
        }
    }

    @Test
    void overloadIsWarnedOfAndAFaultAfterFiveSeconds() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(2000);
        for (int ms = 0; ms < 8000; ms++) {
            bench.driver.frame(Bus.EXTENDED | 0x1FF, 8, 0);
            bench.run(1);
        }
        assertTrue(bench.log.stream().anyMatch(line -> line.startsWith("CAN bus load ")), bench.log.toString());
        assertTrue(bench.detail(FaultCause.PLC_COMM).startsWith("CanOverload"), bench.gun().faults().toString());
        bench.run(8000);
        assertFalse(bench.has(FaultCause.PLC_COMM));
    }
}
