package dcocpp.hwsim.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.physics.Cabinet;

/** The simulated cabinet as hardware of the charger. */
@Component(service = {Hardware.class, Simulation.class}, property = Hardware.NAME + "=" + SimulatedHardware.HARDWARE_NAME)
public final class SimulatedHardware implements Hardware, Simulation {

    static final String HARDWARE_NAME = "sim";

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedHardware.class);
    /** Meters start at a different register each, so that a mixed-up connector shows. */
    private static final long FIRST_REGISTER_MILLI_WH = 1_000_000;

    private final TimeSource time;
    private final List<HardwareListener> listeners = new CopyOnWriteArrayList<>();
    private volatile PhysicsLoop loop;
    private volatile HardwareSnapshot snapshot;
    private volatile HardwareCommand command;
    /** The world of the last time in service: its cars are still there when it comes back. Guarded by this. */
    private Cabinet left;
    /** Of the physics thread while it runs. */
    private Changes changes;

    @Activate
    public SimulatedHardware(@Reference TimeSource time) {
        this.time = time;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addListener(HardwareListener listener) {
        listeners.add(listener);
    }

    void removeListener(HardwareListener listener) {
        listeners.remove(listener);
    }

    @Deactivate
    void deactivate() {
        close();
    }

    @Override
    public synchronized void open(Topology topology) throws HardwareException {
        if (loop != null) {
            throw new IllegalStateException("the simulated cabinet is open already; close it first");
        }
        // A controller that is late is late in real time: on a clock that runs 60 times faster its command may be 60 times older.
        double watchdogFactor = Math.max(1, time.rate());
        Cabinet before = left;
        Cabinet cabinet = new Cabinet(topology, connectorId -> registerMilliWh(before, connectorId), watchdogFactor, time.nanoTime());
        if (before != null) {
            cabinet.takeOver(before);
        }
        left = null;
        command = null;
        snapshot = cabinet.snapshot();
        changes = new Changes(snapshot);
        loop = new PhysicsLoop(time, cabinet, () -> command, this::published);
        loop.start();
        LOG.info("Simulated cabinet in service: {} connectors, {} slots", topology.connectors().size(), topology.slots().size());
    }

    private static long registerMilliWh(Cabinet before, int connectorId) {
        long first = FIRST_REGISTER_MILLI_WH * connectorId;
        return before == null ? first : before.registerMilliWh(connectorId).orElse(first);
    }

    private void published(HardwareSnapshot taken, List<TokenRead> tokens) {
        snapshot = taken;
        for (TokenRead token : tokens) {
            tell(listener -> listener.tokenRead(token));
        }
        if (changes.since(taken)) {
            tell(listener -> listener.changed(HARDWARE_NAME));
        }
    }

    private void tell(Consumer<HardwareListener> event) {
        for (HardwareListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException failure) {
                LOG.warn("A hardware listener failed", failure);
            }
        }
    }

    @Override
    public HardwareCapabilities capabilities() {
        return new HardwareCapabilities(true, true, true);
    }

    @Override
    public HardwareSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void command(HardwareCommand wanted) {
        command = wanted;
    }

    @Override
    public <T> T call(Function<Cabinet, T> event) {
        PhysicsLoop running = loop;
        if (running == null) {
            throw PhysicsLoop.unavailable("the simulated cabinet is not in service");
        }
        return running.call(event);
    }

    @Override
    public synchronized void close() {
        PhysicsLoop running = loop;
        if (running == null) {
            return;
        }
        loop = null;
        left = running.stop();
        HardwareSnapshot last = left.snapshot();
        snapshot = new HardwareSnapshot(last.takenNanos(), HardwareSnapshot.Condition.UNAVAILABLE, "closed", last.guns(), last.modules(),
                last.contactors());
        LOG.info("Simulated cabinet out of service");
    }
}
