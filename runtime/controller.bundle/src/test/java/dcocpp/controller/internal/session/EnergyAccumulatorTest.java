package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.controller.internal.journal.JournalStore.Meter;

class EnergyAccumulatorTest {

    private static final long TICK = Duration.ofMillis(100).toNanos();
    private static final double GUN_V = 400;
    /** 36 kW: one watt-hour in a tick. */
    private static final double GUN_A = 90;
    private static final long WH = 1000;

    private final List<String> told = new ArrayList<>();
    private EnergyAccumulator energy;
    private long now;

    static ConnectorSettings settings(MeterSource source, double scale, double offsetWh) {
        return new ConnectorSettings(1, 0, "", "can0", 500, 0, 0, 0, 0, true, 3, source, scale, offsetWh, 30, "", "both");
    }

    /** A gun whose PLC is heard now; V and I may be NaN. */
    static GunState gun(double voltageV, double currentA, MeterReading meter, long now) {
        return gun(CpState.C, voltageV, currentA, meter, now);
    }

    private static GunState gun(CpState cp, double voltageV, double currentA, MeterReading meter, long now) {
        return new GunState(1, true, true, List.of(), cp, true, true, HlcState.NONE, 0, 0, voltageV, currentA, 0, 0, 0, 0, 25,
                meter, now);
    }

    private void with(MeterSource source, double scale, double offsetWh, Meter kept) {
        energy = new EnergyAccumulator(settings(source, scale, offsetWh), kept, (what, detail) -> told.add(what + ": " + detail));
    }

    private void meter(Meter kept) {
        with(MeterSource.PLC, 1, 0, kept);
    }

    /** The meter answers, nothing flows. */
    private void register(long milliWh) {
        now += TICK;
        energy.read(gun(GUN_V, 0, new MeterReading(true, milliWh, GUN_V, 0, 0, now), now), now);
    }

    /** For a time 36 kW flow and the register stands. */
    private void flow(int ticks, long registerMilliWh) {
        for (int tick = 0; tick < ticks; tick++) {
            now += TICK;
            energy.read(gun(GUN_V, GUN_A, new MeterReading(true, registerMilliWh, GUN_V, GUN_A, GUN_V * GUN_A, now), now), now);
        }
    }

    /** For a time the meter is silent. */
    private void silent(int ticks, double voltageV, double currentA) {
        for (int tick = 0; tick < ticks; tick++) {
            now += TICK;
            energy.read(gun(voltageV, currentA, new MeterReading(false, 0, Double.NaN, Double.NaN, Double.NaN, now), now), now);
        }
    }

    private Optional<String> fault() {
        return energy.fault(now).map(Fault::detail);
    }

    @Test
    void aNewConnectorBeginsAtItsMetersRegisterScaledAndOffsetOnce() {
        with(MeterSource.PLC, 2, 0.5, null);
        register(1_000);
        assertEquals(2_500, energy.lifetimeMilliWh());
        register(1_100);
        register(1_100);
        assertEquals(2_700, energy.lifetimeMilliWh());
    }

    @Test
    void aRegisterThatRestartsIsANewBaseAndToldAndNoEnergy() {
        meter(new Meter(1, 9_000_000, 5_000_000, 0));
        register(5_250_000);
        for (int reading = 0; reading < 21; reading++) {
            register(10);
        }
        register(30);
        assertEquals(9_250_020, energy.lifetimeMilliWh());
        assertEquals(List.of("new register: 0.000 kWh after 5.250 kWh; the connector goes on from 9.250 kWh"), told);
    }

    @Test
    void aRegisterThatDipsOrLeapsForAMomentIsNotBilled() {
        meter(new Meter(1, 9_000, 5_000_000, 0));
        register(0);
        register(5_000_100);
        register(4_000_000_000L);
        register(5_000_200);
        assertEquals(9_200, energy.lifetimeMilliWh());
        assertEquals(List.of(), told);
    }

    @Test
    void aRegisterThatFlickersByOneStepIsHeldHoweverLong() {
        meter(new Meter(1, 500_000, 500_000, 0));
        for (int time = 0; time < 10; time++) {
            for (int reading = 0; reading < 30; reading++) {
                register(400_000);
            }
            register(500_000);
        }
        assertEquals(500_000, energy.lifetimeMilliWh());
        register(600_000);
        assertEquals(600_000, energy.lifetimeMilliWh());
    }

    @Test
    void whatFlowedWhileTheProgramWasAwayIsCounted() {
        with(MeterSource.PLC, 1, 77, new Meter(1, 9_000, 5_000, 0));
        register(6_000);
        assertEquals(10_000, energy.lifetimeMilliWh());
    }

    @Test
    void aScaleLosesNothingToRoundingHoweverOftenTheMeterIsRead() {
        with(MeterSource.PLC, 1.01, 0, new Meter(1, 0, 0, 0));
        for (int register = 1; register <= 100_000; register++) {
            register(register);
        }
        assertEquals(101_000, energy.lifetimeMilliWh());
    }

