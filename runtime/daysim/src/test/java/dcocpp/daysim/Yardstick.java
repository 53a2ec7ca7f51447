package dcocpp.daysim;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dcocpp.api.hardware.FaultCause;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.GunTruth.ModuleTruth;

/**
 * What could have been delivered: at every moment each car that is ready for power takes what its battery accepts, its cable carries, its
 * profile allows and the modules within reach can give, all of them together no more than the grid allows and the reachable modules can
 * give. Nothing ever takes time. No charger reaches it; knows neither planner nor guard.
 */
final class Yardstick {

    /** A gun may charge with them. */
    private static final Set<FaultCause> HARMLESS = EnumSet.of(FaultCause.MC_WELD, FaultCause.MODULE_DEGRADED,
            FaultCause.MODULE_TEMPERATURE);

    /** By slot, which has the number of its connector. */
    private final double[] moduleW = new double[Site.SLOTS + 1];
    private final double[] cableA = new double[Site.SLOTS + 1];
    private double idealJ;

    Yardstick() {
        Site.topology().slots().forEach(slot -> moduleW[slot.id()] = slot.modules().get(0).ratedPowerW());
        Site.topology().connectors().forEach(connector -> cableA[connector.id()] = connector.maxCurrentA());
    }

    /** Energy that could have been delivered until now, J. */
    double idealJ() {
        return idealJ;
    }

    /** Another while of the day has passed like this. */
    void observe(long millis, List<GunTruth> truths, Happenings happenings) {
        double sumW = 0;
        double capacityW = 0;
        for (GunTruth gun : truths) {
            boolean takes = takes(gun, happenings);
            if (takes || lends(gun, happenings)) {
                capacityW += capacityW(gun, happenings);
            }
            if (takes) {
                sumW += wantedW(gun, truths, happenings);
            }
        }
        idealJ += Math.min(Math.min(sumW, capacityW), happenings.gridLimitW()) * millis / 1000;
    }

    /** The car is ready, and nothing that is broken keeps it from taking power. */
    static boolean takes(GunTruth gun, Happenings happenings) {
        return gun.car() != null && gun.powerReady() && usable(gun, happenings) && !gun.car().paused()
                && gun.car().acceptedPowerW() > 0;
    }

    private static boolean lends(GunTruth gun, Happenings happenings) {
        return gun.car() == null && usable(gun, happenings);
    }

    private static boolean usable(GunTruth gun, Happenings happenings) {
        boolean closes = gun.gunContactorClosed() || gun.car() == null || !happenings.jammed("GC_" + gun.slotId());
        return closes && gun.faults().stream().allMatch(fault -> HARMLESS.contains(fault.cause()));
    }

    private double capacityW(GunTruth gun, Happenings happenings) {
        double sum = 0;
        for (ModuleTruth module : gun.modules()) {
            boolean closes = module.contactorClosed() || !happenings.jammed("MN_" + module.id().substring(1));
            sum += closes ? moduleW[gun.slotId()] : 0;
        }
        return sum;
    }

    private double wantedW(GunTruth gun, List<GunTruth> truths, Happenings happenings) {
        double reachW = capacityW(gun, happenings);
        for (int at = Site.clockwise(gun.slotId()); at != gun.slotId() && lends(truths.get(at - 1), happenings)
                && joins(truths.get(Site.counterClockwise(at) - 1), happenings); at = Site.clockwise(at)) {
            reachW += capacityW(truths.get(at - 1), happenings);
        }
        for (int at = Site.counterClockwise(gun.slotId()); at != gun.slotId() && lends(truths.get(at - 1), happenings)
                && joins(truths.get(at - 1), happenings); at = Site.counterClockwise(at)) {
            reachW += capacityW(truths.get(at - 1), happenings);
        }
        double cableW = cableA[gun.connectorId()] * gun.targetVoltageV();
        double mostW = Site.LARGEST_MODULE_W * Site.MODULES_PER_GUN;
        return Math.min(Math.min(Math.min(gun.car().acceptedPowerW(), cableW), Math.min(reachW, mostW)),
                happenings.profileW(gun.connectorId()));
    }

    /** The slot can be joined to its clockwise neighbour. */
    private static boolean joins(GunTruth gun, Happenings happenings) {
        return gun.busContactorClosed() || !happenings.jammed("MC_" + gun.slotId());
    }
}
