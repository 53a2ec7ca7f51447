package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.junit.jupiter.api.Test;

class PowerIntegralTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PowerIntegral integral = new PowerIntegral();

    @Test
    void powerThatRisesEvenlyCountsHalf() {
        integral.add(0, 0);
        integral.add(7200, SECOND);
        assertEquals(1000, integral.milliWh());
    }

    @Test
    void aSampleThatIsNotYoungerSaysNothingNew() {
        integral.add(3600, 5 * SECOND);
        integral.add(3600, 6 * SECOND);
        integral.add(900_000, 6 * SECOND);
        integral.add(900_000, 3 * SECOND);
        integral.add(3600, 7 * SECOND);
        assertEquals(2000, integral.milliWh());
    }

    @Test
    void acrossTooLongAGapNothingIsCountedAndItIsSaidWhenPowerWasSeen() {
        integral.add(3600, 0);
        assertEquals(0, integral.add(3600, 2 * SECOND));
        assertEquals(2000, integral.milliWh(), "two seconds are no gap");
        assertEquals(2 * SECOND + 1, integral.add(0, 4 * SECOND + 1));
        assertEquals(2000, integral.milliWh());
        assertEquals(0, integral.add(0, 60 * SECOND), "nothing flowed before or after");
    }

    @Test
    void whatFlowsBackIsNotTakenOffTheBill() {
        integral.add(3600, 0);
        integral.add(-5000, SECOND);
        integral.add(-5000, 2 * SECOND);
        assertEquals(500, integral.milliWh());
    }

    @Test
    void aLimitHoldsUntilItStartsAnew() {
        integral.add(3600, 0);
        integral.add(3600, SECOND);
        integral.limit(999);
        assertEquals(999, integral.milliWh());
        integral.restart(0);
        integral.add(3600, 2 * SECOND);
        assertEquals(1000, integral.milliWh(), "from the sample before");
    }

    @Test
    void itIsOldAfterTwoSecondsAndWaitsAfterOne() {
        assertTrue(integral.waits(0));
        integral.add(0, 0);
        assertFalse(integral.waits(SECOND));
        assertTrue(integral.waits(SECOND + 1));
    }

    /** Against exact arithmetic: nothing is lost to rounding, however odd powers and times are. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void itIsExact(@ForAll long seed) {
        Random random = new Random(seed);
        PowerIntegral counted = new PowerIntegral();
        BigInteger exact = BigInteger.ZERO;
        long micros = random.nextInt();
        long milliW = random.nextInt(1_000_000_000);
        counted.add(milliW / 1000.0, micros * 1000);
        for (int sample = 0; sample < 500; sample++) {
            long nextMicros = micros + 1 + random.nextInt(2_000_000);
            long nextMilliW = random.nextInt(1_000_000_000);
            exact = exact.add(BigInteger.valueOf(milliW + nextMilliW).multiply(BigInteger.valueOf(nextMicros - micros)));
            micros = nextMicros;
            milliW = nextMilliW;
            counted.add(milliW / 1000.0, micros * 1000);
        }
        assertEquals(exact.divide(BigInteger.valueOf(7_200_000_000L)).longValueExact(), counted.milliWh());
    }
}
