package dcocpp.controller.internal.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.topology.Topology;

/**
 * Makes a topology of entries that Config Admin delivers one by one. Halfway there, entries of two configurations stand side by side or
 * some are missing; such a set is no topology.
 */
public final class TopologyAssembly {

    private TopologyAssembly() {
    }

    /** The topology of these entries; empty while they do not form one. */
    public static Optional<Topology> assemble(Collection<ConnectorEntry.Value> connectors, Collection<SlotEntry.Value> slots) {
        Set<Long> generations = new HashSet<>();
        connectors.forEach(connector -> generations.add(connector.generation()));
        slots.forEach(slot -> generations.add(slot.generation()));
        if (generations.size() != 1 || connectors.isEmpty() || slots.isEmpty()) {
            return Optional.empty();
        }
        Topology topology = new Topology(generations.iterator().next(),
                connectors.stream().map(ConnectorEntry.Value::settings).toList(),
                slots.stream().map(SlotEntry.Value::settings).toList());
        return complete(topology) ? Optional.of(topology) : Optional.empty();
    }

    /** Ids run from 1 to n, each connector has one home slot, and going clockwise from any slot comes by all of them. */
    private static boolean complete(Topology topology) {
        Map<Integer, Integer> homes = new HashMap<>();
        topology.slots().forEach(slot -> homes.merge(slot.connectorId(), 1, Integer::sum));
        homes.remove(0);
        for (int id = 1; id <= topology.connectors().size(); id++) {
            if (topology.connector(id).isEmpty() || homes.getOrDefault(id, 0) != 1) {
                return false;
            }
        }
        return homes.size() == topology.connectors().size() && closedRing(topology);
    }

    private static boolean closedRing(Topology topology) {
        List<Integer> ids = topology.slots().stream().map(slot -> slot.id()).toList();
        Set<Integer> seen = new HashSet<>();
        int id = ids.get(0);
        while (seen.add(id)) {
            var slot = topology.slot(id);
            if (slot.isEmpty()) {
                return false;
            }
            id = slot.get().clockwiseSlotId();
        }
        return id == ids.get(0) && seen.size() == ids.size();
    }
}
