package dcocpp.ocpp.internal.transaction;

import java.util.HashMap;
import java.util.Map;

/**
 * What flowed since the value before, for Energy.Active.Import.Interval. It remembers the registers of this run only: the first value
 * after a restart has no interval. Used on the owner thread only.
 */
final class IntervalEnergy {
    private final Map<String, Long> last = new HashMap<>();

    /** The next interval of this series begins at this register, mWh. */
    void begin(String series, long registerMilliWh) {
        last.put(series, registerMilliWh);
    }

    /** Whole Wh since the interval began; NaN when that is not known. Intervals add up to the register. */
    double until(String series, long registerMilliWh) {
        Long before = last.get(series);
        return before == null || before > registerMilliWh ? Double.NaN
                : MeterValues.wattHours(registerMilliWh) - MeterValues.wattHours(before);
    }

    /** The series is over. */
    void end(String series) {
        last.remove(series);
    }
}
