package dcocpp.can.internal.driver;

import java.util.ArrayList;
import java.util.List;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/** The cabinet as it is known while its bus cannot be reached: not at all. */
public final class UnavailableCabinet {

    private UnavailableCabinet() {
    }

    /** A snapshot in which nothing is known and every gun is faulted for this reason. */
    public static HardwareSnapshot snapshot(Topology topology, String reason, long nowNanos) {
        List<GunState> guns = new ArrayList<>();
        List<ModuleState> modules = new ArrayList<>();
        List<ContactorState> contactors = new ArrayList<>();
        List<Fault> faults = List.of(new Fault(FaultCause.PLC_UNAVAILABLE, reason));
        MeterReading noMeter = new MeterReading(false, 0, Double.NaN, Double.NaN, Double.NaN, nowNanos);
        for (ConnectorSettings connector : topology.connectors()) {
            guns.add(new GunState(connector.id(), false, false, faults, CpState.UNKNOWN, false, false, HlcState.NONE, Double.NaN,
                    Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, noMeter, nowNanos));
        }
        for (SlotSettings slot : topology.slots()) {
            if (slot.connectorId() != 0) {
                contactors.add(unknown(slot.gunContactor(), nowNanos));
            }
            if (!slot.openEnd()) {
                contactors.add(unknown(slot.busContactor(), nowNanos));
            }
            for (ModuleSettings module : slot.modules()) {
                contactors.add(unknown(module.contactor(), nowNanos));
                modules.add(new ModuleState(module.id(), false, false, Double.NaN, Double.NaN, Double.NaN, reason));
            }
        }
        return new HardwareSnapshot(nowNanos, HardwareSnapshot.Condition.UNAVAILABLE, reason, guns, modules, contactors);
    }

    private static ContactorState unknown(String name, long nowNanos) {
        return new ContactorState(name, ContactorState.Position.UNKNOWN, false, false, nowNanos, 0);
    }
}
