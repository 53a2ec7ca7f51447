package dcocpp.launcher.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static List<Trend.Point> points(int count, DoubleUnaryOperator value) {
        return IntStream.range(0, count).mapToObj(i -> new Trend.Point(100 + 10.0 * i, value.applyAsDouble(i))).toList();
    }

    @Test
    void aLineIsFoundAsItIs() {
        Trend trend = Trend.of(points(101, i -> 50 + i));
        assertEquals(100, trend.fromSeconds());
        assertEquals(1100, trend.toSeconds());
        assertEquals(50, trend.from(), 1e-9);
        assertEquals(150, trend.to(), 1e-9);
        assertEquals(200, trend.growthPercent(), 1e-9);
    }

    @Test
    void aFifthOfWildPointsAtTheEndMovesItLittle() {
        Trend trend = Trend.of(points(100, i -> i >= 80 ? 10_000 : 50 + 0.1 * i));
        assertEquals(60, trend.to(), 5);
    }

    @Test
    void aSawHasNoTrend() {
        assertEquals(0, Trend.of(points(400, i -> i % 20)).growth(), 1);
    }

    @Test
    void aDayOfSamplesIsThinnedWithoutLosingTheLine() {
        Trend trend = Trend.of(points(8640, i -> 1000 + i));
        assertEquals(8639, trend.growth(), 20);
    }

    @Test
    void throughThreePointsThereIsNone() {
        assertNull(Trend.of(points(3, i -> i)));
    }

    @Test
    void whatBeginsAtNothingHasNoPercentage() {
        assertEquals(0, Trend.of(points(10, i -> i)).growthPercent());
    }
}
