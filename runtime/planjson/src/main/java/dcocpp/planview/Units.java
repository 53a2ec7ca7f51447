package dcocpp.planview;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as people read them. */
final class Units {

    private Units() {
    }

    static String kilowatts(double watts) {
        return Double.isInfinite(watts) ? "unlimited" : String.format(Locale.ROOT, "%.1f kW", watts / 1000);
    }

    static String amperes(double amperes) {
        return Double.isInfinite(amperes) ? "unlimited" : String.format(Locale.ROOT, "%.1f A", amperes);
    }

    static String volts(double volts) {
        return String.format(Locale.ROOT, "%.0f V", volts);
    }

    static String list(Collection<?> things) {
        return things.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
