package dcocpp.can.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.bus.JavacanBus;
import dcocpp.can.internal.driver.DriverSettings;
import dcocpp.can.internal.driver.DriverSettings.Pauses;
import dcocpp.can.internal.driver.PlcDriver;

/** One PLC per gun, all on one SocketCAN interface. */
@Component(service = Hardware.class, property = Hardware.NAME + "=" + Notifier.HARDWARE_NAME, configurationPid = "dcocpp.plc",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PlcConfig.class)
public final class CanHardware implements Hardware {

    private static final Logger LOG = LoggerFactory.getLogger(CanHardware.class);
    private static final int RELAYS_FOR_MODULES = 2;
    /** Each sends then 28 frames per second of the 250 that the host may send. */
    private static final int GUNS_WITH_GCMC = 8;

    private final TimeSource time;
    private final Bus.Opener opener;
    private final ScheduledExecutorService eventsAgent;
    private final Notifier notifier;
    private volatile DriverSettings settings;
    /** As it was when the hardware was opened: what it can do does not change while it is open. */
    private volatile boolean ringActuation;
    private volatile BusThread busThread;
    private volatile HardwareSnapshot last;

    @Activate
    public CanHardware(PlcConfig config, @Reference TimeSource time) {
        this(settings(config), time, JavacanBus::open);
    }

    CanHardware(DriverSettings settings, TimeSource time, Bus.Opener opener) {
        this.settings = settings;
        this.time = time;
        this.opener = opener;
        this.eventsAgent = time.newAgent("dcocpp-can-events");
        this.notifier = new Notifier(eventsAgent);
    }

    private static DriverSettings settings(PlcConfig config) {
        if (!config.useCRC8()) {
            LOG.warn("plc.useCRC8 is false: taken as crcMode legacy, byte 7 of a safety frame may be 0 but never wrong");
        }
        return DriverSettings.of(config.useCRC8(), config.crcMode(), config.protoVersion(), config.hlcPowerStage(),
                config.gunRelayOwnedByPlc(), config.moduleRelaysEnabled(), config.gcmcMirror(), config.evLimitsAsCap(),
                config.safetyDebounceMs()).withRingActuation(config.ringActuation())
                .withPauses(Pauses.ofMillis(config.evseLimitAckMs(), config.plcPresentWarnMs(), config.plcLimitsWarnMs()));
    }

    /** Without this a saved charger.json would take the bus out of service, even one that changed nothing here. */
    @Modified
    void modified(PlcConfig config) {
        settings(settings(config));
    }

    void settings(DriverSettings wanted) {
        BusThread thread = busThread;
        if (thread != null && !wanted.equals(settings)) {
            if (wanted.ringActuation() != ringActuation) {
                LOG.warn("plc.ringActuation {} takes effect when the hardware is opened next", wanted.ringActuation());
            }
            thread.settings(wanted.withRingActuation(ringActuation));
        }
        settings = wanted;
    }

    @Deactivate
    void deactivate() {
        close();
        eventsAgent.shutdown();
        try {
            if (!eventsAgent.awaitTermination(1, TimeUnit.SECONDS)) {
                eventsAgent.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(HardwareListener listener) {
        notifier.add(listener);
    }

    void unbindListener(HardwareListener listener) {
        notifier.remove(listener);
    }

    @Override
    public void open(Topology topology) throws HardwareException {
        if (busThread != null) {
            throw new HardwareException("the PLC bus is open already: close it first");
        }
        DriverSettings inForce = settings;
        check(topology, inForce.ringActuation());
        ringActuation = inForce.ringActuation();
        if (inForce.sendsGcmc() && topology.connectors().size() > GUNS_WITH_GCMC) {
            LOG.warn("plc.gcmcMirror or plc.ringActuation with {} guns: the bus has room for {} of them in use",
                    topology.connectors().size(), GUNS_WITH_GCMC);
        }
        PlcDriver driver = new PlcDriver(time, topology, inForce, notifier);
        BusThread thread = new BusThread(time, opener, topology.connectors().get(0).canInterface(), driver, notifier);
        busThread = thread;
        thread.start();
    }

    private void check(Topology topology, boolean ring) throws HardwareException {
        if (time.rate() != 1) {
            throw new HardwareException("the clock runs at " + time.rate() + " times real time; PLCs need dcocpp.time.rate 1");
        }
        if (topology.connectors().isEmpty()) {
            throw new HardwareException("there is no connector, so there is no PLC to drive");
        }
        String interfaceName = topology.connectors().get(0).canInterface();
        Map<Integer, Integer> connectorOfPlc = new HashMap<>();
        for (ConnectorSettings connector : topology.connectors()) {
            Integer other = connectorOfPlc.put(connector.plcId(), connector.id());
            if (other != null) {
                throw new HardwareException("connectors " + other + " and " + connector.id() + " have the same plcId " + connector.plcId()
                        + "; each PLC drives one gun");
            }
            if (!connector.canInterface().equals(interfaceName)) {
                throw new HardwareException("connector " + connector.id() + " is on " + connector.canInterface() + ", connector "
                        + topology.connectors().get(0).id() + " on " + interfaceName + "; all PLCs are on one interface");
            }
        }
        for (SlotSettings slot : topology.slots()) {
            if (ring && !slot.openEnd() && topology.connector(slot.connectorId()).isEmpty()) {
                throw new HardwareException("slot " + slot.id() + " has no gun, so there is no PLC that could switch its bus contactor "
                        + slot.busContactor() + "; with plc.ringActuation each slot of the ring needs one");
            }
            for (ModuleSettings module : slot.modules()) {
                if (!module.type().isEmpty()) {
                    throw new HardwareException("module " + module.id() + " has the type \"" + module.type()
                            + "\", but there is no driver for power modules on their own bus; leave the type empty for a module that the"
                            + " relays of the PLC switch");
                }
            }
            if (slot.modules().size() > RELAYS_FOR_MODULES) {
                throw new HardwareException("slot " + slot.id() + " has " + slot.modules().size() + " modules; a PLC has relays for "
                        + RELAYS_FOR_MODULES);
            }
        }
    }

    @Override
    public HardwareCapabilities capabilities() {
        return new HardwareCapabilities(false, ringActuation, false);
    }

    @Override
    public HardwareSnapshot snapshot() {
        BusThread thread = busThread;
        HardwareSnapshot closedWith = last;
        if (thread == null && closedWith == null) {
            throw new IllegalStateException("the PLC bus was never open");
        }
        return thread == null ? closedWith : thread.snapshot();
    }

    @Override
    public void command(HardwareCommand command) {
        BusThread thread = busThread;
        if (thread != null) {
            thread.command(command);
        }
    }

    @Override
    public void close() {
        BusThread thread = busThread;
        if (thread != null) {
            thread.close();
            last = thread.snapshot();
            busThread = null;
        }
    }
}
