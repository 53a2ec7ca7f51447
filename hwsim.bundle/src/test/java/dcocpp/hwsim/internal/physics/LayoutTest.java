package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.HardwareException;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.TestTopology;

class LayoutTest {

    private static String refused(List<Integer> connectors, SlotSettings... slots) {
        Topology topology = new Topology(1, connectors.stream().map(TestTopology::connector).toList(), List.of(slots));
        return assertThrows(HardwareException.class, () -> Layout.clockwise(topology)).getMessage();
    }

    @Test
    void slotsAreOrderedClockwiseWhateverTheirIds() throws HardwareException {
        Topology topology = new Topology(1, List.of(1, 2, 3).stream().map(TestTopology::connector).toList(),
                List.of(TestTopology.slot(1, 3, 2), TestTopology.slot(2, 1, 3), TestTopology.slot(3, 2, 1)));
        assertEquals(List.of(1, 3, 2), Layout.clockwise(topology).stream().map(SlotSettings::id).toList());
    }

    @Test
    void brokenRingIsRefusedAndSaysWhere() {
        String message = refused(List.of(1, 2, 3), TestTopology.slot(1, 2, 3), TestTopology.slot(2, 1, 1), TestTopology.slot(3, 1, 2));
        assertTrue(message.contains("[1, 2]") && message.contains("all 3 slots"), message);
        message = refused(List.of(1, 2), TestTopology.slot(1, 2, 2), TestTopology.slot(2, 10, 1));
        assertTrue(message.contains("does not exist"), message);
    }

    @Test
    void emptyTopologyIsRefused() {
        assertTrue(refused(List.of()).contains("no slots"));
    }

    @Test
    void connectorWithoutSlotAndSlotOfUnknownConnectorAreRefused() {
        String message = refused(List.of(1, 2), TestTopology.slot(1, 1, 1));
        assertTrue(message.contains("connector 2 has no slot"), message);
        message = refused(List.of(1), TestTopology.slot(1, 2, 2), TestTopology.slot(2, 1, 1));
        assertTrue(message.contains("connector 2, which does not exist"), message);
    }

    @Test
    void doubleNamesAreRefused() {
        SlotSettings one = TestTopology.slot(1, 2, 2);
        SlotSettings two = TestTopology.slot(2, 1, 1);
        SlotSettings sameBus = new SlotSettings(2, 2, "GC_2", "MC_1", 1, 1, false, two.modules());
        assertTrue(refused(List.of(1, 2), one, sameBus).contains("two contactors are called MC_1"));
        SlotSettings sameModules = new SlotSettings(2, 2, "GC_2", "MC_2", 1, 1, false, one.modules());
        assertTrue(refused(List.of(1, 2), one, sameModules).contains("two power modules are called M1_0"));
        SlotSettings sameGun = new SlotSettings(2, 1, "GC_2", "MC_2", 1, 1, false, two.modules());
        assertTrue(refused(List.of(1), one, sameGun).contains("connector 1 has two slots"));
    }

    @Test
    void lineHasNoContactorAtItsOpenEndAndSingleSlotHasNone() throws HardwareException {
        SlotSettings end = new SlotSettings(2, 2, "GC_2", "MC_2", 1, 1, true, TestTopology.slot(2, 1, 1).modules());
        Cabinet line = new Cabinet(new Topology(1, List.of(TestTopology.connector(1), TestTopology.connector(2)),
                List.of(TestTopology.slot(1, 2, 2), end)), id -> 0, 1, 0);
        assertEquals(List.of("GC_1", "MC_1", "MN_1_0", "MN_1_1", "GC_2", "MN_2_0", "MN_2_1"),
                line.snapshot().contactors().stream().map(contactor -> contactor.contactorId()).toList());

        Cabinet single = new Cabinet(new Topology(1, List.of(TestTopology.connector(1)), List.of(TestTopology.slot(1, 1, 1))),
                id -> 0, 1, 0);
        assertEquals(3, single.snapshot().contactors().size());
        single.step();
    }
}
