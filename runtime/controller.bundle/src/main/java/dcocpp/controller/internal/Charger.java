package dcocpp.controller.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.StopReason;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.ConnectorEntry;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.config.SlotEntry;
import dcocpp.controller.internal.journal.ControllerMemory;
import dcocpp.controller.internal.journal.JournalDesk;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.controller.internal.planning.PlanWitness;
import dcocpp.controller.internal.planning.PlannerInfo;
import dcocpp.controller.internal.planning.PlannerSlot;
import dcocpp.controller.internal.planning.PlanningInputs;
import dcocpp.controller.internal.port.BackOfficeMail;
import dcocpp.controller.internal.port.CommandDesk;
import dcocpp.controller.internal.port.HardwareEvents;
import dcocpp.controller.internal.port.StatusBoard;
import dcocpp.controller.internal.ring.RingSequencer;
import dcocpp.controller.internal.session.ConnectorMachine;
import dcocpp.controller.internal.session.ReservationBook;
import dcocpp.controller.internal.session.Surroundings;
import dcocpp.controller.internal.session.TokenDesk;

/**
 * The charger: takes mail, ticks the control loop, shows snapshots. All methods but the constructor and {@link #stop} belong to the
 * control thread.
 */
public final class Charger implements Surroundings, CommandHandler.Actions {

    private static final Logger LOG = LoggerFactory.getLogger(Charger.class);
    /** How long the guns may take to come down when the charger ends. Real time. */
    private static final long RAMP_DOWN_NANOS = 3_000_000_000L;
    private static final String PROMOTED_PLANNER = "planner.promoted";

    private final TimeSource time;
    private final Executor control;
    private final Ports ports;
    private final ChargePointSettings chargePoint;
    private final SiteSettings site;
    private final Runnable exit;
    private final JournalDesk journal;
    private final HardwareSlot hardware = new HardwareSlot();
    private final PlannerSlot planners;
    private final CabinetKeeper keeper;
    private final ControlLoop loop;
    private final PlanWitness witness;
    private final Bookkeeping books;
    private final TokenDesk tokens;
    private final CommandHandler commands;
    private final ReservationBook reservations;
    private final BackOfficeSlot backOffices = new BackOfficeSlot();
    private final Map<Integer, Meter> meters = new HashMap<>();
    private final FailureLog failures = new FailureLog();
    private final ConnectorReports reports;
    private final AtomicBoolean reactionPending = new AtomicBoolean();
    private BackOfficeState wishes;
    private long snapshotNumber;
    private Object shown = "";
    private boolean ringAnyway;
    private boolean stopped;
    /** From the wish to end until it is done. */
    private CountDownLatch stopping;
    private long stopByNanos;

    /** Where others meet the controller. */
    public record Ports(StatusBoard board, HardwareEvents events, BackOfficeMail mail, CommandDesk desk) {
    }

    public Charger(TimeSource time, Executor control, JournalStore store, Ports ports, ChargePointSettings chargePoint, SiteSettings site,
            Collection<ConnectorEntry> connectorEntries, Collection<SlotEntry> slotEntries, Runnable exit) {
        this.time = time;
        this.control = control;
        this.ports = ports;
        this.chargePoint = chargePoint;
        this.site = site;
        this.exit = exit;
        ControllerMemory memory = new ControllerMemory(store);
        wishes = memory.backOfficeState();
        reservations = new ReservationBook(wishes.reservations(), memory.endedReservations());
        reports = new ConnectorReports(time);
        tokens = new TokenDesk(time, this);
        commands = new CommandHandler(tokens, this, time.rate());
        store.meters().forEach(meter -> meters.put(meter.connectorId(), meter));
        journal = new JournalDesk(store, time, control);
        planners = new PlannerSlot(time, control, memory.value(PROMOTED_PLANNER).orElse(""),
                label -> journal.remember(kept -> kept.keep(PROMOTED_PLANNER, label)));
        books = new Bookkeeping(time, journal, memory, store.cutOff());
        keeper = new CabinetKeeper(time, chargePoint, connectorEntries, slotEntries, hardware, this::cabinet);
        loop = new ControlLoop(time, hardware, planners, books.wear());
        witness = new PlanWitness(time, chargePoint.recordingDir(), books.happenings()::shared);
    }

    /** From now on mail is taken and events are reacted to. */
    public void start() {
        ports.events().attach(this::react);
        ports.mail().attach(this::react);
        ports.desk().attach(this::react);
    }

    /** Events do not wait for the next tick. Any thread. */
    private void react() {
        if (reactionPending.compareAndSet(false, true)) {
            control.execute(() -> {
                reactionPending.set(false);
                tick();
            });
        }
    }

