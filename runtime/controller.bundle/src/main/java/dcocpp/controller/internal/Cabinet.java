package dcocpp.controller.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.RingSequencer;
import dcocpp.controller.internal.session.ConnectorMachine;
import dcocpp.controller.internal.session.Surroundings;

/** The connectors of one topology. Made anew when the topology changes, which happens only while no session runs. */
final class Cabinet {

    private final Topology topology;
    private final ContactorBook contactors;
    private final RingSequencer ring;
    private final Map<Integer, ConnectorMachine> connectors = new LinkedHashMap<>();

    Cabinet(Topology topology, Map<Integer, Meter> meters, TimeSource time, Surroundings surroundings, ContactorBook contactors) {
        this.topology = topology;
        this.contactors = contactors;
        this.ring = new RingSequencer(topology, contactors);
        for (ConnectorSettings connector : topology.connectors()) {
            connectors.put(connector.id(), new ConnectorMachine(connector, ring.stage(connector.id()), meters.get(connector.id()), time,
                    surroundings));
        }
    }

    Topology topology() {
        return topology;
    }

    RingSequencer ring() {
        return ring;
    }

    /** An operator says that the contactors in and beside this connector's slot are in order again. */
    void clearMarks(int connectorId) {
        contactors.clear(ring.contactors(connectorId));
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
