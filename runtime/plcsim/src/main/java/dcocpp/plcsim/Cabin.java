package dcocpp.plcsim;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ConnectorSettings.MeterSource;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.hwsim.internal.physics.Violation;

/**
 * What hangs on one PLC: a gun, two power modules that follow the vehicle within the host's limits, and the car. The physics are those of
 * the simulated hardware. One thread.
 */
final class Cabin {

    static final int RELAYS = 3;

    private static final int CONNECTOR = 1;
    /** By relay. */
    private static final List<String> CONTACTORS = List.of("K1", "K2", "K3");
    private static final double MODULE_POWER_W = 30_000;
    private static final double MODULE_CURRENT_A = 100;
    private static final long FIRST_REGISTER_MILLI_WH = 1_000_000_000L;

    private final Cabinet cabinet;
    private final Map<FaultCause, Boolean> faults = new EnumMap<>(FaultCause.class);
    private HardwareSnapshot snapshot;
    private GunTruth truth;
    private int closed;
    private int faulty;
    private long commands;

    Cabin(long nowNanos) {
        SlotSettings slot = new SlotSettings(1, CONNECTOR, CONTACTORS.get(0), "none", 1, 1, true,
                List.of(new ModuleSettings("M0", CONTACTORS.get(1), "", -1, 0, "", MODULE_POWER_W, 0),
                        new ModuleSettings("M1", CONTACTORS.get(2), "", -1, 0, "", MODULE_POWER_W, 0)));
        ConnectorSettings connector = new ConnectorSettings(CONNECTOR, 0, "", "", 0, 0, 0, 0, 0, true, 3, MeterSource.PLC, 1, 0, 30, "",
                "both");
        try {
            cabinet = new Cabinet(new Topology(1, List.of(connector), List.of(slot)), id -> FIRST_REGISTER_MILLI_WH, 1, nowNanos);
        } catch (HardwareException e) {
            throw new IllegalStateException(e);
        }
        look();
    }

    private void look() {
        snapshot = cabinet.snapshot();
        truth = cabinet.truth().get(0);
        closed = 0;
        faulty = 0;
        for (ContactorState state : snapshot.contactors()) {
            int relay = CONTACTORS.indexOf(state.contactorId());
            if (relay >= 0) {
                closed |= state.position() == ContactorState.Position.CLOSED ? 1 << relay : 0;
                faulty |= state.welded() || state.stuckOpen() ? 1 << relay : 0;
            }
        }
        faults.clear();
        gun().faults().forEach(fault -> faults.put(fault.cause(), !fault.detail().isEmpty()));
    }

    /**
     * Moves the physics up to this moment.
     *
     * @param relays which relays shall be closed, bit 0 = gun contactor
     * @param limits what the host offers: V, A, W
     */
    void advance(int relays, GunCommand.Authorization authorization, boolean lock, boolean forceOff, long clears, double[] limits,
            long nowNanos) {
        while (nowNanos - cabinet.nowNanos() >= Cabinet.STEP_NANOS) {
            GunCommand gun = new GunCommand(CONNECTOR, authorization, (relays & 1) != 0, lock, forceOff, clears, limits[0], limits[1],
                    limits[2], false, Set.of());
            cabinet.command(new HardwareCommand(++commands, cabinet.nowNanos(), List.of(gun),
                    List.of(module("M0", (relays & 2) != 0), module("M1", (relays & 4) != 0)), Set.of()));
            cabinet.step();
            look();
        }
    }

    /** The PLC owns precharge: its modules have the vehicle's voltage before a contactor closes, so that nothing flows when one does. */
    private ModuleCommand module(String id, boolean close) {
        boolean on = truth.targetVoltageV() > 0;
        return new ModuleCommand(id, close, on, on ? truth.targetVoltageV() : 0, on ? MODULE_CURRENT_A : 0);
    }

    /** Which relays are closed, bit 0 = gun contactor. */
    int closed() {
        return closed;
    }

    /** Which relays do not follow. */
    int faulty() {
        return faulty;
    }

    GunState gun() {
        return snapshot.guns().get(0);
    }

    GunTruth truth() {
        return truth;
    }

    long registerMilliWh() {
        return truth.meterMilliWh();
    }

    /** What is broken now, and whether it is only latched. */
    Map<FaultCause, Boolean> faults() {
        return Collections.unmodifiableMap(faults);
    }

    long violations() {
        return cabinet.violationCount();
    }

    String latestViolation() {
        List<Violation> all = cabinet.violations();
        return all.isEmpty() ? "" : all.get(all.size() - 1).kind() + " " + all.get(all.size() - 1).where() + ": "
                + all.get(all.size() - 1).detail();
    }

    void plug(PlugIn car) {
        cabinet.plug(CONNECTOR, car);
        look();
    }

    void unplug() {
        cabinet.unplug(CONNECTOR);
        look();
    }

    void renegotiate() {
        cabinet.renegotiate(CONNECTOR);
    }

    void fault(FaultCause cause) {
        cabinet.fault(CONNECTOR, cause, Double.NaN, "");
    }

    void clear() {
        cabinet.clear(CONNECTOR, Optional.empty());
    }
}
