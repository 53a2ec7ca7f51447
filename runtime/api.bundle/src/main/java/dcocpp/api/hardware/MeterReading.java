package dcocpp.api.hardware;

/**
 * The energy meter of a gun.
 *
 * @param valid false while the meter does not answer or reports itself unusable
 * @param registerMilliWh import register in mWh; may restart at zero after a meter was replaced
 * @param voltageV voltage in V
 * @param currentA current in A, positive towards the vehicle
 * @param powerW power in W, positive towards the vehicle
 * @param takenNanos when it was read, process time
 */
public record MeterReading(boolean valid, long registerMilliWh, double voltageV, double currentA, double powerW, long takenNanos) {
}
