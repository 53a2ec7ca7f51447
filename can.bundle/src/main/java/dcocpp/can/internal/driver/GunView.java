package dcocpp.can.internal.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;

/** One PLC as the API describes a gun and its modules. */
final class GunView {

    private final PlcNode node;
    private List<Fault> faults = List.of();

    GunView(PlcNode node) {
        this.node = node;
    }

    GunState gun(boolean busOff, String overload, long nowNanos) {
        PlcTelemetry telemetry = node.telemetry;
        List<Fault> now = faults(busOff, overload, nowNanos);
        // The same list as long as nothing changes, so that comparing snapshots is cheap.
        faults = now.equals(faults) ? faults : now;
        boolean up = node.up() && !busOff;
        return new GunState(node.connector.id(), up, up && node.safe(nowNanos), faults,
                up ? telemetry.cpState(nowNanos) : CpState.UNKNOWN, node.safety.switchClosed(node.connector.lockInputSwitch()),
                telemetry.authorizedEcho(nowNanos), telemetry.hlc(node.settings.powerStage(), node.authorized(nowNanos), nowNanos),
                telemetry.targetVoltageV(nowNanos), telemetry.targetCurrentA(nowNanos), telemetry.presentVoltageV(nowNanos),
                telemetry.presentCurrentA(nowNanos), telemetry.evMaxVoltageV(), telemetry.evMaxCurrentA(), telemetry.evMaxPowerW(),
                Double.NaN, Double.NaN, telemetry.reading(nowNanos), node.link.heardNanos());
    }

    private List<Fault> faults(boolean busOff, String overload, long nowNanos) {
        List<Fault> list = new ArrayList<>();
        if (busOff) {
            list.add(new Fault(FaultCause.CAN_BUS_OFF, "the bus controller is off"));
        }
        int bits = node.safety.faults(node.link.gcmcFresh(nowNanos));
        // What is latched counts also while nothing is heard.
        add(list, node.safety.estop(), FaultCause.EMERGENCY_STOP, () -> detail());
        add(list, (bits & PlcSafety.EARTH) != 0, FaultCause.EARTH_FAULT, () -> detail());
        add(list, node.safety.weld(), FaultCause.GC_WELD, () -> "closed though commanded open, or reported by the PLC");
        if (!busOff) {
            linkFaults(list, bits, overload, nowNanos);
        }
        if (node.up()) {
            upFaults(list, bits, nowNanos);
        }
        return list;
    }

    private void linkFaults(List<Fault> list, int bits, String overload, long nowNanos) {
        PlcLink link = node.link;
        String protocol = !node.config.mismatch().isEmpty() ? node.config.mismatch()
                : node.handshakeMissing(nowNanos) ? "no answer to the protocol handshake" : node.bootRefusal();
        add(list, !protocol.isEmpty(), FaultCause.PLC_PROTOCOL, () -> protocol);
        add(list, link.crcFault(nowNanos) || (bits & PlcSafety.CRC) != 0 && node.up(), FaultCause.PLC_CRC,
                () -> link.crcFault(nowNanos) ? "3 wrong checksums within 1 s" : "the PLC sees wrong checksums");
        add(list, node.plcBusOff(nowNanos), FaultCause.CAN_BUS_OFF, () -> "the PLC reports bus-off");
        String comm = commFault(bits, overload, nowNanos);
        add(list, !comm.isEmpty(), FaultCause.PLC_COMM, () -> comm);
    }

    private String commFault(int bits, String overload, long nowNanos) {
        PlcLink link = node.link;
        if (link.lengthFault()) {
            return "safety frames without 8 bytes";
        }
        if (link.lost(nowNanos)) {
            return link.heard() ? link.needed() + " missing" : "nothing heard";
        }
        if (node.up() && node.relays.ackFault(nowNanos)) {
            return "RelayControl not acknowledged for 900 ms";
        }
        // Wrong checksums and a bus that is off are told as what they are.
        if (node.up() && (bits & PlcSafety.COMM) != 0 && (bits & (PlcSafety.CRC | PlcSafety.BUS_OFF)) == 0) {
            return "the PLC reports a lost link, reason " + node.safety.lastReason();
        }
        if (node.gcmcFault(nowNanos)) {
            return node.gcmcEcho.text();
        }
        if (node.offer.stale(nowNanos)) {
            return node.offer.staleText();
        }
        if (node.offer.presentLate()) {
            return node.offer.presentLateText();
        }
        return overload;
    }

    private void upFaults(List<Fault> list, int bits, long nowNanos) {
        boolean explained = (bits & (PlcSafety.ESTOP | PlcSafety.EARTH | PlcSafety.COMM)) != 0 || node.safety.weld()
                || node.plcBusOff(nowNanos);
        add(list, !explained && !node.safe(nowNanos), node.safety.unsafeCause(), () -> detail());
        add(list, node.telemetry.cpLost(nowNanos), FaultCause.CP_LOST, () -> "no CP_VoltageLevels for 4000 ms");
        add(list, node.telemetry.cpState(nowNanos) == CpState.D, FaultCause.VENTILATION, () -> "");
        add(list, node.contactors.gun.stuckOpen(), FaultCause.GC_CLOSE_TIMEOUT, () -> "open 500 ms after the acknowledged command");
        add(list, node.telemetry.meterStale(nowNanos), FaultCause.METER_STALE, () -> "no usable EnergyMeterData");
        for (Contactor contactor : node.contactors.modules) {
            add(list, contactor.welded(), FaultCause.MN_WELD, () -> contactor.state().contactorId());
        }
        Contactor bus = node.contactors.bus;
        add(list, bus != null && bus.welded(), FaultCause.MC_WELD, () -> bus.state().contactorId());
    }

    private String detail() {
        return "reason " + node.safety.lastReason() + ", switches 0x" + Integer.toHexString(node.safety.switches())
                + (node.safety.errorCode() == 0 ? "" : ", error code " + node.safety.errorCode());
    }

    private static void add(List<Fault> list, boolean active, FaultCause cause, Supplier<String> detail) {
        if (active) {
            list.add(new Fault(cause, detail.get()));
        }
    }

    ModuleState module(int index, long nowNanos) {
        Contactor contactor = node.contactors.modules[index];
        int bits = node.safety.faults(false);
        boolean relayFault = (bits & (index == 0 ? PlcSafety.RELAY_FAULT_2 : PlcSafety.RELAY_FAULT_3)) != 0;
        boolean healthy = node.settings.moduleRelays() && node.safe(nowNanos) && !relayFault && !contactor.welded()
                && !contactor.stuckOpen();
        String detail = healthy ? "" : relayFault ? "relay fault reported by the PLC"
                : contactor.stuckOpen() ? "contactor does not close" : contactor.welded() ? "contactor welded"
                : node.settings.moduleRelays() ? "PLC not safe or not heard" : "no driver for modules that the PLC does not switch";
        return new ModuleState(node.modules.get(index).id(), healthy, contactor.closed(), Double.NaN, Double.NaN, Double.NaN, detail);
    }
}
