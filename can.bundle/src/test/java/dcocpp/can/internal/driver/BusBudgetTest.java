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
