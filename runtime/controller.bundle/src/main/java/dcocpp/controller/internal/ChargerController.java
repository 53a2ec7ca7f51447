package dcocpp.controller.internal;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.ConnectorEntry;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.config.SlotEntry;
import dcocpp.controller.internal.journal.JournalComponent;
import dcocpp.controller.internal.planning.PlannerInfo;
import dcocpp.controller.internal.port.BackOfficeMail;
import dcocpp.controller.internal.port.CommandDesk;
import dcocpp.controller.internal.port.HardwareEvents;
import dcocpp.controller.internal.port.StatusBoard;

/**
 * Wires the charger together. The only component that references what can be replaced; each of those references is dynamic and multiple,
 * and the choice is explicit. All work is done by {@link Charger} on the control thread.
 */
@Component(service = ChargerController.class, immediate = true)
public final class ChargerController {

    private static final Logger LOG = LoggerFactory.getLogger(ChargerController.class);
    static final long TICK_MS = 100;
    private static final int EXIT_CODE_RESTART = 75;

    private final ScheduledExecutorService control;
    private final Charger charger;
    private final BundleContext context;
    private final SynchronousBundleListener bundles = this::bundleChanged;
    private final FrameworkListener framework = event -> bundlesStarted();
    private final Collection<ConnectorEntry> connectors = new CopyOnWriteArrayList<>();
    private final Collection<SlotEntry> slots = new CopyOnWriteArrayList<>();
    private final Map<ServiceReference<ChargePlanner>, ChargePlanner> planners = new ConcurrentHashMap<>();

    @Activate
    public ChargerController(BundleContext context, @Reference TimeSource time, @Reference ChargePointSettings chargePoint,
            @Reference SiteSettings site, @Reference JournalComponent journal, @Reference StatusBoard board,
            @Reference HardwareEvents events, @Reference BackOfficeMail mail, @Reference CommandDesk desk) {
        control = time.newAgent("dcocpp-controller-control");
        charger = new Charger(time, control, journal.store(), new Charger.Ports(board, events, mail, desk), chargePoint, site,
                connectors, slots, () -> exit(context));
        this.context = context;
    }

    /** Called when all that is there has been bound: a tick between the binding of two would take one of them for the only one. */
    @Activate
    void begin() {
        context.addBundleListener(bundles);
        context.addFrameworkListener(framework);
        bundlesStarted();
        control.execute(charger::start);
        control.scheduleAtFixedRate(charger::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        context.removeFrameworkListener(framework);
        context.removeBundleListener(bundles);
        charger.stop();
        control.execute(control::shutdown);
        if (!control.awaitTermination(3, TimeUnit.SECONDS)) {
            LOG.error("The control thread does not end");
            control.shutdownNow();
        }
    }

    /** A hard reset: whoever started the framework finds the code that asks for another start. */
    private static void exit(BundleContext context) {
        System.setProperty("dcocpp.exit.code", Integer.toString(EXIT_CODE_RESTART));
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOG.error("The framework does not stop", e);
        }
    }

    /** Told behind all that has come up to now. */
    private void bundlesStarted() {
        if (frameworkRuns()) {
            onControl(charger::bundlesStarted);
        }
    }

    /** It has started and does not stop. */
    private boolean frameworkRuns() {
        return context.getBundle(0).getState() == Bundle.ACTIVE;
    }

    /** What is done to bundles while the framework runs; that all start and stop with it goes without saying. */
    private void bundleChanged(BundleEvent event) {
        String what = switch (event.getType()) {
            case BundleEvent.INSTALLED -> "installed";
            case BundleEvent.UPDATED -> "updated";
            case BundleEvent.STARTED -> "started";
            case BundleEvent.STOPPED -> "stopped";
            case BundleEvent.UNINSTALLED -> "uninstalled";
            default -> "";
        };
        if (!what.isEmpty() && event.getBundle().getBundleId() != 0 && frameworkRuns()) {
            String bundle = event.getBundle().getSymbolicName() + " " + event.getBundle().getVersion();
            onControl(() -> charger.bundleChanged(bundle, what));
        }
    }

    private void onControl(Runnable task) {
        if (!control.isShutdown()) {
            control.execute(task);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConnector(ConnectorEntry entry) {
        connectors.add(entry);
    }

    void unbindConnector(ConnectorEntry entry) {
        connectors.remove(entry);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSlot(SlotEntry entry) {
        slots.add(entry);
    }

    void unbindSlot(SlotEntry entry) {
        slots.remove(entry);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHardware(Hardware hardware, Map<String, Object> properties) {
        String name = String.valueOf(properties.get(Hardware.NAME));
        onControl(() -> charger.hardwareCame(hardware, name));
    }

    void unbindHardware(Hardware hardware) {
        onControl(() -> charger.hardwareWent(hardware));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindBackOffice(BackOffice backOffice) {
        onControl(() -> charger.backOfficeCame(backOffice));
    }

    void unbindBackOffice(BackOffice backOffice) {
        onControl(() -> charger.backOfficeWent(backOffice));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPlanner(ChargePlanner planner, ServiceReference<ChargePlanner> reference) {
        planners.put(reference, planner);
        var bundle = reference.getBundle();
        if (bundle != null) {
            PlannerInfo info = new PlannerInfo(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion(),
                    bundle.getLocation());
            onControl(() -> charger.plannerCame(info, planner));
        }
    }

    void unbindPlanner(ServiceReference<ChargePlanner> reference) {
        ChargePlanner planner = planners.remove(reference);
        if (planner != null) {
            onControl(() -> charger.plannerWent(planner));
        }
    }
}
