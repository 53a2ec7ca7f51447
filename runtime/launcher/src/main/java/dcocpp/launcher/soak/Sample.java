package dcocpp.launcher.soak;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The charger at one moment.
 *
 * @param atSeconds since the beginning of the run, s
 * @param figures by their names in the record, see {@link Figure}
 * @param statuses of the guns, in their order, as OCPP names them
 * @param registersMilliWh lifetime energy of the guns, in their order, mWh
 * @param faults those that are there, as {@code gun:cause}
 */
record Sample(double atSeconds, Map<String, Double> figures, List<String> statuses, List<Long> registersMilliWh, List<String> faults) {

    Sample {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
        statuses = List.copyOf(statuses);
        registersMilliWh = List.copyOf(registersMilliWh);
        faults = List.copyOf(faults);
    }

    OptionalDouble figure(Figure wanted) {
        Double value = figures.get(wanted.key());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
