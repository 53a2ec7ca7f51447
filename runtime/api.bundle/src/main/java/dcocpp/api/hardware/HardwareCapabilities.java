package dcocpp.api.hardware;

/**
 * What a hardware bundle can do beyond switching guns. Without {@code regulated} the start is led by the PLC; without
 * {@code ringActuation} each gun has its home slot's modules only; without {@code connectorTemperature} temperature is "not measured".
 *
 * @param regulated voltage and current of the power modules can be set
 * @param ringActuation the bus contactors MC of the ring can be switched
 * @param connectorTemperature the connectors' temperature is measured
 */
public record HardwareCapabilities(boolean regulated, boolean ringActuation, boolean connectorTemperature) {
}
