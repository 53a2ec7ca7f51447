package dcocpp.planner.internal;

/** Which modules feed a gun in each of its islands when the site's common level is known, and what it costs to switch to them. */
final class Feeding {

    private final Claimant gun;
    private final ModuleChoice choice;
    private final long mostPower;
    private final int[] operations;
    private final int[][] modules;

    /** @param mostPower what the gun gets at most, µW */
    Feeding(Claimant gun, ModuleChoice choice, long mostPower) {
        this.gun = gun;
        this.choice = choice;
        this.mostPower = mostPower;
        operations = new int[gun.supply().cells()];
        modules = new int[operations.length][];
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
