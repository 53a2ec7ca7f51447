package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.MeterReading;
import dcocpp.controller.internal.journal.JournalStore.Meter;

class EnergyAccumulatorTest {

    private static MeterReading register(long milliWh) {
        return new MeterReading(true, milliWh, 400, 10, 4000, 0);
    }

    @Test
    void aNewConnectorBeginsAtItsMetersRegisterScaledAndOffsetOnce() {
        EnergyAccumulator energy = new EnergyAccumulator(1, null, 2, 500);
        energy.read(register(1_000));
        assertEquals(2_500, energy.lifetimeMilliWh());
        energy.read(register(1_100));
        energy.read(register(1_100));
        assertEquals(2_700, energy.lifetimeMilliWh());
    }

    @Test
    void aRegisterThatRestartsIsANewBaseAndNoEnergy() {
        EnergyAccumulator energy = new EnergyAccumulator(1, new Meter(1, 9_000, 5_000), 1, 0);
        energy.read(register(5_250));
        for (int reading = 0; reading < 20; reading++) {
            energy.read(register(10));
        }
        energy.read(register(30));
        assertEquals(9_270, energy.lifetimeMilliWh());
    }

    @Test
    void aRegisterThatDipsOrLeapsForAMomentIsNotBilled() {
        EnergyAccumulator energy = new EnergyAccumulator(1, new Meter(1, 9_000, 5_000_000), 1, 0);
        energy.read(register(0));
        energy.read(register(5_000_100));
        energy.read(register(4_000_000_000L));
        energy.read(register(5_000_200));
        assertEquals(9_200, energy.lifetimeMilliWh());
    }

    @Test
    void whatFlowedWhileTheProgramWasAwayIsCounted() {
        EnergyAccumulator energy = new EnergyAccumulator(1, new Meter(1, 9_000, 5_000), 1, 77);
        energy.read(register(6_000));
        assertEquals(10_000, energy.lifetimeMilliWh());
    }

    @Test
    void aScaleLosesNothingToRoundingHoweverOftenTheMeterIsRead() {
        EnergyAccumulator energy = new EnergyAccumulator(1, new Meter(1, 0, 0), 1.01, 0);
        for (int register = 1; register <= 100_000; register++) {
            energy.read(register(register));
        }
        assertEquals(101_000, energy.lifetimeMilliWh());
    }

    @Test
    void anUnusableReadingChangesNothing() {
        EnergyAccumulator energy = new EnergyAccumulator(1, new Meter(1, 9_000, 5_000), 1, 0);
        energy.read(new MeterReading(false, 0, 0, 0, 0, 0));
        energy.read(register(5_001));
        assertEquals(9_001, energy.lifetimeMilliWh());
    }
}
