package dcocpp.simrun.run;

import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.physics.GunTruth;

/**
 * What could have been delivered: at every moment each car that is ready for power takes what its battery accepts, its cable carries and
 * its limits allow, all of them together what the modules can give and the grid allows. Nothing ever takes time, nobody is out of reach. No
 * charger gets there.
 */
final class Yardstick {

    private final Topology topology;
    private final double modulesW;
    private double idealJ;

    Yardstick(Topology topology) {
        this.topology = topology;
        double sum = 0;
        for (SlotSettings slot : topology.slots()) {
            sum += slot.modules().stream().mapToDouble(module -> module.ratedPowerW()).sum();
        }
        modulesW = sum;
    }

    /** Another while has passed like this. */
    void observe(long millis, Moment moment, Site site) {
        double sumW = 0;
        for (GunTruth gun : moment.truths()) {
            if (gun.car() != null && gun.powerReady() && !gun.car().paused() && gun.faults().isEmpty()) {
                ConnectorSettings settings = topology.connector(gun.connectorId()).orElseThrow();
                double cableW = settings.maxCurrentA() > 0 ? settings.maxCurrentA() * gun.targetVoltageV() : Double.POSITIVE_INFINITY;
                double gunW = settings.maxPowerW() > 0 ? settings.maxPowerW() : Double.POSITIVE_INFINITY;
                sumW += Math.min(Math.min(gun.car().acceptedPowerW(), site.limitW(gun.connectorId())), Math.min(cableW, gunW));
            }
        }
        idealJ += Math.min(Math.min(sumW, modulesW), Math.min(site.gridLimitW(), site.limitW(0))) * millis / 1000;
    }

    /** The share of it that these milliwatt-hours are, %; 100 where nothing could have been delivered. */
    double sharePercent(double milliWh) {
        return idealJ == 0 ? 100 : milliWh * 3.6 / idealJ * 100;
    }
}
