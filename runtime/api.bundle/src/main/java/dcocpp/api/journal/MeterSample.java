package dcocpp.api.journal;

/**
 * What is measured at a gun. Values that are not measured are NaN.
 *
 * @param registerMilliWh lifetime energy of the connector, mWh; never runs backwards
 * @param powerW power, W
 * @param voltageV voltage, V
 * @param currentA current, A
 * @param socPercent state of charge, %
 * @param temperatureC temperature of the connector, °C
 * @param offeredPowerW power offered to the vehicle, W
 * @param offeredCurrentA current offered to the vehicle, A
 */
public record MeterSample(long registerMilliWh, double powerW, double voltageV, double currentA, double socPercent,
        double temperatureC, double offeredPowerW, double offeredCurrentA) {
}
