package dcocpp.hwsim.internal.physics;

import java.util.List;

/**
 * The meter between the grid and the cabinet: what all modules have given, and lost.
 *
 * @param importedMilliWh its register, mWh
 * @param importedRemainderNanoJ and beyond that, nJ
 * @param powerW what the cabinet takes now, W
 */
public record GridTruth(long importedMilliWh, long importedRemainderNanoJ, double powerW) {

    static GridTruth of(List<PowerModule> modules) {
        EnergyCounter sum = new EnergyCounter(0);
        long milliWh = 0;
        double powerW = 0;
        for (PowerModule module : modules) {
            milliWh += module.given().milliWh() + module.lost().milliWh();
            sum.add(module.given().remainderNanoJ() + module.lost().remainderNanoJ());
            powerW += module.gridW();
        }
        return new GridTruth(milliWh + sum.milliWh(), sum.remainderNanoJ(), powerW);
    }
}