    @Test
    void betweenTwoStepsOfTheRegisterPowerIsCountedAndNeverAWholeStep() {
        meter(new Meter(1, 0, 7_000_000, 0));
        flow(1, 7_000_000);
        flow(40, 7_000_000);
        assertEquals(40 * WH, energy.lifetimeMilliWh());
        flow(200, 7_000_000);
        assertEquals(100 * WH - 1, energy.lifetimeMilliWh());
        flow(1, 7_100_000);
        assertEquals(100 * WH, energy.lifetimeMilliWh(), "the register has the last word");
        flow(10, 7_100_000);
        assertEquals(110 * WH, energy.lifetimeMilliWh());
    }

    @Test
    void nothingIsAddedToARegisterThatShowsEachMilliwattHour() {
        meter(new Meter(1, 0, 7_000_001, 0));
        flow(50, 7_000_001);
        assertEquals(0, energy.lifetimeMilliWh());
    }

    @Test
    void aSilentMeterIsStoodInForByVoltageAndCurrentAndItsRegisterHasTheLastWord() {
        meter(new Meter(1, 0, 7_000_000, 0));
        flow(31, 7_000_000);
        silent(300, GUN_V, GUN_A);
        assertEquals(330 * WH, energy.lifetimeMilliWh(), "more than one step: nobody knows what the register has");
        flow(1, 7_400_000);
        assertEquals(400 * WH, energy.lifetimeMilliWh(), "it has seen more");
        assertEquals(List.of("register back: after 30.1 s; it counted 0.400 kWh, power gave 0.331 kWh"), told);
        silent(100, GUN_V, GUN_A);
        assertEquals(500 * WH, energy.lifetimeMilliWh());
        flow(1, 7_400_000);
        assertEquals(500 * WH, energy.lifetimeMilliWh(), "never backwards");
        register(7_500_000);
        assertEquals(500 * WH, energy.lifetimeMilliWh(), "nothing twice");
        register(7_600_000);
        assertEquals(600 * WH, energy.lifetimeMilliWh());
    }

    @Test
    void aRegisterThatWasAwayForHoursIsBelievedAtOnceWhenAGunCanHaveGivenSoMuch() {
        meter(new Meter(1, 0, 7_000_000, 0));
        flow(1, 7_000_000);
        silent(36_000, Double.NaN, Double.NaN);
        register(107_000_000);
        assertEquals(100_000 * WH, energy.lifetimeMilliWh(), "100 kWh in an hour");
    }

    @Test
    void aSilentMeterIsAFaultAfterTwoSecondsAndOverWithItsNextReading() {
        meter(null);
        register(1_000);
        assertTrue(energy.counts());
        silent(20, GUN_V, GUN_A);
        assertFalse(energy.counts());
        assertEquals(Optional.empty(), fault());
        silent(1, GUN_V, GUN_A);
        assertEquals(Optional.of("meter silent: voltage and current count"), fault());
        silent(1, Double.NaN, GUN_A);
        assertEquals(Optional.of("meter silent: nothing is counted"), fault());
        assertEquals(FaultCause.METER_STALE, energy.fault(now).orElseThrow().cause());
        register(1_000);
        assertEquals(Optional.empty(), fault());
    }

    @Test
    void aReadingThatIsNotRenewedIsASilentMeter() {
        meter(new Meter(1, 0, 7_000_000, 0));
        flow(1, 7_000_000);
        MeterReading frozen = new MeterReading(true, 7_000_000, GUN_V, GUN_A, GUN_V * GUN_A, now);
        for (int tick = 0; tick < 30; tick++) {
            now += TICK;
            energy.read(gun(GUN_V, GUN_A, frozen, now), now);
        }
        assertTrue(fault().isPresent());
        assertEquals(30 * WH, energy.lifetimeMilliWh(), "without a gap");
    }

    /** Ticks with a vehicle that asks for energy or without; the meter was read last at {@code takenNanos}. */
    private void lastRead(CpState cp, long takenNanos, int ticks) {
        for (int tick = 0; tick < ticks; tick++) {
            now += TICK;
            energy.read(gun(cp, Double.NaN, Double.NaN, new MeterReading(true, 7_000, GUN_V, 0, 0, takenNanos), now), now);
        }
    }

    @Test
    void aMeterThatIsReadSlowlyWhileNobodyChargesIsNotMissedAndNotTold() {
        meter(null);
        for (int reading = 0; reading < 10; reading++) {
            lastRead(CpState.A, now + TICK, 1);
            for (int tick = 0; tick < 22; tick++) {
                lastRead(CpState.A, now - tick * TICK, 1);
                assertEquals(Optional.empty(), fault());
            }
        }
        long latest = now - 22 * TICK;
        lastRead(CpState.C, latest, 20);
        assertEquals(Optional.empty(), fault());
        lastRead(CpState.C, latest, 1);
        assertTrue(fault().isPresent());
        assertEquals(List.of(), told);
    }

