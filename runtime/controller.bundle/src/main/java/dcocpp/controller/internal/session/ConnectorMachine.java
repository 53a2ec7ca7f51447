package dcocpp.controller.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.controller.internal.power.GunView;
import dcocpp.controller.internal.ring.OutputStage;

/**
 * One connector: its faults, its plug, its energy, its {@link SessionLifeCycle session} and its {@link OutputStage output}. Belongs to
 * the control thread.
 */
public final class ConnectorMachine {

    /** Offered where no limit is configured: the end of the low-voltage range for DC. */
    private static final double HIGHEST_VOLTAGE_V = 1500;
    /** Its transaction ends when its tick has failed for so long. */
    private static final long FAILING_NANOS = 5_000_000_000L;

    private final ConnectorSettings settings;
    private final OutputStage stage;
    private final FaultWatch watch;
    private final FaultBook faults;
    private final Plug plug;
    private final EnergyAccumulator energy;
    private final SessionLifeCycle life;
    private final Occupancy occupancy;
    private final FailingTime failing = new FailingTime(FAILING_NANOS);
    /** What is known of the gun, as of the last tick that worked. */
    private GunView view;
    private final List<TokenQueue.Waiting> restored = new ArrayList<>();
    private boolean paused;
    private double offeredW;
    private double configuredMaxW = Double.POSITIVE_INFINITY;

    public ConnectorMachine(ConnectorSettings settings, OutputStage stage, Meter keptMeter, TimeSource time,
            Surroundings surroundings) {
        this.settings = settings;
        this.stage = stage;
        this.view = new GunView(time.nanoTime(), GunView.unknownGun(settings.id(), time.nanoTime(), "not heard"), Map.of());
        this.watch = new FaultWatch(settings, stage);
        this.faults = watch.book();
        this.plug = new Plug(stage, faults, view);
        this.energy = new EnergyAccumulator(settings, keptMeter,
                (what, detail) -> surroundings.metered(settings.id(), what, detail));
        this.life = new SessionLifeCycle(settings, stage, new TransactionRecorder(settings.id(), energy, time, surroundings), time,
                surroundings);
        this.occupancy = new Occupancy(life, plug, faults);
    }

    /**
     * One tick.
     *
     * @param ownFaults faults that the controller itself sees at this gun
     * @param planned the plan gives this gun at least one module
     * @param planFresh the plan is fresh: a transaction may start
     */
    public void tick(GunView newView, List<Fault> ownFaults, boolean planned, boolean planFresh) {
        GunView before = view;
        view = newView;
        plug.see(newView);
        try {
            tick(ownFaults, planned, planFresh);
        } catch (RuntimeException | Error e) {
            view = before;
            throw e;
        }
        failing.well(view.now());
    }

    private void tick(List<Fault> ownFaults, boolean planned, boolean planFresh) {
        energy.read(view.gun(), view.now());
        if (plug.pulled()) {
            watch.unplugged();
        }
        watch.tick(view, ownFaults, energy.fault(view.now()));
        Optional<Fault> blocking = faults.blocking();
        if (blocking.isPresent()) {
            if (faults.emergency()) {
                stage.emergencyOff(view.now());
            } else {
                stage.stop(view.now());
            }
            life.endFor(blocking.get());
        }
        if (view.gun().linkUp()) {
            restored.forEach(life::restore);
            restored.clear();
        }
        life.tick(new Tick(view, live(), plug.in(), blocking.isPresent(), heldBack(), planned,
                planFresh && energy.counts()), !occupancy.inoperative());
        paused = paused && inTransaction();
    }

    /**
     * What makes it work throws, because of a bug or of nonsense: the output is off and it is Faulted. When that goes on its transaction
     * ends with the last good energy; it is usable again as soon as its ticks are good.
     *
     * @param detail for people
     * @param now process time
     */
    public void failed(String detail, long now) {
        stage.emergencyOff(now);
        faults.add(new Fault(FaultCause.INTERNAL, detail));
        failing.failed(now);
        if (failing.lasts(1)) {
            life.shutDown(FaultRules.stopReason(FaultCause.INTERNAL), live());
        }
    }

    /** Somebody has paused it, or the token was refused after the start and what it may have all the same is used up. */
    private boolean heldBack() {
        return paused || inTransaction() && energy.lifetimeMilliWh() >= life.session().allowedUntilMilliWh;
    }

