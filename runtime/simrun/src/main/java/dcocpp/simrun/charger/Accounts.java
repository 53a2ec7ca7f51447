package dcocpp.simrun.charger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dcocpp.hwsim.internal.physics.GunTruth;

/** What the counters of the physics say: each module counts what it gave, each meter what went through its gun. */
public final class Accounts {

    private Energy modules = Energy.NONE;
    private final Map<Integer, Energy> meters = new TreeMap<>();

    Accounts() {
    }

    Accounts(Accounts other) {
        modules = other.modules;
        meters.putAll(other.meters);
    }

    /** Counters as they are at the end of a cabinet; they began at zero. */
    void add(List<GunTruth> truths) {
        for (GunTruth gun : truths) {
            meters.merge(gun.connectorId(), new Energy(gun.meterMilliWh(), gun.meterRemainderNanoJ()), Energy::plus);
            for (GunTruth.ModuleTruth module : gun.modules()) {
                modules = modules.plus(new Energy(module.givenMilliWh(), module.givenRemainderNanoJ()));
            }
        }
    }

    /** The meters of a cabinet begin at these registers. */
    void begin(List<GunTruth> truths) {
        truths.forEach(gun -> meters.merge(gun.connectorId(),
                Energy.NONE.minus(new Energy(gun.meterMilliWh(), gun.meterRemainderNanoJ())), Energy::plus));
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
