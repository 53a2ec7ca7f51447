package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dcocpp.hwsim.internal.cars.CarLibrary;

class CarTest {

    private static final Curve VOLTAGE = new Curve(new double[][] {{0, 300}, {100, 400}});
    private static final Curve POWER = new Curve(new double[][] {{0, 100}, {50, 100}, {100, 10}});
    private static final CarModel MODEL = new CarModel("x", "x", 50_000, 250, 50, VOLTAGE, POWER);

    private static Car car(double socPercent, double targetSocPercent) {
        return new Car(new PlugIn(MODEL, socPercent, targetSocPercent, Identity.NONE));
    }

    @Test
    void curveIsStraightBetweenPointsAndConstantOutside() {
        assertEquals(100, POWER.at(-5));
        assertEquals(100, POWER.at(25));
        assertEquals(55, POWER.at(75), 1e-9);
        assertEquals(10, POWER.at(120));
    }

    @Test
    void pointsThatDoNotAscendAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Curve(new double[][] {{0, 1}, {0, 2}})).getMessage();
        assertTrue(message.contains("ascend"), message);
    }

    @Test
    void powerAtTheInletFollowsTheCurve() {
        for (double soc = 5; soc < 100; soc += 5) {
            Car car = car(soc, 100);
            long milliA = car.requestedMilliA(1000, 1000, 1e6);
            double powerW = car.terminalMilliV(milliA) * (double) milliA / 1e6;
            double byCurrentW = car.terminalMilliV(250_000) * 250_000 / 1e6;
            assertEquals(Math.min(POWER.at(soc) * 1000, byCurrentW), powerW, 5, "at " + soc + " %");
        }
    }

    @Test
    void currentIsLimitedByCarOfferAndOfferedPower() {
        assertEquals(250_000, car(1, 100).requestedMilliA(1000, 1000, 1e6));
        assertEquals(33_300, car(20, 100).requestedMilliA(1000, 33.3, 1e6));
        assertEquals(3, car(20, 100).requestedMilliA(1000, 1000, 1), 1);
    }

    @Test
    void voltageBelowTheBatteryChargesNothing() {
        assertEquals(0, car(50, 100).requestedMilliA(300, 100, 1e6));
    }

    @Test
    void carThatHasReachedItsTargetAsksForNothing() {
        assertEquals(0, car(80, 80).requestedMilliA(1000, 100, 1e6));
        assertEquals(0, car(80, 80).acceptedPowerW());
    }

    static List<String> library() {
        return CarLibrary.included().ids();
    }

    @ParameterizedTest
    @MethodSource("library")
    void everyCarOfTheLibraryFillsUp(String id) {
        Car car = new Car(new PlugIn(Rig.car(id), 5, 100, Identity.NONE));
        long seconds = 0;
        for (; !car.full() && seconds < 8 * 3600; seconds++) {
            car.charge(car.requestedMilliA(1000, 1000, 1e6), 1000);
        }
        assertTrue(car.full(), "full after " + seconds + " s");
        assertTrue(car.openCircuitMilliV() <= 1_000_000, "within 1000 V");
    }
}
