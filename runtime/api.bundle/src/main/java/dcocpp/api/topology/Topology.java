package dcocpp.api.topology;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The cabinet: connectors in the order of their ids and the slots of the ring in the order of theirs. Changes only as a whole, while no
 * session runs.
 *
 * @param generation the configuration generation it was read from
 * @param connectors the guns, ids 1…n
 * @param slots the slots of the ring
 */
public record Topology(long generation, List<ConnectorSettings> connectors, List<SlotSettings> slots) {

    public Topology {
        connectors = connectors.stream().sorted(Comparator.comparingInt(ConnectorSettings::id)).toList();
        slots = slots.stream().sorted(Comparator.comparingInt(SlotSettings::id)).toList();
    }

    /** The connector with this id. */
    public Optional<ConnectorSettings> connector(int connectorId) {
        for (ConnectorSettings connector : connectors) {
            if (connector.id() == connectorId) {
                return Optional.of(connector);
            }
        }
        return Optional.empty();
    }

    /** The slot with this id. */
    public Optional<SlotSettings> slot(int slotId) {
        for (SlotSettings slot : slots) {
            if (slot.id() == slotId) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    /** The home slot of a connector. */
    public Optional<SlotSettings> homeSlot(int connectorId) {
        return slots.stream().filter(slot -> connectorId != 0 && slot.connectorId() == connectorId).findFirst();
    }
}
