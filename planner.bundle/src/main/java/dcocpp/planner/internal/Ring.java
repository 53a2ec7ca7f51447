package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/**
 * The ring by index: slots in clockwise order from the lowest id, edge {@code i} is the bus contactor between slot {@code i} and its
 * clockwise neighbour.
 */
final class Ring {

    private final List<SlotInput> slots;
    private final int size;
    private final boolean[] free;
    private final boolean[] joinable;
    private final boolean[] welded;
    private final boolean[] closed;
    private final boolean[] loaded;
    private final boolean[] held;
    private final boolean[] stopping;

    Ring(PlanningInput input, Contactors contactors) {
        slots = clockwise(input.slots());
        size = slots.size();
        free = new boolean[size];
        joinable = new boolean[size];
        welded = new boolean[size];
        closed = new boolean[size];
        loaded = new boolean[size];
        held = new boolean[size];
        stopping = new boolean[size];
        Set<Integer> active = new HashSet<>();
        for (GunInput gun : input.guns()) {
            if (gun.active()) {
                active.add(gun.connectorId());
            }
        }
        Map<Integer, Integer> poweredIsland = new HashMap<>();
        for (Island island : input.current().islands()) {
            if (island.powerW() > 0) {
                island.slotIds().forEach(slot -> poweredIsland.put(slot, island.connectorId()));
            }
        }
        for (int i = 0; i < size; i++) {
            SlotInput slot = slots.get(i);
            SlotInput neighbour = slots.get(next(i));
            String mc = slot.busContactor();
            boolean exists = size > 1 && slot.clockwiseSlotId() == neighbour.slotId();
            free[i] = slot.lendable() && !active.contains(slot.connectorId()) && isolated(slot, contactors);
            stopping[i] = slot.connectorId() != 0 && !active.contains(slot.connectorId()) && contactors.closed(slot.gunContactor())
                    && !contactors.welded(slot.gunContactor());
            welded[i] = exists && contactors.welded(mc);
            joinable[i] = exists && (welded[i] || !contactors.stuckOpen(mc));
            closed[i] = exists && contactors.closed(mc);
            held[i] = contactors.changedWithin(mc, input.settings().minMcHoldMs());
            Integer island = poweredIsland.get(slot.slotId());
            loaded[i] = closed[i] && island != null && island.equals(poweredIsland.get(neighbour.slotId()));
        }
    }

    /** No gun and no welded module contactor ties the slot's bus to anything of its own. */
    private static boolean isolated(SlotInput slot, Contactors contactors) {
        if (slot.connectorId() != 0 && !contactors.open(slot.gunContactor())) {
            return false;
        }
        for (ModuleInput module : slot.modules()) {
            if (contactors.welded(module.contactor())) {
                return false;
            }
        }
        return true;
    }

    private static List<SlotInput> clockwise(List<SlotInput> slots) {
        List<SlotInput> byId = new ArrayList<>(slots);
        byId.sort(Comparator.comparingInt(SlotInput::slotId));
        Map<Integer, SlotInput> left = new HashMap<>();
        byId.forEach(slot -> left.putIfAbsent(slot.slotId(), slot));
        List<SlotInput> ordered = new ArrayList<>(byId.size());
        for (SlotInput start : byId) {
            for (SlotInput slot = left.remove(start.slotId()); slot != null; slot = left.remove(slot.clockwiseSlotId())) {
                ordered.add(slot);
            }
        }
        return ordered;
    }

    int size() {
        return size;
    }

    SlotInput slot(int index) {
        return slots.get(index);
    }

    int at(int index) {
        return Math.floorMod(index, size);
    }

    int next(int index) {
        return index + 1 == size ? 0 : index + 1;
    }

    /** The slot may be lent: nothing forbids it and no closed contactor ties its bus to a gun. */
    boolean free(int slot) {
        return free[slot];
    }

    /** The edge can be closed. */
    boolean joinable(int edge) {
        return joinable[edge];
    }

    /** The edge cannot be opened. */
    boolean welded(int edge) {
        return welded[edge];
    }

    boolean closed(int edge) {
        return closed[edge];
    }

    /** The edge changed a short while ago and should rest. */
    boolean held(int edge) {
        return held[edge];
    }

    /** What an operation of the edge costs: ten times as much where it carries current. */
    int operationCost(int edge) {
        return loaded[edge] ? Operations.UNDER_LOAD : 1;
    }

    /**
     * An edge between idle slots that is closed and may stay so. Nothing is switched for cosmetics, and nothing under the current of a gun
     * that is just being stopped.
     */
    boolean staysClosed(int edge) {
        int next = next(edge);
        return welded[edge] || closed[edge] && (free[edge] && free[next] || free[next] && stopsAlone(edge)
                || free[edge] && stopsAlone(next));
    }

    /** The gun of this slot is about to be switched off, and nothing but free slots is on its bus. */
    private boolean stopsAlone(int slot) {
        if (!stopping[slot]) {
            return false;
        }
        for (int i = slot; closed[i] && next(i) != slot; i = next(i)) {
            if (!free[next(i)]) {
                return false;
            }
        }
        for (int i = at(slot - 1); closed[i] && i != slot; i = at(i - 1)) {
            if (!free[i]) {
                return false;
            }
        }
        return true;
    }
}
