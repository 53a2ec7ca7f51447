package dcocpp.csms;

import java.time.Instant;

/**
 * One sampled value of a MeterValues or StopTransaction message, with OCPP's defaults filled in.
 *
 * @param time the charger's timestamp
 * @param measurand such as Energy.Active.Import.Register or SoC
 * @param context such as Sample.Periodic or Transaction.End
 * @param unit such as Wh or Percent; empty where the charger gave none
 * @param value the value as the charger wrote it
 */
public record MeterReading(Instant time, String measurand, String context, String unit, String value) {
}
