package dcocpp.can.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.bus.BusUnavailableException;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.testkit.FakeTimeSource;

class CanHardwareTest {

    private static final DriverSettings SETTINGS = DriverSettings.of(true, "strict", "1", 9, false, true, false, true, 50);

    private final FakeTimeSource time = new FakeTimeSource();
    private final List<Long> attempts = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final CanHardware hardware = new CanHardware(SETTINGS, time, (name, ids) -> {
        attempts.add(time.nanoTime());
        throw new BusUnavailableException("there is no CAN interface " + name, null);
    });

    @Test
    void unreachableBusMeansUnavailableWithTheReasonAndFaultedGuns() throws HardwareException {
        hardware.open(Cabinets.guns(12));
        time.runDue();
        HardwareSnapshot snapshot = hardware.snapshot();
        assertEquals(HardwareSnapshot.Condition.UNAVAILABLE, snapshot.condition());
        assertEquals("there is no CAN interface can0", snapshot.detail());
        assertEquals(12, snapshot.guns().size());
        assertEquals(24, snapshot.modules().size());
        assertEquals(48, snapshot.contactors().size());
        for (GunState gun : snapshot.guns()) {
            assertFalse(gun.linkUp());
            assertFalse(gun.safe());
            assertEquals(FaultCause.PLC_UNAVAILABLE, gun.faults().get(0).cause());
            assertEquals(snapshot.detail(), gun.faults().get(0).detail());
        }
        assertTrue(snapshot.modules().stream().noneMatch(module -> module.healthy()));
        assertTrue(snapshot.contactors().stream().allMatch(contactor -> contactor.position() == ContactorState.Position.UNKNOWN));
    }

    @Test
    void snapshotIsThereAtOnceAfterOpening() throws HardwareException {
        hardware.open(Cabinets.guns(1));
        assertEquals(HardwareSnapshot.Condition.UNAVAILABLE, hardware.snapshot().condition());
    }

    @Test
    void unreachableBusIsTriedEveryFiveSecondsAndToldOnce() throws HardwareException {
        hardware.bindListener(new HardwareListener() {
            @Override
            public void changed(String hardwareName) {
                told.add(hardwareName);
            }

            @Override
            public void tokenRead(TokenRead token) {
                throw new AssertionError("nobody swiped");
            }
        });
        hardware.open(Cabinets.guns(1));
        time.advance(Duration.ofSeconds(16));
        assertEquals(List.of(0L, 5_000_000_000L, 10_000_000_000L, 15_000_000_000L), attempts);
        assertEquals(List.of("can"), told);
        assertTrue(time.nanoTime() - hardware.snapshot().takenNanos() <= 500_000_000L, "an old snapshot would be taken for a hung driver");
        hardware.deactivate();
        time.advance(Duration.ofSeconds(60));
        assertEquals(4, attempts.size(), "no attempt after the end");
    }

    @Test
    void reopensForAnotherTopology() throws HardwareException {
        hardware.open(Cabinets.guns(1));
        assertThrows(HardwareException.class, () -> hardware.open(Cabinets.guns(1)));
        hardware.close();
        hardware.close();
        hardware.open(Cabinets.guns(2));
        time.runDue();
        assertEquals(2, hardware.snapshot().guns().size());
    }

    @Test
    void topologiesThatCannotBeDrivenAreRefusedByName() {
        Topology twins = new Topology(1, List.of(Cabinets.connector(1, 4, "can0", MeterSource.PLC),
                Cabinets.connector(2, 4, "can0", MeterSource.PLC)), List.of());
        Topology twoBuses = new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.PLC),
                Cabinets.connector(2, 1, "can1", MeterSource.PLC)), List.of());
        Topology typed = new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.PLC)),
                List.of(Cabinets.slot(1, 1, Cabinets.module("M1_0", "MN_1_0", "maxwell-mxr"))));
        Topology three = new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.PLC)), List.of(Cabinets.slot(1, 1,
                Cabinets.module("a", "A", ""), Cabinets.module("b", "B", ""), Cabinets.module("c", "C", ""))));
        assertEquals("connectors 1 and 2 have the same plcId 4; each PLC drives one gun", refusal(twins));
        assertEquals("connector 2 is on can1, connector 1 on can0; all PLCs are on one interface", refusal(twoBuses));
        assertTrue(refusal(typed).startsWith("module M1_0 has the type \"maxwell-mxr\""));
        assertEquals("slot 1 has 3 modules; a PLC has relays for 2", refusal(three));
        assertEquals("there is no connector, so there is no PLC to drive", refusal(new Topology(1, List.of(), List.of())));
    }

    private String refusal(Topology topology) {
        return assertThrows(HardwareException.class, () -> hardware.open(topology)).getMessage();
    }

    @Test
    void ringActuationIsDeclaredAsItWasWhenTheHardwareWasOpened() throws HardwareException {
        hardware.open(Cabinets.guns(2));
        assertFalse(hardware.capabilities().ringActuation());
        hardware.settings(SETTINGS.withRingActuation(true));
        assertFalse(hardware.capabilities().ringActuation(), "what it can do does not change while it is open");
        hardware.close();
        hardware.open(Cabinets.guns(2));
        assertTrue(hardware.capabilities().ringActuation());
    }

    @Test
    void aRingWithASlotThatNoPlcCanSwitchIsRefusedOnlyWhereItShallBeSwitched() throws HardwareException {
        Topology bridge = new Topology(1, List.of(Cabinets.connector(1, 0, "can0", MeterSource.PLC)),
                List.of(Cabinets.slot(1, 2), new SlotSettings(2, 0, "", "MC_2", 1, 1, false, List.of())));
        hardware.open(bridge);
        hardware.close();
        hardware.settings(SETTINGS.withRingActuation(true));
        assertEquals("slot 2 has no gun, so there is no PLC that could switch its bus contactor MC_2; with plc.ringActuation each slot of"
                + " the ring needs one", refusal(bridge));
    }

    @Test
    void settingsOutsideTheirRangeAreRefusedByName() {
        assertEquals("plc.crcMode is \"lax\", must be strict or legacy", assertThrows(IllegalArgumentException.class,
                () -> DriverSettings.of(true, "lax", "1", 9, false, true, false, true, 50)).getMessage());
        assertEquals("plc.protoVersion is \"0\", must be 1 to 255 or none", assertThrows(IllegalArgumentException.class,
                () -> DriverSettings.of(true, "strict", "0", 9, false, true, false, true, 50)).getMessage());
        assertEquals("plc.safetyDebounceMs is 1001, must be 0 to 1000 ms", assertThrows(IllegalArgumentException.class,
                () -> DriverSettings.of(true, "strict", "none", 9, false, true, false, true, 1001)).getMessage());
        assertEquals("timeouts.plcLimitsWarnMs is 1000, must be 1200 to 60000 ms", assertThrows(IllegalArgumentException.class,
                () -> DriverSettings.Pauses.ofMillis(1500, 1000, 1000)).getMessage());
    }
}
