package dcocpp.controller.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class TopologyAssemblyTest {

    private final List<ConnectorEntry.Value> connectors = new ArrayList<>();
    private final List<SlotEntry.Value> slots = new ArrayList<>();

    private void add(long generation, int guns) {
        for (int id = 1; id <= guns; id++) {
            connectors.add(Configs.connector(generation, id, Map.of()).value());
        }
        Configs.ring(generation, guns).forEach(slot -> slots.add(slot.value()));
    }

    private boolean assembled() {
        return TopologyAssembly.assemble(connectors, slots).isPresent();
    }

    @Test
    void aCompleteRingIsATopology() {
        add(7, 12);
        var topology = TopologyAssembly.assemble(connectors, slots).orElseThrow();
        assertEquals(7, topology.generation());
        assertEquals(24, topology.slots().stream().mapToInt(slot -> slot.modules().size()).sum());
        assertEquals(30_000, topology.slot(1).orElseThrow().modules().get(0).ratedPowerW());
    }

    @Test
    void whateverIsMissingThereIsNoTopologyYet() {
        for (int missing = 0; missing < 4; missing++) {
            connectors.clear();
            slots.clear();
            add(1, 4);
            connectors.remove(missing);
            assertTrue(!assembled());
            add(1, 4);
            connectors.subList(0, 3).clear();
            slots.subList(0, 4).clear();
            slots.remove(missing);
            assertTrue(!assembled());
        }
    }

    @Test
    void entriesOfTwoConfigurationsAreNoTopology() {
        add(1, 3);
        slots.set(1, Configs.slot(2, 2, 3).value());
        assertTrue(!assembled());
    }

    @Test
    void nothingAtAllIsNoTopology() {
        assertTrue(!assembled());
    }
}
