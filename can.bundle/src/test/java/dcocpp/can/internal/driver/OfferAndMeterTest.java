package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.Cabinets;

class OfferAndMeterTest {

    private static List<Integer> offer(PlcBench bench) {
        int[] bytes = bench.plc().last(0x300).bytes();
        return List.of(bytes[0] | bytes[1] << 8, bytes[2] | bytes[3] << 8, bytes[4] | bytes[5] << 8);
    }

    private static void offer(PlcBench bench, double voltageV, double currentA, double powerW) {
        bench.set(new GunCommand(1, Authorization.GRANTED, true, true, false, 0, voltageV, currentA, powerW, true, Set.of()));
    }

    @Test
    void limitsAreSentEverySecondAndOnChangeButNotFasterThanFiveTimesASecond() {
        PlcBench bench = PlcBench.charging();
        int before = bench.plc().frames(0x300).size();
        bench.run(5000);
        assertEquals(5, bench.plc().frames(0x300).size() - before, 1);
        long from = bench.now();
        for (int i = 0; i < 50; i++) {
            offer(bench, 1000, 100 - i, 40_000);
            bench.run(100);
        }
        List<ScriptedPlc.Received> frames = bench.plc().frames(0x300).stream().filter(frame -> frame.nanos() > from).toList();
        assertEquals(25, frames.size(), 2);
        for (int i = 1; i < frames.size(); i++) {
            assertTrue(frames.get(i).nanos() - frames.get(i - 1).nanos() >= 200 * ScriptedPlc.MILLI);
        }
    }

    @Test
    void theVehiclesLimitsCapVoltageAndCurrent() {
        PlcBench bench = PlcBench.charging();
        bench.plc().send(0x200, 0x40, 0x1F, 0xF4, 0x01, 0x10, 0x00);
        bench.run(300);
        assertEquals(List.of(8000, 500, 400), offer(bench));
        PlcBench uncapped = new PlcBench(1, DriverSettings.of(true, "strict", "1", 9, false, true, false, false, 50));
        uncapped.run(1000);
        uncapped.charge(1);
        uncapped.plc().send(0x200, 0x40, 0x1F, 0xF4, 0x01, 0x10, 0x00);
        uncapped.run(1000);
        assertEquals(List.of(10_000, 1000, 400), offer(uncapped));
    }

    /** Defect of the original: its own limits came back as a cap, and every reduction stayed for ever. */
    @Test
    void aReducedOfferRisesAgain() {
        PlcBench bench = PlcBench.charging();
        bench.plc().send(0x200, 0xF0, 0x23, 0xB8, 0x0B, 0x98, 0x08);
        offer(bench, 1000, 10, 4000);
        bench.run(400);
        assertEquals(List.of(9200, 100, 40), offer(bench));
        offer(bench, 1000, 150, 60_000);
        bench.run(400);
        assertEquals(List.of(9200, 1500, 600), offer(bench));
    }

    @Test
    void theNextVehicleIsNotBoundByTheLimitsOfTheLast() {
        PlcBench bench = PlcBench.charging();
        bench.plc().send(0x200, 0x40, 0x1F, 0xF4, 0x01, 0x10, 0x00);
        bench.run(300);
        bench.openAll();
        bench.plc().cp = 'A';
        bench.run(500);
        bench.charge(1);
        bench.run(1000);
        assertEquals(List.of(10_000, 1000, 400), offer(bench));
    }

    @Test
    void whatIsNotSafeOffersNothing() {
        PlcBench bench = PlcBench.charging();
        bench.plc().earthFault = true;
        bench.run(400);
        assertEquals(0, offer(bench).get(1));
        assertEquals(0, offer(bench).get(2));
    }