    /** The latest measured values. */
    public MeterSample live() {
        return view.sample(energy.lifetimeMilliWh(), offeredW, settings.meterSource());
    }

    /** What the PLC shall know and do, beside what the output stage wants. */
    public GunCommand command(double offerW, double offerA, Set<FaultCause> reported) {
        offeredW = offerW;
        Session session = life.session();
        GunCommand.Authorization authorization = session == null ? GunCommand.Authorization.UNKNOWN : session.authorization();
        return new GunCommand(settings.id(), authorization, stage.closeGunContactor(), plug.lock(session != null && session.granted),
                stage.forceOff(), watch.clears(),
                settings.maxVoltageV() > 0 ? settings.maxVoltageV() : HIGHEST_VOLTAGE_V, offerA, offerW,
                stage.step() == OutputStage.Step.ON, reported);
    }

    /** Everything off; the lock stays as it is until nothing can be at the pins. For a tick in which nothing better can be said. */
    public GunCommand off() {
        offeredW = 0;
        return new GunCommand(settings.id(), GunCommand.Authorization.DENIED, false, plug.lock(false), true, watch.clears(), 0, 0, 0,
                false, faultCauses());
    }

    /** Nothing can be at the pins of the plug. */
    public boolean touchable() {
        return plug.touchable();
    }

    /**
     * What others get to see.
     *
     * @param sitePowerW what the site can give, W
     */
    public ConnectorSnapshot snapshot(List<Integer> slotIds, double sitePowerW) {
        Session session = life.session();
        boolean reserved = occupancy.reserved() && !(session != null && session.granted);
        double maxPowerW = settings.maxPowerW() > 0 ? Math.min(settings.maxPowerW(), sitePowerW) : sitePowerW;
        return ConnectorReport.of(settings, session, faults, view, stage, live(),
                new ConnectorReport.Facts(plug.in(), occupancy.inoperative(), heldBack(), reserved, offeredW, maxPowerW), slotIds);
    }

    /** What others get to see when nothing better can be said. */
    public ConnectorSnapshot unshown(String detail) {
        return new ConnectorSnapshot(settings.id(), settings.label(), ConnectorStatus.FAULTED, List.of(new Fault(FaultCause.INTERNAL, detail)),
                plug.in(), false, false, null, new MeterSample(energy.lifetimeMilliWh(), Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                        Double.NaN, offeredW, Double.NaN), List.of(), List.of(), ConnectorReport.cut(detail), 0);
    }

    // What the back office and people want of it.

    /** Tokens that wait here and have started nothing. */
    public List<TokenQueue.Waiting> pendingTokens() {
        List<TokenQueue.Waiting> pending = new ArrayList<>(restored);
        if (life.session() != null) {
            pending.addAll(life.session().pendingTokens());
        }
        return pending;
    }

    /** Tokens that waited here before a restart; they count once it is known whether a vehicle is plugged in. */
    public void restore(List<TokenQueue.Waiting> tokens) {
        restored.addAll(tokens);
    }

    /** A token that may charge here; {@code authorized} when nobody needs to be asked. */
    public void present(Token token, boolean authorized) {
        life.present(token, authorized);
    }

    /** A token of which the back office was asked already. */
    public void present(Token token, AuthorizationAnswer answer) {
        life.present(token, answer);
    }

    /** A token that comes while another is asked about here; false if none is. */
    public boolean queue(Token token) {
        return !occupancy.bars(token.idTag()) && life.queue(token);
    }

    /** Ends the transaction, or the session of an accepted token when there is none. The first reason counts. */
    public void stop(StopReason reason, String stopIdTag) {
        life.stop(reason, stopIdTag);
    }

    /** What the gun was like at last, before the hardware was released, as of the process time {@code now}. */
    public void lastReading(GunState gun, long now) {
        energy.read(gun, now);
    }

    /** The charger shuts down and the output is off: the transaction ends here and now. */
    public void shutDown(StopReason reason) {
        life.shutDown(reason, live());
    }

    /** There is a back office again: an open question is asked anew. */
    public void askAgain() {
        life.askAgain();
    }

    /** An answer of the back office; only the one to our latest question counts. */
    public void answered(AuthorizationAnswer answer) {
        life.answered(answer);
    }

