package dcocpp.simrun.script;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Between two values, or just one.
 *
 * @param min the least; null = none
 * @param max the most; null = none
 * @param is the only one, instead of both
 */
public record Bounds(Double min, Double max, Double is) {

    public Bounds {
        Scenario.check(is == null || min == null && max == null, "is stands alone, without min and max");
        Scenario.check(is != null || min != null || max != null, "one of is, min and max is given");
        Scenario.check(min == null || max == null || min <= max, "min is greater than max");
    }

    static Bounds of(double min, double max) {
        return new Bounds(min, max, null);
    }

    /** The least value that is within. */
    public double least() {
        return is != null ? is : min != null ? min : Double.NEGATIVE_INFINITY;
    }

    /** The greatest value that is within. */
    public double most() {
        return is != null ? is : max != null ? max : Double.POSITIVE_INFINITY;
    }

    /** Whether a value is within. */
    public boolean holds(double value) {
        return value >= least() && value <= most();
    }

    /** Some value within; both ends must be given. */
    public double draw(RandomGenerator random) {
        return least() + random.nextDouble() * (most() - least());
    }

    void require(String name, double lowest, double highest) {
        Scenario.check(Double.isFinite(least()) && Double.isFinite(most()) && least() >= lowest && most() <= highest,
                name + " has a min and a max between " + number(lowest) + " and " + number(highest));
    }

    @Override
    public String toString() {
        return is != null ? number(is) : min == null ? "at most " + number(max) : max == null ? "at least " + number(min)
                : number(min) + " to " + number(max);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf(value);
    }
}