    /** One tick. Whatever of it fails, the hardware gets its command. */
    public void tick() {
        if (stopped) {
            return;
        }
        long beganNanos = time.nanoTime();
        guarded("Keeping happenings", books.happenings()::tick);
        guarded("Following the configuration", keeper::follow);
        Cabinet cabinet = keeper.cabinet();
        if (cabinet == null || stopping != null && stopIfQuiet()) {
            return;
        }
        takeMail(cabinet);
        List<Fault> faults = journal.trouble().isEmpty() ? List.of() : List.of(new Fault(FaultCause.JOURNAL, journal.trouble()));
        if (journal.inTroubleFor(chargePoint.journalFaultLimit())) {
            cabinet.connectors().stream().filter(ConnectorMachine::inTransaction).forEach(connector -> connector.stop(StopReason.OTHER, ""));
        }
        loop.tick(cabinet, site.values(), wishes, faults);
        guarded("Keeping tokens, wear and latched faults", () -> books.see(cabinet.connectors()));
        guarded("Recording", () -> witness.tick(loop.input(), planners, site.values().recordMaxBytes()));
        guarded("Ending commands", () -> commands.tick(time.nanoTime()));
        guarded("Showing", () -> show(cabinet));
        loop.ended(beganNanos);
    }

    /** What fails here costs itself only. */
    private void guarded(String what, Runnable task) {
        failures.guarded(what, task, time);
    }

