package dcocpp.hwsim.internal.physics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dcocpp.api.hardware.HardwareException;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/** Puts the slots of a topology in clockwise order, or says why they are no ring. */
final class Layout {

    private Layout() {
    }

    static List<SlotSettings> clockwise(Topology topology) throws HardwareException {
        List<SlotSettings> slots = topology.slots();
        if (slots.isEmpty()) {
            throw new HardwareException("the topology has no slots; give at least one slot with a power module");
        }
        Map<Integer, SlotSettings> byId = slots.stream()
                .collect(Collectors.toMap(SlotSettings::id, Function.identity(), (one, other) -> one));
        if (byId.size() != slots.size()) {
            throw new HardwareException("two slots have the same id; slot ids are unique");
        }
        List<SlotSettings> ordered = new ArrayList<>();
        SlotSettings slot = slots.get(0);
        while (slot != null && !ordered.contains(slot)) {
            ordered.add(slot);
            slot = byId.get(slot.clockwiseSlotId());
        }
        if (slot != slots.get(0) || ordered.size() != slots.size()) {
            throw new HardwareException("the slots are not one ring: clockwise from slot " + slots.get(0).id() + " come "
                    + ordered.stream().map(SlotSettings::id).toList() + (slot == null ? ", then a slot that does not exist" : "")
                    + "; the clockwise neighbours must lead once through all " + slots.size() + " slots");
        }
        requireUniqueNames(slots);
        requireHomes(topology);
        return ordered;
    }

    private static void requireUniqueNames(List<SlotSettings> slots) throws HardwareException {
        Set<String> contactors = new HashSet<>();
        Set<String> modules = new HashSet<>();
        for (SlotSettings slot : slots) {
            List<String> names = new ArrayList<>(List.of(slot.gunContactor(), slot.busContactor()));
            for (ModuleSettings module : slot.modules()) {
                names.add(module.contactor());
                if (!modules.add(module.id())) {
                    throw new HardwareException("two power modules are called " + module.id() + "; their names are unique");
                }
            }
            for (String name : names) {
                if (!contactors.add(name)) {
                    throw new HardwareException("two contactors are called " + name + "; their names are unique");
                }
            }
        }
    }

    private static void requireHomes(Topology topology) throws HardwareException {
        Set<Integer> homes = new HashSet<>();
        for (SlotSettings slot : topology.slots()) {
            if (slot.connectorId() != 0 && topology.connector(slot.connectorId()).isEmpty()) {
                throw new HardwareException("slot " + slot.id() + " has the gun of connector " + slot.connectorId()
                        + ", which does not exist");
            }
            if (slot.connectorId() != 0 && !homes.add(slot.connectorId())) {
                throw new HardwareException("connector " + slot.connectorId() + " has two slots; each connector has one");
            }
        }
        for (ConnectorSettings connector : topology.connectors()) {
            if (!homes.contains(connector.id())) {
                throw new HardwareException("connector " + connector.id() + " has no slot; each connector has one");
            }
        }
    }
}
