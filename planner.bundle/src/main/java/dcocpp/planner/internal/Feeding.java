package dcocpp.planner.internal;

/** Which modules feed a gun in each of its islands when the site's common level is known, and what it costs to switch to them. */
final class Feeding {

    private final Claimant gun;
    private final ModuleChoice choice;
    private final long mostPower;
    private final int leastOperations;
    private final int[] operations;
    private final int[][] modules;

    /**
     * @param leastPower what the gun gets in any partition that is of interest, µW
     * @param mostPower what it gets at most
     */
    Feeding(Claimant gun, ModuleChoice choice, long leastPower, long mostPower) {
        this.gun = gun;
        this.choice = choice;
        this.mostPower = mostPower;
        operations = new int[gun.supply().cells()];
        modules = new int[operations.length][];
        leastOperations = Math.max(0, gun.supply().fewestModules(leastPower) - gun.onCount());
    }

    /** No island takes fewer: what is missing to the power must be added. */
    int leastOperations() {
        return leastOperations;
    }

    /** Makes the choice for an island, once. */
    int cell(int left, int right) {
        Supply supply = gun.supply();
        int cell = supply.cell(left, right);
        if (modules[cell] == null) {
            modules[cell] = choice.choose(gun, supply.modules(left, right), Math.min(supply.cap(left, right), mostPower));
            operations[cell] = choice.operations(gun, modules[cell]);
        }
        return cell;
    }

    int operations(int cell) {
        return operations[cell];
    }

    int modules(int cell) {
        return modules[cell].length;
    }

    /** Sets the bits of the modules, that of the best one lowest. */
    void addTo(long[] used, int firstWord, int cell) {
        for (int module : modules[cell]) {
            used[firstWord + module / Long.SIZE] |= 1L << module % Long.SIZE;
        }
    }
}
