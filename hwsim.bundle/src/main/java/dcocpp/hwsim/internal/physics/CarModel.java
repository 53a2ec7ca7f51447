package dcocpp.hwsim.internal.physics;

import java.util.Objects;

/**
 * A kind of car.
 *
 * @param id its name in the library, such as {@code compact-400}
 * @param name its name for people
 * @param batteryWh usable capacity of the battery, Wh
 * @param maxCurrentA highest charging current, A
 * @param resistanceMilliOhm inner resistance of the battery and the cables, mΩ
 * @param voltageV voltage of the battery without load, V over %
 * @param powerKW highest charging power, kW over %
 * @param stages how long it takes from plug-in to the charge
 */
public record CarModel(String id, String name, long batteryWh, double maxCurrentA, long resistanceMilliOhm, Curve voltageV,
        Curve powerKW, StageTimes stages) {

    public CarModel {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(voltageV);
        Objects.requireNonNull(powerKW);
        Objects.requireNonNull(stages);
        if (batteryWh < 100 || batteryWh > 2_000_000 || !(maxCurrentA > 0) || resistanceMilliOhm < 1) {
            throw new IllegalArgumentException("car " + id + ": battery " + batteryWh + " Wh (100…2000000), maximum current " + maxCurrentA
                    + " A (> 0), resistance " + resistanceMilliOhm + " mΩ (≥ 1)");
        }
    }

    /** One that takes the usual times. */
    public CarModel(String id, String name, long batteryWh, double maxCurrentA, long resistanceMilliOhm, Curve voltageV,
            Curve powerKW) {
        this(id, name, batteryWh, maxCurrentA, resistanceMilliOhm, voltageV, powerKW, StageTimes.USUAL);
    }
}
