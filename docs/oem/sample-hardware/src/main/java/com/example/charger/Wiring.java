package com.example.charger;

import dcocpp.api.hardware.HardwareException;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * What hangs on the board, by the names of {@code charger.json}.
 *
 * @param connector the gun
 * @param slot its slot
 * @param module its power module
 */
record Wiring(ConnectorSettings connector, SlotSettings slot, ModuleSettings module) {

    /**
     * Reads it from the topology.
     *
     * @throws HardwareException when this board cannot drive it
     */
    static Wiring of(Topology topology) throws HardwareException {
        if (topology.connectors().size() != 1 || topology.slots().size() != 1) {
            throw new HardwareException("the board drives one gun with one slot, and charger.json has " + topology.connectors().size()
                    + " connectors and " + topology.slots().size() + " slots");
        }
        ConnectorSettings connector = topology.connectors().get(0);
        SlotSettings slot = topology.slots().get(0);
        if (slot.connectorId() != connector.id()) {
            throw new HardwareException("slot " + slot.id() + " has the gun " + slot.connectorId() + ", the connector is " + connector.id());
        }
        if (slot.modules().size() != 1) {
            throw new HardwareException("the board has the relay of one power module, and slot " + slot.id() + " has "
                    + slot.modules().size());
        }
        return new Wiring(connector, slot, slot.modules().get(0));
    }
}
