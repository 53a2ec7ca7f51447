package dcocpp.hwsim.internal;

import java.util.List;
import java.util.stream.IntStream;

import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/** The default cabinet: a ring of slots with one gun and two modules of 30 kW each. */
public final class TestTopology {

    private TestTopology() {
    }

    public static Topology ring(int slots) {
        return new Topology(1, IntStream.rangeClosed(1, slots).mapToObj(TestTopology::connector).toList(),
                IntStream.rangeClosed(1, slots).mapToObj(id -> slot(id, id % slots + 1, id == 1 ? slots : id - 1)).toList());
    }

    public static ConnectorSettings connector(int id) {
        return new ConnectorSettings(id, id - 1, "", "can0", 400, 240_000, 200, 1000, 0, true, 3, MeterSource.PLC, 1, 0, 30, "VID:",
                "EVMAC");
    }

    public static SlotSettings slot(int id, int clockwise, int counterClockwise) {
        return new SlotSettings(id, id, "GC_" + id, "MC_" + id, clockwise, counterClockwise, false,
                List.of(module(id, 0), module(id, 1)));
    }

    private static ModuleSettings module(int slot, int index) {
        return new ModuleSettings("M" + slot + "_" + index, "MN_" + slot + "_" + index, "", -1, 0, "", 30_000, 0);
    }
}
