package dcocpp.can.internal;

import java.util.ArrayList;
import java.util.List;

import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/** Cabinets for tests: one slot with two modules per gun, plcId = connector id − 1. */
public final class Cabinets {

    private Cabinets() {
    }

    public static Topology guns(int count) {
        List<ConnectorSettings> connectors = new ArrayList<>();
        List<SlotSettings> slots = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            connectors.add(connector(id, id - 1, "can0", MeterSource.PLC));
            slots.add(slot(id, count, module("M" + id + "_0", "MN_" + id + "_0", ""), module("M" + id + "_1", "MN_" + id + "_1", "")));
        }
        return new Topology(1, connectors, slots);
    }

    public static ConnectorSettings connector(int id, int plcId, String canInterface, MeterSource meterSource) {
        return new ConnectorSettings(id, plcId, "", canInterface, 200, 60_000, 200, 1000, 0, true, 3, meterSource, 1, 0, 30, "VID:",
                "EVMAC");
    }

    public static SlotSettings slot(int id, int count, ModuleSettings... modules) {
        return new SlotSettings(id, id, "GC_" + id, "MC_" + id, id % count + 1, id == 1 ? count : id - 1, count == 1, List.of(modules));
    }

    public static ModuleSettings module(String id, String contactor, String type) {
        return new ModuleSettings(id, contactor, type, -1, 0, "", 30_000, 0);
    }
}
