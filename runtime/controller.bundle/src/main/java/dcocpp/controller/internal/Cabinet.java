package dcocpp.controller.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.OutputStage;
import dcocpp.controller.internal.ring.RingSequencer;
import dcocpp.controller.internal.session.ConnectorMachine;

/** The connectors of one topology. Made anew when the topology changes, which happens only while no session runs. */
final class Cabinet {

    private final Topology topology;
    private final ContactorBook contactors;
    private final RingSequencer ring;
    private final Map<Integer, ConnectorMachine> connectors = new LinkedHashMap<>();

    /**
     * @param ring drives the ring of this topology
     * @param contactors what is known of its contactors
     * @param machines makes a connector around its output
     */
    Cabinet(Topology topology, RingSequencer ring, ContactorBook contactors,
            BiFunction<ConnectorSettings, OutputStage, ConnectorMachine> machines) {
        this.topology = topology;
        this.contactors = contactors;
        this.ring = ring;
        for (ConnectorSettings connector : topology.connectors()) {
            connectors.put(connector.id(), machines.apply(connector, ring.stage(connector.id())));
        }
    }

    Topology topology() {
        return topology;
    }

    RingSequencer ring() {
        return ring;
    }

    /** An operator says that the contactors in and beside this connector's slot, and its modules, are in order again. */
    void clearMarks(int connectorId) {
        contactors.clear(ring.contactors(connectorId));
        ring.tryModulesAgain(connectorId);
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
