package dcocpp.controller.internal.planning;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of its rating something hot may give: all of it up to a temperature, nothing from the trip on, straight in between. A
 * temperature is smoothed over 2 s, so that a noisy sensor does not make the power swing; less is allowed at once, more by 5 % of the
 * rating per second; what has tripped stays off until it is 5 °C cooler. Belongs to the control thread.
 */
public final class Derating {
    private static final double SMOOTHING_S = 2;
    private static final double RISE_PER_S = 0.05;
    private static final double COOLER_C = 5;

    private final Map<String, Hot> known = new HashMap<>();

    private static final class Hot {
        private double smoothC;
        private double factor;
        private boolean tripped;
        private long nanos;
    }

    /**
     * The share of its rating that it may give now, 0 to 1; 1 where the temperature never was measured, and what it was
     * before where it is not measured any more: a sensor that breaks cools nothing.
     *
     * @param id what it is, such as the id of a module
     * @param temperatureC its temperature, °C; NaN = not measured
     * @param startC up to this it gives all, °C
     * @param tripC from this on it gives nothing, °C
     * @param nowNanos process time
     */
    double factor(String id, double temperatureC, double startC, double tripC, long nowNanos) {
        Hot hot = known.get(id);
        if (Double.isNaN(temperatureC)) {
            return hot == null ? 1 : hot.factor;
        }
        if (hot == null) {
            hot = new Hot();
            hot.smoothC = temperatureC;
            hot.factor = 1;
            hot.nanos = nowNanos;
            known.put(id, hot);
        }
        double seconds = Math.max(0, (nowNanos - hot.nanos) / 1e9);
        hot.nanos = nowNanos;
        hot.smoothC += (temperatureC - hot.smoothC) * -Math.expm1(-seconds / SMOOTHING_S);
        // A trip waits for no smoothing.
        hot.tripped = temperatureC >= tripC || hot.tripped && Math.max(temperatureC, hot.smoothC) > tripC - COOLER_C;
        double allowed = hot.tripped ? 0 : Math.max(0, Math.min(1, (tripC - hot.smoothC) / (tripC - startC)));
        hot.factor = Math.min(allowed, hot.factor + RISE_PER_S * seconds);
        return hot.factor;
    }
}
