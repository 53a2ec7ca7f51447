package dcocpp.simrun.charger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.GridTruth;
import dcocpp.hwsim.internal.physics.GunTruth;

/** What the counters of the physics say: each module counts what it gave and lost, each meter what went through its gun or from the grid. */
public final class Accounts {

    private Energy grid = Energy.NONE;
    private Energy lost = Energy.NONE;
    private Energy modules = Energy.NONE;
    private final Map<Integer, Energy> meters = new TreeMap<>();

    Accounts() {
    }

    Accounts(Accounts other) {
        grid = other.grid;
        lost = other.lost;
        modules = other.modules;
        meters.putAll(other.meters);
    }

    /** Counters as they are at the end of a cabinet; they began at zero. */
    void add(Cabinet cabinet) {
        GridTruth imported = cabinet.grid();
        grid = grid.plus(new Energy(imported.importedMilliWh(), imported.importedRemainderNanoJ()));
        for (GunTruth gun : cabinet.truth()) {
            meters.merge(gun.connectorId(), new Energy(gun.meterMilliWh(), gun.meterRemainderNanoJ()), Energy::plus);
            for (GunTruth.ModuleTruth module : gun.modules()) {
                modules = modules.plus(new Energy(module.givenMilliWh(), module.givenRemainderNanoJ()));
                lost = lost.plus(new Energy(module.lostMilliWh(), module.lostRemainderNanoJ()));
            }
        }
    }

    /** The meters of a cabinet begin at these registers. */
    void begin(List<GunTruth> truths) {
        truths.forEach(gun -> meters.merge(gun.connectorId(),
                Energy.NONE.minus(new Energy(gun.meterMilliWh(), gun.meterRemainderNanoJ())), Energy::plus));
    }

    /** What has come from the grid. */
    public Energy grid() {
        return grid;
    }

    /** What of that has become heat in the modules. */
    public Energy lost() {
        return lost;
    }

    /** What all modules have given. */
    public Energy modules() {
        return modules;
    }

    /** What has gone through the meter of a gun. */
    public Energy meter(int connectorId) {
        return meters.getOrDefault(connectorId, Energy.NONE);
    }

    /** What has gone through all meters. */
    public Energy meters() {
        return meters.values().stream().reduce(Energy.NONE, Energy::plus);
    }
}
