package dcocpp.api.planner;

import java.util.List;
import java.util.Objects;

/**
 * A slot of the ring.
 *
 * @param slotId slot id
 * @param connectorId its gun; 0 = none
 * @param gunContactor name of GC
 * @param busContactor name of MC towards the clockwise neighbour
 * @param clockwiseSlotId the clockwise neighbour; 0 where the ring is open
 * @param lendable the slot's modules may feed another gun: no vehicle, no reservation, nothing that forbids it
 * @param modules its modules
 */
public record SlotInput(int slotId, int connectorId, String gunContactor, String busContactor, int clockwiseSlotId, boolean lendable,
        List<ModuleInput> modules) {

    public SlotInput {
        Objects.requireNonNull(gunContactor);
        Objects.requireNonNull(busContactor);
        modules = List.copyOf(modules);
    }
}
