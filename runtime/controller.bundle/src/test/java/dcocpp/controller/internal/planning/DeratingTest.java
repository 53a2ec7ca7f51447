package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connector: all up to 80 °C, nothing from 90 °C on. */
class DeratingTest {

    private final Derating derating = new Derating();
    private long now = 1;

    private double factor(double temperatureC) {
        return derating.factor("gun 1", temperatureC, 80, 90, now);
    }

    private double factorAfter(double seconds, double temperatureC) {
        double factor = 0;
        for (int tick = 0; tick < Math.round(seconds * 10); tick++) {
            now += 100_000_000L;
            factor = factor(temperatureC);
        }
        return factor;
    }

    @ParameterizedTest
    @CsvSource({"20, 1", "80, 1", "82.5, 0.75", "85, 0.5", "89, 0.1", "90, 0", "120, 0", "NaN, 1"})
    void theFirstReadingCountsAsItIs(double temperatureC, double expected) {
        assertEquals(expected, factor(temperatureC), 1e-9);
    }

    @Test
    void aLastingTemperatureHasItsFactorAfterTheSmoothing() {
        factor(40);
        assertEquals(0.5, factorAfter(30, 85), 1e-3);
    }

    @Test
    void aSpikeOfTheSensorCostsLittle() {
        factor(79);
        double least = factorAfter(0.1, 88);
        assertTrue(least > 0.94, "one reading of 88 °C costs no more than its share of two seconds: " + least);
    }

    @Test
    void lessIsAllowedAtOnceAndMoreByFivePercentPerSecond() {
        factor(85);
        double hot = factorAfter(30, 85);
        double cooled = factorAfter(4, 40);
        assertEquals(hot + 4 * 0.05, cooled, 1e-6);
        assertEquals(1, factorAfter(20, 40), 1e-9);
    }

    @Test
    void aTripWaitsForNoSmoothingAndEndsFiveDegreesBelow() {
        factor(79);
        assertEquals(0, factorAfter(0.1, 90));
        assertEquals(0, factorAfter(60, 85.5), "still too hot");
        assertEquals(0.05, factorAfter(1, 40), 0.06, "it comes back by 5 % per second");
        assertEquals(1, factorAfter(30, 40), 1e-9);
    }

    @Test
    void aSensorThatBreaksCoolsNothing() {
        factor(95);
        assertEquals(0, factorAfter(1, Double.NaN));
        assertEquals(0, factorAfter(0.1, 86), "nor does it end the trip");
    }

    @Test
    void eachHasItsOwn() {
        assertEquals(0, factor(95));
        assertEquals(1, derating.factor("gun 2", 30, 80, 90, now));
    }

    @Test
    void aClockThatStandsStillChangesNothing() {
        factor(85);
        assertEquals(0.5, factor(40), 1e-9);
    }
}
