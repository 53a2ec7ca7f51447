package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The energy of a gun from a register with steps of 100 Wh and from power in between; 36 kW are 10 Wh a second. */
class EnergyRegisterTest {

    private static final double POWER_W = 36_000;
    private static final long SECOND = 1_000_000_000L;

    private final EnergyRegister energy = new EnergyRegister();
    private long nowNanos = 7 * SECOND;

    /** Power is told each second. */
    private void flow(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nowNanos += SECOND;
            energy.power(POWER_W, nowNanos);
        }
    }

    private void shown(double kWh) {
        energy.register(kWh, nowNanos);
    }

    private double wattHours() {
        return energy.milliWh() / 1000;
    }

    @Test
    void aStepOfAnotherMeterIsNoHundredWattHours() {
        shown(12.3);
        flow(10);
        double before = wattHours();
        // Another meter, really at 5.09 kWh.
        shown(5.0);
        flow(1);
        shown(5.1);
        assertEquals(10, wattHours() - before, 0.1);
        flow(10);
        shown(5.2);
        assertEquals(110, wattHours() - before, 0.1, "from its first step on it is known where it stands");
    }

    @Test
    void stepsThatWereNotSeenAreCounted() {
        shown(12.3);
        energy.power(POWER_W, nowNanos);
        flow(10);
        shown(5.0);
        double before = wattHours();
        flow(20);
        shown(5.3);
        assertEquals(300, wattHours() - before, 0.1, "100 by power, which is never ahead by more than a step, and two steps");
    }

    @Test
    void whatFlewWhileNothingWasToldIsInTheRegister() {
        shown(12.3);
        energy.power(300_000, nowNanos);
        energy.registerLost();
        double before = wattHours();
        nowNanos += 4 * SECOND;
        shown(12.6);
        assertEquals(300, wattHours() - before, 0.1, "300 kW for 4 s");
    }

    @Test
    void aStepAloneAtTheReturnIsCounted() {
        shown(12_345.6);
        energy.power(0, nowNanos);
        energy.registerLost();
        double before = wattHours();
        nowNanos += SECOND;
        shown(12_345.7);
        assertEquals(100, wattHours() - before, 0.1);
    }

    @Test
    void aLeapThatPowerKnowsNothingOfIsNotBilled() {
        shown(12.3);
        energy.power(POWER_W, nowNanos);
        energy.registerLost();
        double before = wattHours();
        flow(10);
        shown(15.0);
        assertEquals(100, wattHours() - before, 0.1);
    }
}
