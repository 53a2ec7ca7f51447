package dcocpp.controller.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleCommand;
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
    private final Set<String> dropped = new HashSet<>();
    private final Map<String, Long> dueNanos = new HashMap<>();
    private final Set<String> driven = new TreeSet<>();
    private Cabinet cabinet;
    private HardwareCommand last;
    private Random slow;

    PhysicalHardware(TimeSource time) {
        this.time = time;
    }

    /** A bus contactor that does not close any more, whatever it is told. */
    void jam(String contactor) {
        jammed.add(contactor);
    }

    /** A bus contactor that opens by itself, whatever flows through it, and does not close any more. */
    void drop(String contactor) {
        step();
        jammed.add(contactor);
        dropped.add(contactor);
        driven.remove(contactor);
        drive();
    }

    /** A bus contactor that closes again when it is told to. */
    void mend(String contactor) {
        jammed.remove(contactor);
    }

    /** From now on bus and module contactors begin to move up to 200 ms late, each time another time. */
    void slow(Random random) {
        slow = random;
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

    /** What the controller has done wrong. */
    List<Violation> violations() {
        return cabinet.violations().stream().filter(violation -> violation.kind() != Violation.Kind.OPENED_UNDER_LOAD
                || !dropped.contains(violation.where())).toList();
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
            if (last != null) {
                drive();
            }
            cabinet.step();
        }
    }

    /** What is told reaches the coil of a contactor when its time has come; one that is told otherwise before never begins to move. */
    private void drive() {
        Set<String> told = new TreeSet<>(last.closedBusContactors());
        told.removeIf(contactor -> jammed.contains(contactor) && !driven.contains(contactor));
        last.modules().stream().filter(ModuleCommand::closeContactor).forEach(module -> told.add(module.moduleId()));
        Set<String> concerned = new TreeSet<>(told);
        concerned.addAll(driven);
        for (String contactor : concerned) {
            if (told.contains(contactor) == driven.contains(contactor)) {
                dueNanos.remove(contactor);
            } else if (cabinet.nowNanos() >= dueNanos.computeIfAbsent(contactor,
                    id -> cabinet.nowNanos() + (slow == null ? 0 : slow.nextInt(10) * Cabinet.STEP_NANOS))) {
                dueNanos.remove(contactor);
                if (!driven.remove(contactor)) {
                    driven.add(contactor);
                }
            }
        }
        dueNanos.keySet().retainAll(concerned);
        cabinet.command(new HardwareCommand(last.number(), last.issuedNanos(), last.guns(), last.modules().stream()
                .map(module -> new ModuleCommand(module.moduleId(), driven.contains(module.moduleId()), module.on(), module.voltageV(),
                        module.currentA())).toList(),
                driven.stream().filter(contactor -> contactor.startsWith("MC")).collect(Collectors.toSet())));
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
        drive();
    }

    @Override
    public void close() {
        cabinet.shutDown();
    }
}
