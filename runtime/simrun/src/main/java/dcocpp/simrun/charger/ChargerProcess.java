package dcocpp.simrun.charger;

import java.util.ArrayDeque;
import java.util.Deque;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.journal.Journal;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.planner.internal.RingPlanner;
import dcocpp.testkit.FakeTimeSource;

/**
 * One life of the charger's process on a stepped clock: controller, planner and protocol of the product with their databases. A tick is
 * what the product does every 100 ms; whoever owns the process says when.
 */
public final class ChargerProcess {

    /** As the controller names its threads. */
    private static final String PLANNER_THREAD = "dcocpp-controller-plan-";
    private static final String CONTROL_THREAD = "dcocpp-controller-control";
    private static final long COMMAND_NANOS = 10_000_000_000L;

    private final FakeTimeSource clock;
    private final ProcessTime time;
    private final JournalStore journal;
    private final ControllerHost controller;
    private final ControllerHost.Configuration configuration;
    private final ProtocolHost protocol;
    private final Deque<Runnable> asked = new ArrayDeque<>();
    private long askedNanos;
    private boolean alive = true;
    private int commands;

    /**
     * Starts a process.
     *
     * @param bootId names this life
     * @param gridLimitKW what the guns together may draw, kW
     * @param seed what the protocol's chance follows from
     */
    public ChargerProcess(FakeTimeSource clock, String bootId, SiteFile site, double gridLimitKW, SteppedCabinet cabinet, SimulatedCsms csms,
            long seed) {
        this.clock = clock;
        time = new ProcessTime(clock, bootId, new ProcessTime.Gate() {
            @Override
            public boolean passes() {
                return alive;
            }

            @Override
            public void run(String threadName, Runnable task) {
                due(threadName, task);
            }
        });
        configuration = site.controller(gridLimitKW);
        journal = JournalStore.unsynced(configuration.chargePoint().databaseDir().resolve("journal.db"));
        controller = new ControllerHost(time, journal, configuration, cabinet, new RingPlanner());
        Controller services = new Controller(journal, controller.status(), controller.control(), controller.inbox());
        var settings = site.protocol(bootId);
        protocol = new ProtocolHost(time, controller, new ProtocolHost.Parts(settings, site.keys(),
                OcppStore.unsynced(settings.databaseFolder()), services, new CsmsWire(csms, () -> alive, () -> { }, () -> { })), seed);
        clock.runDue();
    }

    /** A plan comes just before the tick that can use it, however far away that is: the planner takes a tick as in the product. */
    private void due(String threadName, Runnable task) {
        if (threadName.startsWith(PLANNER_THREAD)) {
            asked.add(task);
            askedNanos = clock.nanoTime();
        } else if (threadName.equals(CONTROL_THREAD) && !asked.isEmpty() && clock.nanoTime() > askedNanos) {
            answer();
            controller.thread().execute(task);
        } else {
            task.run();
        }
    }

    private void answer() {
        while (!asked.isEmpty()) {
            asked.poll().run();
        }
    }

    /** Ticks now, and does what follows from it at this moment. */
    public void tick() {
        answer();
        clock.runDue();
        controller.tick();
        clock.runDue();
    }

    /** The hardware's events. */
    public HardwareListener events() {
        return controller.events();
    }

    /** The operator clears what is latched at a gun, 0 = at all. */
    public void clearFaults(int connectorId) {
        controller.control().submit(new ChargerCommand.ClearFaults("simulation-" + commands++, time.nanoTime() + COMMAND_NANOS, connectorId));
    }

    /** What the guns together may draw from now on, kW. */
    public void gridLimit(SiteFile site, double limitKW) {
        SiteFile.gridLimit(configuration.site(), site, limitKW);
    }

    /** What the controller shows; null before its first tick. */
    public ChargerSnapshot snapshot() {
        return controller.status().latest().orElse(null);
    }

    /** The journal. */
    public Journal journal() {
        return journal;
    }

    /** The connection to the back office. */
    public BackOfficeLink link() {
        return protocol.link();
    }

    /** The back office accepts us and has been told everything. */
    public boolean drained() {
        return protocol.drained();
    }

    /** The process is gone from one instant to the next; what it has not begun never happens. Its databases are closed. */
    public void kill() {
        alive = false;
        time.end();
        protocol.bury();
        journal.close();
    }
}
