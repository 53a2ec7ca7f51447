package dcocpp.controller.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.osgi.framework.Version;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerListener;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.config.Configs;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.planning.PlannerInfo;
import dcocpp.controller.internal.port.BackOfficeMail;
import dcocpp.controller.internal.port.Bells;
import dcocpp.controller.internal.port.CommandDesk;
import dcocpp.controller.internal.port.HardwareEvents;
import dcocpp.controller.internal.port.StatusBoard;

/** The real controller of one process: what the service component runtime would wire is wired by hand. */
public final class ModelController {
    /** Half as often as in the product: an hour of a charger's life takes half as long. */
    private static final int TICK_MS = 200;

    private final HardwareEvents events = new HardwareEvents();
    private final BackOfficeMail mail = new BackOfficeMail();
    private final CommandDesk desk = new CommandDesk();
    private final StatusBoard board;
    private final JournalStore journal;
    private final ScheduledExecutorService control;
    private final Charger charger;
    private final TimeSource time;
    private final BooleanSupplier alive;

    public ModelController(TimeSource time, Path folder, int connectors, ModelCabinet cabinet, JournalStore journal, BooleanSupplier alive) {
        this.time = time;
        this.alive = alive;
        this.journal = journal;
        board = new StatusBoard(time);
        control = time.newAgent("dcocpp-controller-control");
        charger = new Charger(time, control, journal, new Charger.Ports(board, events, mail, desk),
                Configs.chargePoint(folder, Map.of()), Configs.site(Map.of("gridLimitKW", "100")),
                IntStream.rangeClosed(1, connectors).mapToObj(id -> Configs.connector(1, id, Map.of())).toList(),
                List.copyOf(Configs.ring(1, connectors)), () -> { });
        control.execute(charger::start);
        control.execute(() -> charger.hardwareCame(cabinet.drivenBy(this), "sim"));
        control.execute(() -> charger.plannerCame(new PlannerInfo(1, "dcocpp.planner", Version.parseVersion("1.0.0"), "test"),
                ModelCabinet.planner()));
        control.scheduleAtFixedRate(charger::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    boolean alive() {
        return alive.getAsBoolean();
    }

    public JournalStore journal() {
        return journal;
    }

    public ChargerStatus status() {
        return board;
    }

    public ChargerControl control() {
        return desk;
    }

    public BackOfficeInbox inbox() {
        return mail;
    }

    public void swipe(String idTag, int connectorId) {
        events.tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, time.nanoTime()));
    }

    /** A protocol bundle is there. */
    public void came(BackOffice backOffice, ChargerListener listener) {
        Bells.add(board, listener);
        control.execute(() -> charger.backOfficeCame(backOffice));
    }

    /** It goes. */
    public void went(BackOffice backOffice, ChargerListener listener) {
        Bells.remove(board, listener);
        control.execute(() -> charger.backOfficeWent(backOffice));
    }
}
