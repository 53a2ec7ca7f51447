package dcocpp.api.planner;

/**
 * The planner's part of {@code charger.json}.
 *
 * @param crossSlotIslands a gun may use the modules of neighbouring slots; already false where the hardware cannot switch the ring
 * @param maxModulesPerGun most modules for one gun, ≥ 1
 * @param minModulesPerActiveGun fewest modules of an active gun, ≥ 0
 * @param maxIslandRadius how many slots away a gun may borrow, ≥ 1
 * @param minModuleHoldMs a module contactor stays as it is at least so long, ms
 * @param minMcHoldMs a bus contactor stays as it is at least so long, ms
 * @param minGcHoldMs a gun contactor stays as it is at least so long, ms
 * @param repartitionGainW gain of the worst-served gun that is worth switching for, W
 * @param repartitionGainPercent the same in percent
 * @param repartitionPersistMs how long the gain must persist, ms
 * @param repartitionMinIntervalMs least time between two re-partitions of an island, ms
 * @param lendPlugged slots whose gun has a vehicle without a session may be lent
 */
public record PlannerSettings(boolean crossSlotIslands, int maxModulesPerGun, int minModulesPerActiveGun, int maxIslandRadius,
        int minModuleHoldMs, int minMcHoldMs, int minGcHoldMs, double repartitionGainW, double repartitionGainPercent,
        int repartitionPersistMs, int repartitionMinIntervalMs, boolean lendPlugged) {

    public PlannerSettings {
        if (maxModulesPerGun < 1 || minModulesPerActiveGun < 0 || minModulesPerActiveGun > maxModulesPerGun) {
            throw new IllegalArgumentException("modules per gun: " + minModulesPerActiveGun + "…" + maxModulesPerGun);
        }
    }
}