    @Test
    void presentValuesAreSentFiveTimesASecondInUseAndOnceOtherwise() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        int before = bench.plc().frames(0x310).size();
        bench.run(5000);
        assertEquals(5, bench.plc().frames(0x310).size() - before, 1);
        bench.charge(1);
        bench.run(1000);
        before = bench.plc().frames(0x310).size();
        bench.run(5000);
        assertEquals(25, bench.plc().frames(0x310).size() - before, 1);
        int[] bytes = bench.plc().last(0x310).bytes();
        assertEquals(4000, bytes[0] | bytes[1] << 8);
        assertEquals(1000, bytes[2] | bytes[3] << 8);
        assertEquals(400, bytes[4] | bytes[5] << 8);
        assertEquals(3, bytes[6], "output on, regulating, no fault");
    }

    @Test
    void faultsOfTheHostReachTheVehicleSide() {
        PlcBench bench = PlcBench.charging();
        bench.set(new GunCommand(1, Authorization.GRANTED, true, true, false, 0, 1000, 100, 40_000, true,
                Set.of(FaultCause.GC_WELD, FaultCause.METER_STALE)));
        bench.run(300);
        assertEquals(0x84, bench.plc().last(0x310).bytes()[6] & 0xFC);
    }

    @Test
    void energyGrowsBetweenTheStepsOfTheRegisterAndNeverBeyondOne() {
        PlcBench bench = PlcBench.charging();
        long start = bench.gun().meter().registerMilliWh();
        assertEquals(12_345_600_000.0, start, 100_000_000);
        bench.run(3600);
        long grown = bench.gun().meter().registerMilliWh() - start;
        assertEquals(40_000, grown, 6000, "40 kW for 3.6 s are 40 Wh");
        bench.run(20_000);
        assertEquals(100_000, bench.gun().meter().registerMilliWh() - 12_345_600_000L, 1, "no more than one step without the register");
        bench.plc().meterEnergy += 2;
        bench.run(1100);
        long stepped = bench.gun().meter().registerMilliWh() - 12_345_600_000L;
        assertTrue(stepped >= 200_000 && stepped < 215_000, String.valueOf(stepped));
    }

    @Test
    void energyNeverJumpsNorFallsWhenTheMeterGoesAndComesBack() {
        PlcBench bench = PlcBench.charging();
        bench.run(1000);
        long before = bench.gun().meter().registerMilliWh();
        bench.plc().meterFlags = 0x15;
        bench.run(9000);
        MeterReading fallback = bench.gun().meter();
        assertTrue(fallback.valid(), "measured power stands in");
        assertEquals(100_000, fallback.registerMilliWh() - before, 12_000, "40 kW for 9 s");
        bench.plc().meterFlags = 1;
        bench.plc().meterEnergy += 7;
        bench.run(1500);
        long after = bench.gun().meter().registerMilliWh();
        assertEquals(fallback.registerMilliWh(), after, 25_000);
        assertTrue(after >= fallback.registerMilliWh());
    }

    /** What has been counted of a step of the register is not counted again with it. */
    @Test
    void aShortOutageOfTheMeterCountsNothingTwice() {
        PlcBench bench = PlcBench.charging();
        long start = bench.gun().meter().registerMilliWh();
        for (int outage = 0; outage < 3; outage++) {
            bench.run(2000);
            bench.plc().meterFlags = 0x15;
            bench.run(500);
            bench.plc().meterFlags = 1;
        }
        bench.run(1500);
        bench.plc().meterEnergy += 1;
        bench.run(1100);
        assertEquals(112_000, bench.gun().meter().registerMilliWh() - start, 15_000, "40 kW for 10.1 s");
    }

    /** Whoever reads has limits of its own: a meter that is not heard gives way to the vehicle's present values before they run out. */
    @Test
    void presentValuesStandInBeforeTheMeterIsTwoSecondsOld() {
        for (int heardFor = 0; heardFor < 10; heardFor++) {
            PlcBench bench = PlcBench.charging();
            bench.run(1000 + 100 * heardFor);
            bench.plc().sendsMeter = false;
            for (int i = 0; i < 40; i++) {
                bench.run(100);
                MeterReading meter = bench.gun().meter();
                assertTrue(meter.valid());
                assertTrue(bench.now() - meter.takenNanos() < 1_700_000_000L, "after " + i + " tenths of a second: "
                        + (bench.now() - meter.takenNanos()) + " ns old");
                assertFalse(bench.has(FaultCause.METER_STALE));
            }
        }
    }

    /** It is no fault, and nothing else would show it. */
    @Test
    void aMeterThatIsReplacedForLongIsToldOnce() {
        PlcBench bench = PlcBench.charging();
        bench.plc().sendsMeter = false;
        bench.run(9000);
        assertEquals(List.of(), bench.log);
        bench.run(20_000);
        assertEquals(1, bench.log.size(), bench.log.toString());
        assertTrue(bench.log.get(0).contains("the vehicle's present values are billed"), bench.log.toString());
    }

    /** The first page with the register may be lost, and come late. */
    @Test
    void powerThatIsHeardFirstDoesNotHideWhereTheRegisterStands() {
        PlcBench bench = new PlcBench(new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.PLC)),
                List.of(Cabinets.slot(1, 1))), PlcBench.SETTINGS);
        bench.plc().meterPageLeftOut = 1;
        bench.run(3000);
        bench.plc().meterPageLeftOut = -1;
        bench.run(1500);
        assertEquals(12_345_600_000L, bench.gun().meter().registerMilliWh());
    }

    /** A page alone is no meter: power without a register counts on, a register without power is read less often than a step lasts. */
    @Test
    void aMeterOfWhichOnePageIsMissingLosesNoEnergy() {
        for (int missing = 0; missing < 2; missing++) {
            PlcBench bench = PlcBench.charging();
            bench.run(1000);
            long before = bench.gun().meter().registerMilliWh();
            bench.plc().meterPageLeftOut = missing;
            for (int step = 0; step < 2; step++) {
                bench.run(9000);
                bench.plc().meterEnergy += 1;
            }
            bench.run(100);
            assertEquals(200_000, bench.gun().meter().registerMilliWh() - before, 12_000, "40 kW for 18 s, without page " + missing);
            assertTrue(bench.now() - bench.gun().meter().takenNanos() < 1_700_000_000L);
        }
    }

    /** Defect of the original: the meter's fault bit overwrote, and cleared, the link's. */
    @Test
    void aMeterThatDoesNotAnswerIsNoLostLink() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().meterFlags = 2;
        bench.run(2600);
        assertTrue(bench.has(FaultCause.METER_STALE));
        assertFalse(bench.has(FaultCause.PLC_COMM));
        assertTrue(bench.gun().linkUp());
        assertFalse(bench.gun().meter().valid());
    }

    /** It tells of it every 2 s, and a frame may be late or lost. */
    @Test
    void theMeterOfAnIdlePlcIsSilentOnlyAfterFiveSeconds() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(2000);
        bench.plc().meterPeriod = 2100 * ScriptedPlc.MILLI;
        for (int i = 0; i < 200; i++) {
            bench.run(100);
            assertFalse(bench.has(FaultCause.METER_STALE), i + " tenths of a second");
        }
        bench.plc().sendsMeter = false;
        bench.run(7200);
        assertTrue(bench.has(FaultCause.METER_STALE));
        bench.plc().sendsMeter = true;
        bench.run(5000);
        assertFalse(bench.has(FaultCause.METER_STALE));
    }

    /** Defect of the original: scale was applied more than once. It is the controller's, and nothing here applies it. */
    @Test
    void registerIsGivenAsThePlcCountsIt() {
        Topology topology = new Topology(1, List.of(new ConnectorSettings(1, 0, "", "can0", 200, 60_000, 200, 1000, 0,
                true, 3, MeterSource.PLC, 2, 5, 30, "", "EVMAC")), List.of(Cabinets.slot(1, 1)));
        PlcBench bench = new PlcBench(topology, PlcBench.SETTINGS);
        bench.run(3000);
        assertEquals(12_345_600_000L, bench.gun().meter().registerMilliWh());
        bench.plc().meterEnergy += 1;
        bench.run(1500);
        assertEquals(12_345_700_000L, bench.gun().meter().registerMilliWh());
    }

    @Test
    void aShuntCountsMeasuredPowerAlone() {
        Topology topology = new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.SHUNT)),
                List.of(Cabinets.slot(1, 1, Cabinets.module("M1_0", "MN_1_0", ""), Cabinets.module("M1_1", "MN_1_1", ""))));
        PlcBench bench = new PlcBench(topology, PlcBench.SETTINGS);
        bench.run(1000);
        bench.charge(1);
        bench.run(9000);
        MeterReading meter = bench.gun().meter();
        assertTrue(meter.valid());
        assertEquals(100_000, meter.registerMilliWh(), 3000);
        assertEquals(40_000, meter.powerW());
    }

    /** An idle PLC does not tell voltage and current. */
    @Test
    void aShuntWithoutVehicleIsNoSilentMeter() {
        Topology topology = new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.SHUNT)), List.of(Cabinets.slot(1, 1)));
        PlcBench bench = new PlcBench(topology, PlcBench.SETTINGS);
        bench.run(9000);
        assertTrue(bench.gun().linkUp());
        assertFalse(bench.has(FaultCause.METER_STALE));
    }
}
