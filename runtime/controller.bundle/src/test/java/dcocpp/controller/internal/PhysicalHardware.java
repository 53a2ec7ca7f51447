package dcocpp.controller.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.Curve;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.hwsim.internal.physics.Violation;

/** The simulated cabinet with its contactors that travel, modules that ramp, buses that discharge, and its judge. */
final class PhysicalHardware implements Hardware {

    private final TimeSource time;
    private final Set<String> jammed = new HashSet<>();
    private Cabinet cabinet;
    private HardwareCommand last;

    PhysicalHardware(TimeSource time) {
        this.time = time;
    }

    /** A bus contactor that does not close any more, whatever it is told. */
    void jam(String contactor) {
        jammed.add(contactor);
    }

    /** A bus contactor that closes again when it is told to. */
    void mend(String contactor) {
        jammed.remove(contactor);
    }

    HardwareCommand last() {
        return last;
    }

    Cabinet cabinet() {
        return cabinet;
    }

    /** A car whose battery has 700 V and takes this power. */
    void plug(int connectorId, double powerKW) {
        cabinet.plug(connectorId, new PlugIn(new CarModel("test", "test", 1_000_000, 500, 30, new Curve(new double[][] {{0, 700}}),
                new Curve(new double[][] {{0, powerKW}})), 20, 80, Identity.NONE));
    }

    GunTruth truth(int connectorId) {
        step();
        return cabinet.truth().stream().filter(gun -> gun.connectorId() == connectorId).findFirst().orElseThrow();
    }

    List<Violation> violations() {
        return cabinet.violations();
    }

    boolean closed(String contactor) {
        return snapshot().contactors().stream().filter(one -> one.contactorId().equals(contactor)).findFirst().orElseThrow().position()
                == Position.CLOSED;
    }

    Optional<Long> operations() {
        return snapshot().contactors().stream().map(contactor -> contactor.operations()).reduce(Long::sum);
    }

    private void step() {
        while (time.nanoTime() - cabinet.nowNanos() >= Cabinet.STEP_NANOS) {
            cabinet.step();
        }
    }

    @Override
    public void open(Topology topology) throws HardwareException {
        cabinet = new Cabinet(topology, id -> 0, 1, time.nanoTime());
    }

    @Override
    public HardwareCapabilities capabilities() {
        return new HardwareCapabilities(true, true, true);
    }

    @Override
    public HardwareSnapshot snapshot() {
        step();
        return cabinet.snapshot();
    }

    @Override
    public void command(HardwareCommand command) {
        step();
        last = command;
        Set<String> closed = new TreeSet<>(command.closedBusContactors());
        closed.removeIf(contactor -> jammed.contains(contactor) && !closed(contactor));
        cabinet.command(new HardwareCommand(command.number(), command.issuedNanos(), command.guns(), command.modules(), closed));
    }

    @Override
    public void close() {
        cabinet.shutDown();
    }
}
