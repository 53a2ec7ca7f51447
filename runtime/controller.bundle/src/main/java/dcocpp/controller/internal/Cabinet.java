package dcocpp.controller.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.controller.internal.power.OutputStage;
import dcocpp.controller.internal.session.ConnectorMachine;
import dcocpp.controller.internal.session.Surroundings;

/** The connectors of one topology. Made anew when the topology changes, which happens only while no session runs. */
final class Cabinet {

    private final Topology topology;
    private final Map<Integer, ConnectorMachine> connectors = new LinkedHashMap<>();

    Cabinet(Topology topology, Map<Integer, Meter> meters, TimeSource time, Surroundings surroundings) {
        this.topology = topology;
        for (ConnectorSettings connector : topology.connectors()) {
            SlotSettings home = topology.homeSlot(connector.id()).orElseThrow();
            SlotSettings before = topology.slot(home.counterClockwiseSlotId()).orElseThrow();
            OutputStage stage = new OutputStage(connector, home, before.openEnd() ? "" : before.busContactor());
            connectors.put(connector.id(), new ConnectorMachine(connector, stage, meters.get(connector.id()), time, surroundings));
        }
    }

    Topology topology() {
        return topology;
    }

    Collection<ConnectorMachine> connectors() {
        return connectors.values();
    }

    ConnectorMachine connector(int connectorId) {
        return connectors.get(connectorId);
    }

    /** Some session or output is on. */
    boolean busy() {
        return connectors.values().stream().anyMatch(connector -> connector.inSession() || !connector.stage().off());
    }
}
