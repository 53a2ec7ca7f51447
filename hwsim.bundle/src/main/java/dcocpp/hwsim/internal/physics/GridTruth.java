package dcocpp.hwsim.internal.physics;

import java.util.List;

/**
 * The meter between the grid and the cabinet: it counts by itself what all modules give and lose.
 *
 * @param importedMilliWh its register, mWh
 * @param importedRemainderNanoJ and beyond that, nJ
 * @param powerW what the cabinet takes now, W
 */
public record GridTruth(long importedMilliWh, long importedRemainderNanoJ, double powerW) {

    static GridTruth of(EnergyCounter imported, List<PowerModule> modules) {
        return new GridTruth(imported.milliWh(), imported.remainderNanoJ(), modules.stream().mapToDouble(PowerModule::gridW).sum());
    }
}
