package dcocpp.planner.internal;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;

/**
 * An active gun that may have an island. Its base is its home slot and what welded bus contactors tie to it, which is on its bus whether
 * it may be lent or not; its island is the part of the base that may be lent and some whole steps to either side.
 */
final class Claimant {

    private final GunInput gun;
    private final long demand;
    private final boolean wantsModules;
    private final int home;
    private final int baseLeft;
    private final int baseRight;
    private final int lentLeft;
    private final int lentRight;
    private boolean[] leftSteps;
    private boolean[] rightSteps;
    private Island inForce;
    private boolean[] on;
    private int onCount;
    private int dropCost = 1;
    private Supply supply;

    Claimant(GunInput gun, long demand, int minModules, int home, int baseLeft, int baseRight, int lentLeft, int lentRight) {
        this.gun = gun;
        this.demand = demand;
        this.wantsModules = demand > 0 || minModules > 0;
        this.home = home;
        this.baseLeft = baseLeft;
        this.baseRight = baseRight;
        this.lentLeft = lentLeft;
        this.lentRight = lentRight;
    }

    void mayExtend(boolean[] left, boolean[] right) {
        leftSteps = left;
        rightSteps = right;
    }

    /** @param island its island by the plan in force; null = none */
    void inForce(Island island, Modules modules) {
        inForce = island;
        on = new boolean[modules.count()];
        if (island != null) {
            for (String id : island.moduleIds()) {
                int rank = modules.rank(id);
                if (rank >= 0 && !on[rank]) {
                    on[rank] = true;
                    onCount++;
                }
            }
            dropCost = island.powerW() > 0 ? Operations.UNDER_LOAD : 1;
        }
    }

    void supply(Supply supplied) {
        supply = supplied;
    }

    int id() {
        return gun.connectorId();
    }

    GunInput gun() {
        return gun;
    }

    double weight() {
        return gun.weight();
    }

    /** What it is planned for, µW. */
    long demand() {
        return demand;
    }

    /** Whether it counts as not served without a module. */
    boolean wantsModules() {
        return wantsModules;
    }

    int home() {
        return home;
    }

    int baseLeft() {
        return baseLeft;
    }

    int baseRight() {
        return baseRight;
    }

    /** Slots of the base left of the home slot that are part of the island. */
    int lentLeft() {
        return lentLeft;
    }

    int lentRight() {
        return lentRight;
    }

    int baseSize() {
        return baseLeft + 1 + baseRight;
    }

    /** By how many slots beyond its base the island may reach counter-clockwise; index = number of slots. */
    boolean[] leftSteps() {
        return leftSteps;
    }

    /** The same clockwise. */
    boolean[] rightSteps() {
        return rightSteps;
    }

    /** The greatest allowed reach that is not beyond this one. */
    static int fit(boolean[] steps, int reach) {
        int fitting = Math.min(reach, steps.length - 1);
        while (!steps[fitting]) {
            fitting--;
        }
        return fitting;
    }

    /** Its island by the plan in force; null = none. */
    Island inForce() {
        return inForce;
    }

    /** Modules that feed it by the plan in force, by rank. */
    boolean[] on() {
        return on;
    }

    int onCount() {
        return onCount;
    }

    /** What taking away one of its modules costs. */
    int dropCost() {
        return dropCost;
    }

    /** What its modules can give, by reach. */
    Supply supply() {
        return supply;
    }
}