    @Test
    void aMeterThatDoesNotAnswerWhileNobodyChargesIsAFaultAfterFiveSeconds() {
        meter(null);
        lastRead(CpState.A, now + TICK, 1);
        long latest = now;
        lastRead(CpState.A, latest, 50);
        assertEquals(Optional.empty(), fault());
        lastRead(CpState.A, latest, 1);
        assertTrue(fault().isPresent());
    }

    @Test
    void aShuntIsNotMissedWhileNobodyCharges() {
        with(MeterSource.SHUNT, 1, 0, null);
        lastRead(CpState.B, 0, 100);
        assertEquals(Optional.empty(), fault());
        lastRead(CpState.C, 0, 21);
        assertTrue(fault().isPresent());
    }

    @Test
    void aWrongFrameDoesNotMakeTheStepsOfTheRegisterFiner() {
        meter(new Meter(1, 500_000, 500_000, 0));
        register(500_000);
        register(123);
        register(500_000);
        for (int reading = 0; reading < 30; reading++) {
            register(400_000);
        }
        register(500_000);
        assertEquals(500_000, energy.lifetimeMilliWh());
        assertEquals(List.of(), told);
    }

    @Test
    void aGunThatIsNotHeardHasNoFaultOfItsMeter() {
        meter(null);
        register(1_000);
        GunState deaf = new GunState(1, false, false, List.of(), CpState.UNKNOWN, false, false, HlcState.NONE, 0, 0, Double.NaN, Double.NaN,
                0, 0, 0, 0, 25, new MeterReading(false, 0, 0, 0, 0, 0), now);
        for (int tick = 0; tick < 100; tick++) {
            now += TICK;
            energy.read(deaf, now);
        }
        assertEquals(Optional.empty(), fault());
        silent(20, GUN_V, GUN_A);
        assertEquals(Optional.empty(), fault(), "heard again, its meter has two seconds");
        silent(1, GUN_V, GUN_A);
        assertTrue(fault().isPresent());
    }

    @Test
    void aShuntCountsVoltageTimesCurrentScaledOnceAndNoRegister() {
        with(MeterSource.SHUNT, 1.5, 2, null);
        flow(1, 5_000_000);
        flow(100, 9_000_000);
        assertEquals(152 * WH, energy.lifetimeMilliWh());
        assertTrue(energy.counts());
        assertEquals(new Meter(1, 152 * WH, -1, 0), energy.kept());
    }

    @Test
    void aShuntThatIsNotMeasuredIsAFaultAndItsGapIsToldAndNotCounted() {
        with(MeterSource.SHUNT, 1, 0, null);
        silent(1, GUN_V, GUN_A);
        silent(25, GUN_V, Double.NaN);
        assertEquals(Optional.of("voltage and current are not measured"), fault());
        assertFalse(energy.counts());
        silent(11, GUN_V, GUN_A);
        assertEquals(Optional.empty(), fault());
        assertEquals(10 * WH, energy.lifetimeMilliWh());
        assertEquals(List.of("gap: 2.6 s without voltage and current, not counted"), told);
    }

    @Test
    void anotherSourceGoesOnWhereTheOtherWasWithoutAJump() {
        meter(null);
        flow(1, 5_000_000);
        flow(10, 5_000_000);
        with(MeterSource.SHUNT, 1, 0, energy.kept());
        assertEquals(5_010 * WH, energy.lifetimeMilliWh());
        silent(1, GUN_V, GUN_A);
        silent(100, GUN_V, GUN_A);
        assertEquals(5_110 * WH, energy.lifetimeMilliWh());
        meter(energy.kept());
        flow(1, 5_100_000);
        assertEquals(5_110 * WH, energy.lifetimeMilliWh(), "the register has counted the same energy, it is not counted twice");
        flow(1, 5_200_000);
        assertEquals(5_210 * WH, energy.lifetimeMilliWh());
    }

    @Test
    void whatWasIntegratedBeforeARestartIsNotCountedAgainWhenTheRegisterMovesOn() {
        meter(new Meter(1, 0, 7_000_000, 0));
        flow(1, 7_000_000);
        flow(60, 7_000_000);
        meter(energy.kept());
        flow(1, 7_000_000);
        flow(20, 7_000_000);
        assertEquals(80 * WH, energy.lifetimeMilliWh());
        flow(1, 7_100_000);
        assertEquals(100 * WH, energy.lifetimeMilliWh());
    }

    @Test
    void anOddPowerOfTheMeterIsNotCounted() {
        meter(new Meter(1, 0, 7_000_000, 0));
        for (int tick = 0; tick < 10; tick++) {
            now += TICK;
            energy.read(gun(GUN_V, GUN_A, new MeterReading(true, 7_000_000, GUN_V, GUN_A, Double.NaN, now), now), now);
        }
        assertEquals(9 * WH, energy.lifetimeMilliWh(), 1 * WH, "voltage and current of the gun");
    }
}
