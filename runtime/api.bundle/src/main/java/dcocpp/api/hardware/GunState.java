package dcocpp.api.hardware;

import java.util.List;
import java.util.Objects;

/**
 * One gun. Values that are not measured are NaN.
 *
 * @param connectorId connector id
 * @param linkUp the PLC is heard in time
 * @param safe the PLC's safety chain is closed and nothing forbids energy; false whenever {@code linkUp} is false
 * @param faults active faults as the hardware sees them
 * @param cp control pilot
 * @param lockEngaged the connector's lock reports engaged
 * @param authorizedEcho the PLC confirms the granted authorization
 * @param hlc communication with the vehicle
 * @param targetVoltageV voltage the vehicle asks for, V
 * @param targetCurrentA current the vehicle asks for, A
 * @param presentVoltageV voltage at the gun (vehicle side of GC), V
 * @param presentCurrentA current through the gun, A
 * @param evMaxVoltageV the vehicle's limit, V
 * @param evMaxCurrentA the vehicle's limit, A
 * @param evMaxPowerW the vehicle's limit, W
 * @param socPercent state of charge, %
 * @param connectorTemperatureC temperature of the connector, °C
 * @param meter the gun's energy meter
 * @param updatedNanos when the gun's PLC was last heard, process time
 */
public record GunState(int connectorId, boolean linkUp, boolean safe, List<Fault> faults, CpState cp, boolean lockEngaged,
        boolean authorizedEcho, HlcState hlc, double targetVoltageV, double targetCurrentA, double presentVoltageV,
        double presentCurrentA, double evMaxVoltageV, double evMaxCurrentA, double evMaxPowerW, double socPercent,
        double connectorTemperatureC, MeterReading meter, long updatedNanos) {

    public GunState {
        faults = List.copyOf(faults);
        Objects.requireNonNull(cp);
        Objects.requireNonNull(hlc);
        Objects.requireNonNull(meter);
        safe = safe && linkUp;
    }
}
