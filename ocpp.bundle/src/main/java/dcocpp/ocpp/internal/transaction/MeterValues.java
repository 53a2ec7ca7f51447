package dcocpp.ocpp.internal.transaction;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.journal.MeterSample;
import dcocpp.ocpp.internal.message.OcppTime;

/** Makes the MeterValue objects of OCPP out of samples; every value carries its unit, context, measurand and location. */
public final class MeterValues {
    private static final String ENERGY = "Energy.Active.Import.Register";
    private static final String INTERVAL = "Energy.Active.Import.Interval";
    private static final int MILLI_PER_UNIT = 1000;

    private static final Map<String, Measurand> MEASURANDS = measurands();

    /** Why a sample was taken, as OCPP spells it. */
    public enum Context {
        BEGIN("Transaction.Begin"), PERIODIC("Sample.Periodic"), CLOCK("Sample.Clock"), END("Transaction.End"), TRIGGER("Trigger");

        private final String text;

        Context(String text) {
            this.text = text;
        }
    }

    /** How one measurand is taken from a sample. */
    private record Measurand(String unit, String location, int digits, ToDouble value) {
    }

    private interface ToDouble {
        double of(MeterSample sample);
    }

    private MeterValues() {
    }

    private static Map<String, Measurand> measurands() {
        Map<String, Measurand> all = new LinkedHashMap<>();
        all.put(ENERGY, new Measurand("Wh", "Outlet", 0, sample -> wattHours(sample.registerMilliWh())));
        // Of two samples; see the parameter intervalWh.
        all.put(INTERVAL, new Measurand("Wh", "Outlet", 0, sample -> Double.NaN));
        all.put("Power.Active.Import", new Measurand("W", "Outlet", 1, MeterSample::powerW));
        all.put("Current.Import", new Measurand("A", "Outlet", 1, MeterSample::currentA));
        all.put("Voltage", new Measurand("V", "Outlet", 1, MeterSample::voltageV));
        all.put("SoC", new Measurand("Percent", "EV", 1, MeterSample::socPercent));
        all.put("Temperature", new Measurand("Celsius", "Outlet", 1, MeterSample::temperatureC));
        all.put("Power.Offered", new Measurand("W", "Outlet", 1, MeterSample::offeredPowerW));
        all.put("Current.Offered", new Measurand("A", "Outlet", 1, MeterSample::offeredCurrentA));
        return Collections.unmodifiableMap(all);
    }

    /** What can be measured. */
    public static Set<String> supported() {
        return MEASURANDS.keySet();
    }

    /** What the back office gets of a register: whole Wh, rounded down, so that transactions join without a gap. */
    public static int wattHours(long milliWattHours) {
        return Math.toIntExact(Math.floorDiv(milliWattHours, MILLI_PER_UNIT));
    }

    /** The values that are asked for and measured; null if that is none. */
    public static ObjectNode of(MeterSample sample, Context context, Instant at, Collection<String> measurands) {
        return of(sample, Double.NaN, context, at, measurands);
    }

    /**
     * The same with the energy since the value before.
     *
     * @param intervalWh Wh; NaN = not known
     */
    static ObjectNode of(MeterSample sample, double intervalWh, Context context, Instant at, Collection<String> measurands) {
        ObjectNode meterValue = JsonNodeFactory.instance.objectNode();
        meterValue.put("timestamp", OcppTime.format(at));
        ArrayNode values = meterValue.putArray("sampledValue");
        for (String name : measurands) {
            Measurand measurand = MEASURANDS.get(name);
            double value = measurand == null ? Double.NaN : name.equals(INTERVAL) ? intervalWh : measurand.value().of(sample);
            if (Double.isFinite(value)) {
                values.addObject()
                        .put("value", new BigDecimal(value).setScale(measurand.digits(), RoundingMode.HALF_UP).toPlainString())
                        .put("context", context.text)
                        .put("measurand", name)
                        .put("location", measurand.location())
                        .put("unit", measurand.unit());
            }
        }
        return values.isEmpty() ? null : meterValue;
    }

    /** The energy register alone, for when nothing else is known. */
    public static ObjectNode energy(long milliWattHours, Context context, Instant at, Collection<String> measurands) {
        MeterSample sample = new MeterSample(milliWattHours, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                Double.NaN);
        return of(sample, context, at, measurands);
    }
}
