package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * The ring by index: slots in clockwise order, edge {@code i} is the bus contactor between slot {@code i} and its clockwise neighbour.
 * Immutable.
 */
final class RingLayout {

    private final SlotSettings[] slots;
    private final Map<Integer, Integer> homes = new HashMap<>();
    private final Map<Integer, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> slotOfContactor = new HashMap<>();

    RingLayout(Topology topology) {
        slots = new SlotSettings[topology.slots().size()];
        SlotSettings slot = topology.slots().get(0);
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot;
            indexes.put(slot.id(), i);
            slotOfContactor.put(slot.busContactor(), i);
            slotOfContactor.put(slot.gunContactor(), i);
            for (ModuleSettings module : slot.modules()) {
                slotOfContactor.put(module.contactor(), i);
            }
            if (slot.connectorId() != 0) {
                homes.put(slot.connectorId(), i);
            }
            slot = topology.slot(slot.clockwiseSlotId()).orElseThrow();
        }
    }

    /** All slots, clockwise. */
    List<SlotSettings> slots() {
        return List.of(slots);
    }

    int size() {
        return slots.length;
    }

    /** Any number as an index of the ring. */
    int at(int index) {
        // Asked hundreds of times per tick, nearly always within the ring: then without a division.
        return index >= 0 && index < slots.length ? index : Math.floorMod(index, slots.length);
    }

    SlotSettings slot(int index) {
        return slots[at(index)];
    }

    /** Some slot is the home of this gun. */
    boolean hasGun(int connectorId) {
        return homes.containsKey(connectorId);
    }

    /** Index of the gun's home slot. */
    int home(int connectorId) {
        return homes.get(connectorId);
    }

    /** Index of a slot by its id; −1 = unknown. */
    int indexOf(int slotId) {
        return indexes.getOrDefault(slotId, -1);
    }

    /** Index of the slot that a contactor belongs to; −1 = unknown. */
    int slotOf(String contactor) {
        return slotOfContactor.getOrDefault(contactor, -1);
    }

    /** The slots without gun that follow clockwise. */
    List<SlotSettings> withoutGun(int home) {
        List<SlotSettings> found = new ArrayList<>();
        for (int i = home + 1; slot(i).connectorId() == 0; i++) {
            found.add(slot(i));
        }
        return found;
    }

    /** There is a bus contactor at this edge: not at the open end of a line and not in a ring of one slot. */
    boolean exists(int edge) {
        return slots.length > 1 && !slot(edge).openEnd();
    }

    /** Name of the bus contactor at this edge. */
    String contactor(int edge) {
        return slot(edge).busContactor();
    }
}
