package dcocpp.api.topology;

import java.util.List;
import java.util.Objects;

/**
 * One slot of the DC ring: at most one gun, its contactors and its power modules.
 *
 * @param id slot id, unique
 * @param connectorId gun of this slot; 0 = a slot without gun
 * @param gunContactor name of GC, between slot bus and gun
 * @param busContactor name of MC, between this slot and its clockwise neighbour
 * @param clockwiseSlotId clockwise neighbour
 * @param counterClockwiseSlotId counter-clockwise neighbour
 * @param openEnd true where the ring is open (a line): the MC to the clockwise neighbour does not exist
 * @param modules the slot's power modules
 */
public record SlotSettings(int id, int connectorId, String gunContactor, String busContactor, int clockwiseSlotId,
        int counterClockwiseSlotId, boolean openEnd, List<ModuleSettings> modules) {

    public SlotSettings {
        Objects.requireNonNull(gunContactor);
        Objects.requireNonNull(busContactor);
        modules = List.copyOf(modules);
    }
}