    /** A piece of mail that cannot be handled is lost, and nothing else. */
    private static void handled(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{} cannot be handled and is dropped", what, e);
        }
    }

    private Cabinet cabinet(Topology topology) {
        RingSequencer ring = new RingSequencer(topology, books.contactors());
        Cabinet made = new Cabinet(topology, ring, books.contactors(), (connector, stage) ->
                new ConnectorMachine(connector, stage, meters.get(connector.id()), time, this));
        books.restore(made.connectors());
        return made;
    }

    /** Each piece for itself: one that cannot be handled is dropped, and the rest is not. */
    private void takeMail(Cabinet cabinet) {
        handled("What the back office wants", this::takeWishes);
        for (ConnectorMachine connector : cabinet.connectors()) {
            int id = connector.settings().id();
            connector.timeouts(chargePoint.authorizationTimeout(), ports.mail().plugInTimeout(), chargePoint.powerRequestTimeout());
            guarded("Taking connector " + id + " out of service", () -> connector.inoperative(wishes.held() || wishes.inoperative(id)));
        }
        keepReserved(cabinet);
        for (AuthorizationAnswer answer : ports.mail().drainAnswers()) {
            if (!commands.resetting()) {
                handled("An answer of the back office", () -> {
                    tokens.answered(answer, cabinet.connectors());
                    cabinet.connectors().forEach(connector -> connector.answered(answer));
                });
                keepReserved(cabinet);
            }
        }
        for (TransactionVerdict verdict : ports.mail().drainVerdicts()) {
            handled("A verdict of the back office", () -> cabinet.connectors().forEach(connector -> connector.judged(verdict)));
        }
        for (TokenRead token : ports.events().drainTokens()) {
            if (!commands.resetting()) {
                handled("A token", () -> tokens.read(token, cabinet.connectors()));
                keepReserved(cabinet);
            }
        }
        ports.desk().drain().forEach(order -> {
            guarded("Keeping a command", () -> books.happenings().ordered(order.command(), order.result()));
            commands.handle(order, cabinet, time.nanoTime());
            keepReserved(cabinet);
        });
    }

    private void takeWishes() {
        BackOfficeState newWishes = ports.mail().takeWishes();
        if (newWishes != null && newWishes.number() >= wishes.number()) {
            reservations.wanted(newWishes.reservations());
            wishes = newWishes;
            books.keep(wishes, reservations.ended());
        }
    }

    /** Each token that takes a connector may make the rest scarce. */
    private void keepReserved(Cabinet cabinet) {
        guarded("Keeping what is reserved", () -> reservations.apply(cabinet.connectors(), time.now()));
    }

    @Override
    public void used(Reservation reservation) {
        reservations.used(reservation.reservationId());
        books.keep(wishes, reservations.ended());
    }

    private void show(Cabinet cabinet) {
        var taken = loop.hardwareSnapshot();
        if (hardware.startingUp(taken.condition(), time.nanoTime(), time.rate())) {
            return;
        }
        double sitePowerW = Math.min(PlanningInputs.ratedPowerW(cabinet.topology()), site.values().gridLimitW());
        List<ConnectorSnapshot> connectors = reports.of(cabinet.connectors(),
                connector -> connector.snapshot(cabinet.ring().slots(connector.settings().id()), sitePowerW));
        if (reservations.endBroken(connectors, wishes, id -> loop.hardwareReady() && hardware.heard(id), time.nanoTime())) {
            books.keep(wishes, reservations.ended());
        }
        ChargerSnapshot snapshot = new ChargerSnapshot(++snapshotNumber, time.nanoTime(), time.now(), keeper.hardwareName(), taken.condition(),
                taken.detail(), connectors, taken.modules(), loop.planSnapshot(), planners.snapshot(), backOffices.link(), sitePowerW,
                keeper.pending(), wishes.number(), reservations.ended(), taken.buses(), loop.pace());
        ports.board().show(snapshot);
        books.happenings().see(snapshot);
        Object essence = Essence.of(snapshot);
        if (ringAnyway || !essence.equals(shown)) {
            shown = essence;
            ringAnyway = false;
            ports.board().ring();
        }
    }

    /** All bundles have had their turn to start: the hardware services that have come by now are all that there are for the time being. */
    public void bundlesStarted() {
        hardware.bundlesStarted();
    }

    /** A hardware service is there; the one of the configured name is used. */
    public void hardwareCame(Hardware service, String name) {
        hardware.add(service, name);
    }

    void hardwareWent(Hardware service) {
        hardware.remove(service);
    }

    /** A protocol is there. */
    public void backOfficeCame(BackOffice backOffice) {
        backOffices.add(backOffice);
        if (keeper.cabinet() != null) {
            keeper.cabinet().connectors().forEach(ConnectorMachine::askAgain);
            tokens.askAgain();
        }
    }

    /** A protocol goes. */
    public void backOfficeWent(BackOffice backOffice) {
        backOffices.remove(backOffice);
    }

    /** Something was done to a bundle, whichever. */
    void bundleChanged(String bundle, String what) {
        books.happenings().bundle(bundle, what);
    }

    /** A planner is there. */
    public void plannerCame(PlannerInfo info, ChargePlanner planner) {
        planners.add(info, planner);
    }

    void plannerWent(ChargePlanner planner) {
        planners.remove(planner);
    }

    @Override
    public void write(List<JournalEvent> events, List<Meter> newMeters, Runnable done, Runnable failed) {
        newMeters.forEach(meter -> meters.put(meter.connectorId(), meter));
        journal.write(events, newMeters, () -> {
            ringAnyway = true;
            done.run();
        }, failed);
    }

    @Override
    public void authorize(AuthorizationRequest request) {
        backOffices.authorize(request);
    }

    @Override
    public void metered(int connectorId, String what, String detail) {
        books.happenings().metered(connectorId, what, detail);
    }

    @Override
    public String bootId() {
        return time.bootId();
    }

    @Override
    public boolean backOffice(boolean connect) {
        return backOffices.connect(connect);
    }

    @Override
    public boolean delivered() {
        return backOffices.delivered();
    }

    @Override
    public void reset(boolean hard) {
        if (hard) {
            exit.run();
        } else {
            hardware.release();
            backOffices.reset();
        }
    }

    /**
     * Ends everything: power goes down before the contactors open, transactions are closed in the journal, outputs are safe. From any
     * thread; waits at most six seconds.
     */
    void stop() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        control.execute(() -> beginStop(done));
        if (!done.await(6, TimeUnit.SECONDS)) {
            LOG.error("The control thread does not answer; the hardware's own watchdog makes the outputs safe");
        }
        witness.close();
        journal.close();
    }

    void beginStop(CountDownLatch done) {
        stopping = done;
        stopByNanos = time.nanoTime() + (long) (RAMP_DOWN_NANOS * time.rate());
        ports.events().detach();
        ports.mail().detach();
        ports.desk().detach();
        commands.close();
        books.ending();
        if (keeper.cabinet() != null) {
            keeper.cabinet().connectors().forEach(connector -> connector.stop(StopReason.REBOOT, ""));
        }
        stopIfQuiet();
    }

    /** Opening under load wears the contactors: the end waits for the ramps, but not for a gun that does not come down. */
    private boolean stopIfQuiet() {
        boolean quiet = keeper.cabinet() == null || !keeper.cabinet().busy();
        if (quiet || time.nanoTime() - stopByNanos >= 0) {
            stopOnControl();
            stopping.countDown();
        }
        return stopped;
    }

    private void stopOnControl() {
        stopped = true;
        List<GunState> last = hardware.release();
        Cabinet cabinet = keeper.cabinet();
        if (cabinet != null) {
            last.stream().filter(gun -> cabinet.connector(gun.connectorId()) != null)
                    .forEach(gun -> cabinet.connector(gun.connectorId()).lastReading(gun, time.nanoTime()));
            cabinet.connectors().forEach(connector -> connector.shutDown(StopReason.REBOOT));
        }
        planners.close();
        books.close();
    }
}
