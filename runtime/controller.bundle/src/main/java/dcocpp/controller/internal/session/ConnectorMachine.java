package dcocpp.controller.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.journal.JournalStore.Meter;
import dcocpp.controller.internal.power.GunView;
import dcocpp.controller.internal.power.OutputStage;

/**
 * One connector from plug-in to unplug: who charges, when the transaction starts, why it ends, what goes into the journal. What the gun
 * does electrically is the {@link OutputStage}'s. Belongs to the control thread.
 */
public final class ConnectorMachine {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorMachine.class);
    private static final Duration PLUG_DROP_GRACE = Duration.ofSeconds(8);
    private static final Duration PLUG_IN_TIMEOUT = Duration.ofSeconds(60);
    /** Real time, because it is the network that is waited for. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(35);

    private final ConnectorSettings settings;
    private final OutputStage stage;
    private final FaultBook faults = new FaultBook();
    private final EnergyAccumulator energy;
    private final TransactionRecorder recorder;
    private final TimeSource time;
    private final Surroundings surroundings;

    private Session session;
    private GunView view;
    private boolean plugged;
    private long pluggedNanos;
    private boolean inoperative;
    private boolean paused;
    private boolean unlockWanted;
    private long clearFaults;
    private Reservation reservation;
    private double offeredW;
    private Duration authorizationTimeout = Duration.ofMinutes(30);
    private Duration powerRequestTimeout = Duration.ofMinutes(1);

    public ConnectorMachine(ConnectorSettings settings, OutputStage stage, Meter keptMeter, TimeSource time,
            Surroundings surroundings) {
        this.settings = settings;
        this.stage = stage;
        this.energy = new EnergyAccumulator(settings.id(), keptMeter, settings.meterScale(),
                Math.round(settings.meterOffsetWh() * 1000));
        this.recorder = new TransactionRecorder(settings.id(), energy, time, surroundings);
        this.time = time;
        this.surroundings = surroundings;
    }

    /**
     * One tick: faults, plug, meter and the session's phase.
     *
     * @param ownFaults faults that the controller itself sees at this gun
     * @param planned the plan gives this gun at least one module
     */
    public void tick(GunView newView, List<Fault> ownFaults, boolean planned) {
        view = newView;
        List<Fault> active = new ArrayList<>(view.gun().faults());
        active.addAll(ownFaults);
        if (!view.gun().linkUp() && active.isEmpty()) {
            active.add(new Fault(FaultCause.PLC_COMM, "not heard"));
        } else if (!view.gun().safe() && active.stream().noneMatch(fault -> FaultRules.blocks(fault.cause()))) {
            active.add(new Fault(FaultCause.SAFETY_LOOP, "the safety chain is open"));
        }
        if (stage.fault() != null) {
            active.add(stage.fault());
        }
        faults.update(active);
        energy.read(view.gun().meter());
        plug();
        faults.blocking().ifPresent(this::stopFor);
        if (session == null && plugged && !inoperative && faults.blocking().isEmpty()) {
            create();
        }
        if (session != null) {
            phase(planned);
        }
        if (session != null && session.inTransaction()) {
            recorder.sampleIfDue(session, live());
        }
    }

    private void plug() {
        boolean now = view.gun().linkUp() ? view.gun().cp().plugged() : plugged && view.hardwarePresent();
        if (now && !plugged) {
            pluggedNanos = view.now();
        }
        plugged = now;
        if (plugged) {
            if (session != null) {
                session.everPlugged = true;
                session.lostNanos = Long.MIN_VALUE;
            }
            return;
        }
        stage.clearFault();
        faults.unplugged();
        paused = false;
        if (session == null || !session.everPlugged) {
            return;
        }
        if (!session.inTransaction() && session.phase != SessionPhase.JOURNALLING) {
            LOG.info("Connector {}: unplugged", settings.id());
            session = null;
        } else if (session.lostNanos == Long.MIN_VALUE) {
            // The vehicle may only have toggled the pilot: the output goes off at once, the session is kept for a moment.
            session.lostNanos = view.now();
            stage.emergencyOff(view.now());
        } else if (view.now() - session.lostNanos > PLUG_DROP_GRACE.toNanos()) {
            stop(StopReason.EV_DISCONNECTED, "");
        }
    }

    private void create() {
        session = new Session(UUID.randomUUID().toString(), time.now(), view.now());
        session.everPlugged = plugged;
        LOG.info("Connector {}: session {} begins", settings.id(), session.id);
    }

    private void stopFor(Fault fault) {
        stage.emergencyOff(view.now());
        if (session != null && session.inTransaction() && session.stopReason == null) {
            LOG.warn("Connector {}: {} {} ends the transaction", settings.id(), fault.cause(), fault.detail());
            stop(FaultRules.stopReason(fault.cause()), "");
        }
    }

    private void phase(boolean planned) {
        long inPhase = view.now() - session.phaseNanos;
        switch (session.phase) {
            case WAITING_FOR_TOKEN -> {
                if (inPhase > authorizationTimeout.toNanos()) {
                    endWithoutTransaction("no token in time");
                }
            }
            case AUTHORIZING -> authorizing();
            case WAITING_FOR_VEHICLE -> waitingForVehicle(inPhase);
            case PREPARING_ISLAND -> {
                if (!powerRequested()) {
                    session.go(SessionPhase.WAITING_FOR_VEHICLE, view.now());
                } else if (planned && stage.off()) {
                    stage.start(view.now());
                    session.go(SessionPhase.PRECHARGE, view.now());
                }
            }
            case PRECHARGE, CLOSING, ENERGY -> followStage();
            case RAMP_DOWN, OPENING -> switchingOff();
            default -> { }
        }
    }

    private void authorizing() {
        if (view.now() - session.tokenNanos > authorizationTimeout.toNanos()) {
            refuse("no answer in time");
        } else if (session.requestId == null
                || view.now() - session.requestNanos > (long) (ASK_AGAIN.toNanos() * time.rate())) {
            session.requestId = UUID.randomUUID().toString();
            session.requestNanos = view.now();
            surroundings.authorize(new AuthorizationRequest(session.requestId, settings.id(), session.token,
                    view.now() + (long) (ASK_AGAIN.toNanos() * time.rate())));
        }
    }

    private void waitingForVehicle(long inPhase) {
        if (powerRequested() && !paused && stage.off()) {
            if (session.transactionId != null) {
                session.go(SessionPhase.PREPARING_ISLAND, view.now());
            } else {
                startTransaction();
            }
        } else if (session.transactionId == null && !plugged && inPhase > PLUG_IN_TIMEOUT.toNanos()) {
            LOG.info("Connector {}: no vehicle in time", settings.id());
            session = null;
        } else if (session.transactionId == null && plugged && inPhase > powerRequestTimeout.toNanos()) {
            endWithoutTransaction("the vehicle asks for no energy");
        } else if (session.transactionId != null && view.gun().hlc().chargeComplete()) {
            stop(StopReason.LOCAL, "");
        }
    }

    /** The vehicle wants energy and everything that guards it agrees. */
    private boolean powerRequested() {
        var gun = view.gun();
        return plugged && session.granted && faults.blocking().isEmpty() && gun.authorizedEcho() && gun.cp().wantsEnergy()
                && gun.hlc().powerReady() && !gun.hlc().chargeComplete() && (gun.lockEngaged() || !settings.requireLock());
    }

    private void startTransaction() {
        session.transactionId = UUID.randomUUID().toString();
        session.startedAt = time.now();
        session.meterStartMilliWh = energy.lifetimeMilliWh();
        if (reservation != null && matches(reservation, session)) {
            session.reservationId = reservation.reservationId();
        }
        session.go(SessionPhase.JOURNALLING, view.now());
        Session starting = session;
        recorder.start(session, live(), () -> {
            if (session == starting) {
                LOG.info("Connector {}: transaction {} started at {} mWh", settings.id(), session.transactionId,
                        session.meterStartMilliWh);
                session.go(SessionPhase.PREPARING_ISLAND, time.nanoTime());
            }
        });
    }

    private void followStage() {
        switch (stage.step()) {
            case CLOSING -> enter(SessionPhase.CLOSING);
            case ON -> enter(SessionPhase.ENERGY);
            case OFF, OPENING -> session.go(SessionPhase.OPENING, view.now());
            default -> { }
        }
        if (session.phase != SessionPhase.ENERGY) {
            return;
        }
        boolean idle = Math.abs(view.presentCurrentA()) < 1 && !(view.gun().targetCurrentA() >= 1);
        session.idleNanos = !idle ? Long.MIN_VALUE : session.idleNanos == Long.MIN_VALUE ? view.now() : session.idleNanos;
        if (view.gun().hlc().chargeComplete()) {
            stop(StopReason.LOCAL, "");
        } else if (!view.gun().cp().wantsEnergy() && plugged) {
            stage.stop(view.now());
            session.go(SessionPhase.RAMP_DOWN, view.now());
        }
    }

    private void enter(SessionPhase phase) {
        if (session.phase != phase) {
            session.go(phase, view.now());
        }
    }

    private void switchingOff() {
        if (stage.step() == OutputStage.Step.OPENING) {
            enter(SessionPhase.OPENING);
        }
        if (stage.off()) {
            if (session.stopReason != null) {
                finish();
            } else {
                session.go(SessionPhase.WAITING_FOR_VEHICLE, view.now());
            }
        }
    }

    /** Ends the transaction, or the session when there is none. The first reason counts. */
    public void stop(StopReason reason, String stopIdTag) {
        if (session == null || session.ended()) {
            return;
        }
        if (!session.inTransaction()) {
            if (session.phase != SessionPhase.JOURNALLING) {
                endWithoutTransaction(reason.name());
            }
            return;
        }
        if (session.stopReason == null) {
            session.stopReason = reason;
            session.stopIdTag = stopIdTag;
            LOG.info("Connector {}: transaction {} ends, reason {}", settings.id(), session.transactionId, reason);
        }
        stage.stop(time.nanoTime());
        enterStopping();
    }

    private void enterStopping() {
        if (session.phase != SessionPhase.OPENING && session.phase != SessionPhase.RAMP_DOWN) {
            session.go(SessionPhase.RAMP_DOWN, time.nanoTime());
        }
    }

    private void finish() {
        session.meterStopMilliWh = energy.lifetimeMilliWh();
        session.go(SessionPhase.ENDED, view.now());
        session.granted = false;
        paused = false;
        LOG.info("Connector {}: transaction {} stopped at {} mWh", settings.id(), session.transactionId, session.meterStopMilliWh);
        recorder.stop(session, live());
        if (!plugged) {
            session = null;
        }
    }

    private void endWithoutTransaction(String why) {
        LOG.info("Connector {}: session {} ends without a transaction: {}", settings.id(), session.id, why);
        session.go(SessionPhase.ENDED, time.nanoTime());
        session.granted = false;
        if (!plugged) {
            session = null;
        }
    }

    /** A token that may charge here. Starts or continues a session. */
    public void present(Token token, boolean authorized) {
        long now = time.nanoTime();
        if (session == null || session.ended()) {
            session = new Session(UUID.randomUUID().toString(), time.now(), now);
            session.everPlugged = plugged;
        }
        session.token = token;
        session.tokenNanos = now;
        session.requestId = null;
        session.go(SessionPhase.AUTHORIZING, now);
        if (authorized) {
            grant("");
        }
    }

    private void grant(String parentIdTag) {
        session.granted = true;
        session.parentIdTag = parentIdTag;
        session.go(SessionPhase.WAITING_FOR_VEHICLE, time.nanoTime());
        LOG.info("Connector {}: token accepted", settings.id());
    }

    private void refuse(String why) {
        LOG.info("Connector {}: token refused: {}", settings.id(), why);
        session.token = null;
        session.requestId = null;
        if (plugged) {
            session.go(SessionPhase.WAITING_FOR_TOKEN, time.nanoTime());
        } else {
            session = null;
        }
    }

    /** There is a back office again: an open question is asked anew. */
    public void askAgain() {
        if (session != null && session.phase == SessionPhase.AUTHORIZING) {
            session.requestId = null;
        }
    }

    /**
     * The charger shuts down and the output is off: the transaction ends here and now.
     */
    public void shutDown(StopReason reason) {
        if (session != null && session.inTransaction()) {
            session.stopReason = session.stopReason == null ? reason : session.stopReason;
            finish();
        }
    }

    /** The answer of the back office. Anything but the answer to our latest question is ignored. */
    public void answered(AuthorizationAnswer answer) {
        if (session == null || session.phase != SessionPhase.AUTHORIZING || !answer.requestId().equals(session.requestId)) {
            return;
        }
        if (answer.verdict() != AuthorizationAnswer.Verdict.ACCEPTED) {
            refuse(answer.verdict().name());
        } else if (reservation != null && !reservation.idTag().equals(session.token.idTag())
                && (reservation.parentIdTag().isEmpty() || !reservation.parentIdTag().equals(answer.parentIdTag()))) {
            refuse("reserved for another");
        } else {
            grant(answer.parentIdTag());
        }
    }

    /** What the back office said of the transaction that runs here. */
    public void judged(TransactionVerdict verdict) {
        if (session != null && verdict.transactionId().equals(session.transactionId) && session.inTransaction()) {
            if (!verdict.parentIdTag().isEmpty()) {
                session.parentIdTag = verdict.parentIdTag();
            }
            if (verdict.stop()) {
                stop(StopReason.DEAUTHORIZED, "");
            }
        }
    }

    private static boolean matches(Reservation reservation, Session session) {
        return reservation.idTag().equals(session.token.idTag())
                || !reservation.parentIdTag().isEmpty() && reservation.parentIdTag().equals(session.parentIdTag);
    }

    /** The latest measured values. */
    public MeterSample live() {
        if (view == null) {
            return new MeterSample(energy.lifetimeMilliWh(), 0, Double.NaN, 0, Double.NaN, Double.NaN, 0, 0);
        }
        var gun = view.gun();
        boolean meter = gun.meter().valid();
        double voltageV = meter ? gun.meter().voltageV() : gun.presentVoltageV();
        double currentA = meter ? gun.meter().currentA() : gun.presentCurrentA();
        return new MeterSample(energy.lifetimeMilliWh(), meter ? gun.meter().powerW() : voltageV * currentA, voltageV, currentA,
                gun.socPercent(), gun.connectorTemperatureC(), offeredW, voltageV > 0 ? offeredW / voltageV : 0);
    }

    /** What the PLC shall know and do, beside what the output stage wants. */
    public GunCommand command(double offerW, double offerA, Set<FaultCause> reported) {
        offeredW = offerW;
        return new GunCommand(settings.id(), authorization(), stage.closeGunContactor(), locked(), stage.forceOff(), clearFaults,
                settings.maxVoltageV(), offerA, offerW, stage.step() == OutputStage.Step.ON, reported);
    }

    private GunCommand.Authorization authorization() {
        if (session == null) {
            return GunCommand.Authorization.UNKNOWN;
        }
        if (session.granted) {
            return GunCommand.Authorization.GRANTED;
        }
        return session.ended() ? GunCommand.Authorization.DENIED : GunCommand.Authorization.PENDING;
    }

    private boolean locked() {
        return plugged && !unlockWanted && session != null && session.granted;
    }

    // What the control loop sets and asks.

    public void timeouts(Duration authorization, Duration powerRequest) {
        authorizationTimeout = authorization;
        powerRequestTimeout = powerRequest;
    }

    public void inoperative(boolean value) {
        inoperative = value;
        if (value && session != null && !session.inTransaction() && !session.ended()
                && session.phase != SessionPhase.JOURNALLING) {
            endWithoutTransaction("taken out of service");
        }
    }

    public void reservation(Reservation value) {
        reservation = value;
    }

    public void paused(boolean value) {
        paused = value;
    }

    public void unlock(boolean value) {
        unlockWanted = value;
    }

    /** An operator clears latched faults. */
    public void clearFaults() {
        clearFaults++;
        stage.clearFault();
        faults.clearLatched();
    }

    public ConnectorSettings settings() {
        return settings;
    }

    public OutputStage stage() {
        return stage;
    }

    /** What others get to see. */
    public ConnectorSnapshot snapshot(List<Integer> slotIds) {
        boolean reserved = reservation != null && !(session != null && session.granted);
        return ConnectorReport.of(settings, session, faults, view, stage, live(),
                new ConnectorReport.Facts(plugged, inoperative, paused, reserved, offeredW), slotIds);
    }

    /** A fault here that ends energy at the whole site. */
    public Optional<Fault> siteTrip() {
        return faults.siteTrip();
    }

    /** Why energy is forbidden here. */
    public Optional<Fault> blocked() {
        return faults.blocking();
    }

    /** Faults that the vehicle side must know. */
    public Set<FaultCause> faultCauses() {
        return faults.all().stream().map(Fault::cause).collect(Collectors.toSet());
    }

    public boolean plugged() {
        return plugged;
    }

    /** When the vehicle was plugged in, process time. */
    public long pluggedNanos() {
        return pluggedNanos;
    }

    /** A session that has not ended. */
    public boolean inSession() {
        return session != null && !session.ended();
    }

    public boolean inTransaction() {
        return session != null && (session.inTransaction() || session.phase == SessionPhase.JOURNALLING);
    }

    /** Plugged or not, this connector takes a new token. */
    public boolean takesToken() {
        return !inoperative && faults.blocking().isEmpty()
                && (session == null || session.ended() || session.phase == SessionPhase.WAITING_FOR_TOKEN);
    }

    /** This token runs the transaction here. */
    public boolean runsWith(String idTag) {
        return inTransaction() && session.token.idTag().equals(idTag);
    }

    /** Our id of the transaction that runs here. */
    public boolean runs(String transactionId) {
        return inTransaction() && transactionId.equals(session.transactionId);
    }

    /** Our id of the transaction that runs here; empty = none. */
    public String transactionId() {
        return inTransaction() ? session.transactionId : "";
    }

    /** A contactor moves for this session: not the moment to change planners. */
    public boolean switching() {
        return session != null && switch (session.phase) {
            case PRECHARGE, CLOSING, RAMP_DOWN, OPENING -> true;
            default -> false;
        };
    }

    public boolean lockEngaged() {
        return view != null && view.gun().lockEngaged();
    }

    /** Energy may flow now or as soon as the plan allows: the planner counts this gun. */
    public boolean wantsPower() {
        return session != null && !paused && session.stopReason == null && switch (session.phase) {
            case PREPARING_ISLAND, PRECHARGE, CLOSING, ENERGY -> true;
            default -> false;
        };
    }
}
