package dcocpp.simrun.charger;

import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;

import org.osgi.framework.Version;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.Charger;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.ConnectorEntry;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.config.SlotEntry;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.planning.PlannerInfo;
import dcocpp.controller.internal.port.BackOfficeMail;
import dcocpp.controller.internal.port.CommandDesk;
import dcocpp.controller.internal.port.HardwareEvents;
import dcocpp.controller.internal.port.StatusBoard;

/** The real controller of one process: what the service component runtime would wire is wired by hand, and whoever owns it makes it tick. */
public final class ControllerHost {

    private final HardwareEvents events = new HardwareEvents();
    private final BackOfficeMail mail = new BackOfficeMail();
    private final CommandDesk desk = new CommandDesk();
    private final StatusBoard board;
    private final ScheduledExecutorService control;
    private final Charger charger;

    /**
     * What the controller is told by its configuration.
     *
     * @param chargePoint the charge point's settings
     * @param site the site's limits
     * @param connectors the guns
     * @param slots the slots of the ring
     */
    public record Configuration(ChargePointSettings chargePoint, SiteSettings site, Collection<ConnectorEntry> connectors,
            Collection<SlotEntry> slots) {
    }

    /**
     * A controller that has not ticked yet.
     *
     * @param planner the only planner there is
     */
    public ControllerHost(TimeSource time, JournalStore journal, Configuration configuration, Hardware hardware, ChargePlanner planner) {
        board = new StatusBoard(time);
        control = time.newAgent("dcocpp-controller-control");
        charger = new Charger(time, control, journal, new Charger.Ports(board, events, mail, desk), configuration.chargePoint(),
                configuration.site(), configuration.connectors(), configuration.slots(), () -> { });
        control.execute(charger::start);
        control.execute(() -> charger.hardwareCame(hardware, configuration.chargePoint().hardware()));
        control.execute(() -> charger.plannerCame(new PlannerInfo(1, "dcocpp.planner", Version.parseVersion("1.0.0"), "simulation"), planner));
        control.execute(charger::bundlesStarted);
    }

    /** Ticks as soon as the control thread comes to it. */
    public void tick() {
        control.execute(charger::tick);
    }

    /** The control thread, for a tick that comes by itself. */
    public ScheduledExecutorService thread() {
        return control;
    }

    /** What the controller shows. */
    public ChargerStatus status() {
        return board;
    }

    /** Where commands are handed in. */
    public ChargerControl control() {
        return desk;
    }

    /** Where the back office's wishes are handed in. */
    public BackOfficeInbox inbox() {
        return mail;
    }

    /** Where hardware tells of events. */
    public HardwareListener events() {
        return events;
    }

    /** A protocol bundle is there. */
    public void came(BackOffice backOffice, ChargerListener listener) {
        board.bindListener(listener);
        control.execute(() -> charger.backOfficeCame(backOffice));
    }

    /** It goes. */
    public void went(BackOffice backOffice, ChargerListener listener) {
        board.unbindListener(listener);
        control.execute(() -> charger.backOfficeWent(backOffice));
    }
}