    /** What the back office said of a transaction; ignored when it does not run here. */
    public void judged(TransactionVerdict verdict) {
        life.judged(verdict, energy.lifetimeMilliWh());
    }

    /** How long a token, the plug of an accepted one, and then the vehicle are waited for. */
    public void timeouts(Duration authorization, Duration plugIn, Duration powerRequest) {
        life.patience(new Patience(authorization, plugIn, powerRequest));
    }

    /** Taken out of service, once its transaction is over. */
    public void inoperative(boolean value) {
        occupancy.inoperative(value);
        if (value && inSession() && !inTransaction()) {
            life.stop(StopReason.OTHER, "");
        }
    }

    /**
     * The reservations in force.
     *
     * @param here it is reserved; null = it is not
     * @param anywhere those that may be used at any connector
     */
    public void reservations(Reservation here, List<Reservation> anywhere) {
        occupancy.promise(new Promise(here, anywhere));
    }

    /** Zero power with the contactor closed. */
    public void paused(boolean value) {
        paused = value;
    }

    /** What the configuration says by now; the rest of it waits until no session runs, a lower power limit does not. */
    public void configured(ConnectorSettings wanted) {
        configuredMaxW = wanted.maxPowerW() > 0 ? wanted.maxPowerW() : Double.POSITIVE_INFINITY;
    }

    /** The power limit that the configuration sets by now, W; infinite = none. */
    public double configuredMaxW() {
        return configuredMaxW;
    }

    /** The lock shall open although a vehicle is plugged. */
    public void unlock(boolean value) {
        plug.unlock(value);
    }

    /** An operator clears latched faults; what the hardware lets go of before the deadline (process time) is let go of as well. */
    public void clearFaults(long deadlineNanos) {
        watch.clear(deadlineNanos);
    }

    /** These faults were latched before a restart, newest first: they still are. */
    public void latch(List<Fault> latched) {
        latched.forEach(faults::latch);
    }

    /** Faults that only an operator clears, active or latched, newest first. */
    public List<Fault> latchedFaults() {
        return faults.latchedFaults();
    }

    /** A fault that only an operator clears is there, active or latched. */
    public boolean faultLatched() {
        return faults.latched();
    }

    /** Who has it, and who may take it. */
    public Occupancy occupancy() {
        return occupancy;
    }

    // What the control loop asks.

    public ConnectorSettings settings() {
        return settings;
    }

    public OutputStage stage() {
        return stage;
    }

    /** A fault that ends energy at the whole site. */
    public static boolean tripsSite(Fault fault) {
        return FaultRules.tripsSite(fault.cause());
    }

    /** A fault here that ends energy at the whole site, active or latched. */
    public Optional<Fault> siteTrip() {
        return faults.siteTrip();
    }

    /** Faults that the vehicle side must know. */
    public Set<FaultCause> faultCauses() {
        return faults.all().stream().map(Fault::cause).collect(Collectors.toSet());
    }

    /** Power offered to the vehicle, W. */
    public double offeredW() {
        return offeredW;
    }

    public boolean plugged() {
        return plug.in();
    }

    /** When the vehicle was plugged in, process time. */
    public long pluggedNanos() {
        return plug.sinceNanos();
    }

    /** A session that has not ended. */
    public boolean inSession() {
        return occupancy.inSession();
    }

    /** A transaction whose end is not written. */
    public boolean inTransaction() {
        return occupancy.inTransaction();
    }

    /** Our id of the transaction that runs here; empty = none. */
    public String transactionId() {
        return inTransaction() ? life.session().transactionId : "";
    }

    /** A contactor moves for this session: not the moment to change planners. */
    public boolean switching() {
        return inSession() && switch (life.session().phase) {
            case PRECHARGE, CLOSING, RAMP_DOWN, OPENING -> true;
            default -> false;
        };
    }

    public boolean lockEngaged() {
        return view.gun().lockEngaged();
    }

    /** Energy may flow now or as soon as the plan allows: the planner counts this gun. */
    public boolean wantsPower() {
        return inSession() && !heldBack() && life.session().stopReason == null && switch (life.session().phase) {
            case PREPARING_ISLAND, PRECHARGE, CLOSING, ENERGY -> true;
            default -> false;
        };
    }
}
