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

    private final List<SlotSettings> slots = new ArrayList<>();
    private final Map<Integer, Integer> homes = new HashMap<>();
    private final Map<Integer, Integer> indexes = new HashMap<>();
    private final Map<String, Integer> slotOfContactor = new HashMap<>();

    RingLayout(Topology topology) {
        SlotSettings slot = topology.slots().get(0);
        for (int i = 0; i < topology.slots().size(); i++) {
            slots.add(slot);
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
        return slots;
    }

    int size() {
        return slots.size();
    }

    /** Any number as an index of the ring. */
    int at(int index) {
        return Math.floorMod(index, slots.size());
    }

    SlotSettings slot(int index) {
        return slots.get(at(index));
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

    /** There is a bus contactor at this edge: not at the open end of a line and not in a ring of one slot. */
    boolean exists(int edge) {
        return slots.size() > 1 && !slot(edge).openEnd();
    }

    /** Name of the bus contactor at this edge. */
    String contactor(int edge) {
        return slot(edge).busContactor();
    }
}
