package dcocpp.controller.internal.session;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.ring.OutputStage;

/**
 * The session of one connector from plug-in, or token, to unplug: who charges, when the transaction starts, why it ends. No energy before
 * the start is on the disk, no end before the output is off. Belongs to the control thread.
 */
final class SessionLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLifeCycle.class);
    private static final Duration PLUG_DROP_GRACE = Duration.ofSeconds(8);
    /** A contactor that does not open must not keep the bill open. */
    private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(10);
    /** Real time, because it is the network that is waited for. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(35);

    private final ConnectorSettings settings;
    private final OutputStage stage;
    private final TransactionRecorder recorder;
    private final TimeSource time;
    private final Surroundings surroundings;
    private Patience patience = new Patience(Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofMinutes(1));
    private Promise promise = Promise.NONE;
    private Session session;

    SessionLifeCycle(ConnectorSettings settings, OutputStage stage, TransactionRecorder recorder, TimeSource time,
            Surroundings surroundings) {
        this.settings = settings;
        this.stage = stage;
        this.recorder = recorder;
        this.time = time;
        this.surroundings = surroundings;
    }

    /** The session; null when there is none. Only for reading. */
    Session session() {
        return session;
    }

    void patience(Patience value) {
        patience = value;
    }

    void promise(Promise value) {
        promise = value;
    }

    /** One tick. */
    void tick(Tick tick, boolean inService) {
        if (session == null && tick.plugged() && inService && !tick.blocked()) {
            session = new Session(UUID.randomUUID().toString(), time.now(), time.nanoTime());
            LOG.info("Connector {}: session {} begins", settings.id(), session.id);
        }
        if (session != null) {
            plug(tick);
        }
        if (session != null) {
            phase(tick);
        }
        if (session != null && session.inTransaction()) {
            recorder.sampleIfDue(session, tick.live());
        }
    }

    private void plug(Tick tick) {
        long now = time.nanoTime();
        if (tick.plugged() && !(session.transactionOpen() && tick.pilotLost())) {
            session.everPlugged = true;
            session.lostNanos = Long.MIN_VALUE;
        } else if (session.everPlugged && !session.transactionOpen()) {
            LOG.info("Connector {}: unplugged", settings.id());
            session = null;
        } else if (session.everPlugged && session.lostNanos == Long.MIN_VALUE) {
            // The vehicle may only have toggled the pilot: the output goes off at once, the session is kept for a moment.
            session.lostNanos = now;
            stage.emergencyOff(tick.view().now());
        } else if (session.everPlugged && now - session.lostNanos > PLUG_DROP_GRACE.toNanos()) {
            stop(StopReason.EV_DISCONNECTED, "");
        }
    }

    private void phase(Tick tick) {
        long inPhase = time.nanoTime() - session.phaseNanos;
        switch (session.phase) {
            case WAITING_FOR_TOKEN -> {
                if (inPhase > patience.authorization().toNanos()) {
                    endWithoutTransaction("no token in time");
                }
            }
            case AUTHORIZING -> authorizing();
            case WAITING_FOR_VEHICLE -> waitingForVehicle(tick, inPhase);
            case PREPARING_ISLAND -> {
                if (session.stopReason != null || !tick.powerRequested(session, settings)) {
                    go(session.stopReason != null ? SessionPhase.RAMP_DOWN : SessionPhase.WAITING_FOR_VEHICLE);
                } else if (tick.planned() && stage.off()) {
                    stage.start(tick.view().now());
                    go(SessionPhase.PRECHARGE);
                }
            }
            case PRECHARGE, CLOSING -> followStart(tick);
            case ENERGY -> followEnergy(tick);
            case RAMP_DOWN, OPENING -> switchingOff(tick, inPhase);
            default -> { }
        }
    }

    private void go(SessionPhase phase) {
        session.enter(phase, time.nanoTime());
    }

    private void authorizing() {
        long now = time.nanoTime();
        long askAgain = (long) (ASK_AGAIN.toNanos() * time.rate());
        // A card without a vehicle keeps the connector from others no longer than an accepted one does.
        Duration limit = session.everPlugged ? patience.authorization() : patience.plugIn();
        if (now - session.tokenNanos > limit.toNanos()) {
            refuse("no answer in time");
        } else if (session.requestId == null || now - session.requestNanos > askAgain) {
            session.requestId = UUID.randomUUID().toString();
            session.requestNanos = now;
            surroundings.authorize(new AuthorizationRequest(session.requestId, settings.id(), session.token, now + askAgain));
        }
    }

    private void waitingForVehicle(Tick tick, long inPhase) {
        boolean requested = tick.powerRequested(session, settings);
        boolean wanted = requested && !tick.paused() && stage.off();
        if (wanted && session.transactionId != null) {
            if (inPhase > session.pauseAfterUnaskedOpening(time.nanoTime()).toNanos()) {
                go(SessionPhase.PREPARING_ISLAND);
            }
        } else if (wanted && tick.startable()) {
            startTransaction(tick.live());
        } else if (session.transactionId != null) {
            if (tick.view().gun().hlc().chargeComplete()) {
                completed();
            }
        } else if (!tick.plugged() && inPhase > patience.plugIn().toNanos()) {
            endWithoutTransaction("no vehicle in time");
        } else if (tick.plugged() && (requested || tick.paused())) {
            // It is not the vehicle that is waited for.
            session.phaseNanos = time.nanoTime();
        } else if (tick.plugged() && inPhase > patience.powerRequest().toNanos()) {
            endWithoutTransaction("the vehicle asks for no energy");
        }
    }

    private void startTransaction(MeterSample live) {
        Optional<Reservation> used = reservationInUse();
        used.ifPresent(reservation -> session.reservationId = reservation.reservationId());
        session.transactionId = UUID.randomUUID().toString();
        session.startedAt = time.now();
        session.meterStartMilliWh = live.registerMilliWh();
        go(SessionPhase.JOURNALLING);
        Session starting = session;
        recorder.start(session, live, () -> {
            used.ifPresent(surroundings::used);
            if (session == starting) {
                LOG.info("Connector {}: transaction {} started at {} mWh", settings.id(), session.transactionId,
                        session.meterStartMilliWh);
                go(SessionPhase.PREPARING_ISLAND);
            }
        }, () -> {
            if (session == starting) {
                session.transactionId = null;
                endWithoutTransaction("its start cannot be written to the journal");
            }
        });
    }

    /** What guards the start holds until the contactor has closed. */
    private void followStart(Tick tick) {
        if (tick.view().gun().hlc().chargeComplete()) {
            completed();
        } else if (!tick.powerRequested(session, settings)
                || session.phase == SessionPhase.PRECHARGE && (tick.paused() || !tick.planned())) {
            stage.stop(tick.view().now());
            go(SessionPhase.RAMP_DOWN);
        } else {
            switch (stage.step()) {
                case CLOSING -> go(SessionPhase.CLOSING);
                case ON -> go(SessionPhase.ENERGY);
                case OFF, OPENING -> go(SessionPhase.OPENING);
                default -> { }
            }
        }
    }

    private void followEnergy(Tick tick) {
        if (stage.step() == OutputStage.Step.RAMP_DOWN) {
            go(SessionPhase.RAMP_DOWN);
            return;
        }
        if (stage.step() != OutputStage.Step.ON) {
            // What we switch off at once, as for a plug that is out for a moment, was asked for.
            if (!stage.forceOff() && session.lostNanos == Long.MIN_VALUE && session.opensUnaskedAgain(time.nanoTime())) {
                stage.failed(FaultCause.LOCAL_FAULT, "the gun contactor opens by itself");
            }
            go(SessionPhase.OPENING);
            return;
        }
        var gun = tick.view().gun();
        boolean idle = Math.abs(tick.view().presentCurrentA()) < 1 && !(gun.targetCurrentA() >= 1);
        session.idleNanos = !idle ? Long.MIN_VALUE : session.idleNanos == Long.MIN_VALUE ? tick.view().now() : session.idleNanos;
        if (gun.hlc().chargeComplete()) {
            completed();
        } else if (tick.plugged() && (!gun.cp().wantsEnergy() || !gun.authorizedEcho())) {
            stage.stop(tick.view().now());
            go(SessionPhase.RAMP_DOWN);
        }
    }

    private void switchingOff(Tick tick, long inPhase) {
        if (stage.step() == OutputStage.Step.OPENING) {
            go(SessionPhase.OPENING);
        }
        boolean givenUp = session.phase == SessionPhase.OPENING && inPhase > OPENING_TIMEOUT.toNanos();
        if (session.stopReason != null && (stage.off() || givenUp)) {
            finish(tick.live());
        } else if (stage.off()) {
            go(SessionPhase.WAITING_FOR_VEHICLE);
        }
    }

    /** A fault forbids energy: the output is off already, the transaction ends with the fault's reason. */
    void endFor(Fault fault) {
        if (session != null && session.transactionOpen() && session.stopReason == null) {
            LOG.warn("Connector {}: {} ends the transaction", settings.id(), (fault.cause() + " " + fault.detail()).strip());
            session.stopInfo = fault.detail();
            stop(FaultRules.stopReason(fault.cause()), "");
        }
    }

    /** Ends the transaction, or the session when there is none. The first reason counts. */
    void stop(StopReason reason, String stopIdTag) {
        if (session == null || session.ended() || session.phase == SessionPhase.WAITING_FOR_TOKEN) {
            return;
        }
        if (!session.transactionOpen()) {
            endWithoutTransaction(reason.name());
            return;
        }
        if (session.stopReason == null) {
            session.stopReason = reason;
            session.stopIdTag = stopIdTag;
            LOG.info("Connector {}: transaction {} ends, reason {}", settings.id(), session.transactionId, reason);
        }
        stage.stop(time.nanoTime());
        // While the start is still being written the end waits for it.
        if (session.phase != SessionPhase.OPENING && session.phase != SessionPhase.JOURNALLING) {
            go(SessionPhase.RAMP_DOWN);
        }
    }

    /** The vehicle has what it wanted: the back office reads it beside the status. */
    private void completed() {
        session.stopInfo = "EVComplete";
        stop(StopReason.LOCAL, "");
    }

    private void finish(MeterSample live) {
        session.meterStopMilliWh = live.registerMilliWh();
        LOG.info("Connector {}: transaction {} stopped at {} mWh", settings.id(), session.transactionId, session.meterStopMilliWh);
        recorder.stop(session, live);
        end();
    }

    private void endWithoutTransaction(String why) {
        LOG.info("Connector {}: session {} ends without a transaction: {}", settings.id(), session.id, why);
        end();
    }

    private void end() {
        go(SessionPhase.ENDED);
        session.granted = false;
        if (session.lostNanos != Long.MIN_VALUE || !session.everPlugged) {
            session = null;
        }
    }

    /** The charger shuts down and the output is off: the transaction ends here and now. */
    void shutDown(StopReason reason, MeterSample live) {
        if (session != null && session.inTransaction()) {
            session.stopReason = session.stopReason == null ? reason : session.stopReason;
            finish(live);
        }
    }

    /** A token that may charge here. Starts or continues a session. */
    void present(Token token, boolean authorized) {
        offer(token, time.nanoTime());
        if (authorized && promise.allows(token.idTag(), "")) {
            grant("");
        }
    }

    /** A token of which the back office was asked already. */
    void present(Token token, AuthorizationAnswer answer) {
        offer(token, time.nanoTime());
        decide(answer);
    }

    private void offer(Token token, long sinceNanos) {
        if (session == null || session.ended()) {
            session = new Session(UUID.randomUUID().toString(), time.now(), time.nanoTime());
        }
        session.offer(token, sinceNanos, time.nanoTime());
    }

    /** A token that was pending before a restart; the back office is asked, also about one that nobody had to be asked about. */
    void restore(TokenQueue.Waiting kept) {
        if (session == null || session.token == null) {
            offer(kept.token(), kept.sinceNanos());
        } else if (!session.ended()) {
            session.waiting.add(kept.token(), kept.sinceNanos());
        }
    }

    /** A token that comes while another is asked about; false if none is. */
    boolean queue(Token token) {
        return session != null && session.phase == SessionPhase.AUTHORIZING && session.waiting.add(token, time.nanoTime());
    }

    private void grant(String parentIdTag) {
        if (!promise.allows(session.token.idTag(), parentIdTag)) {
            refuse("reserved for another");
            return;
        }
        session.grant(parentIdTag, time.nanoTime());
        LOG.info("Connector {}: token accepted", settings.id());
    }

    private void refuse(String why) {
        LOG.info("Connector {}: token refused: {}", settings.id(), why);
        session.refuse(time.nanoTime());
        session.waiting.next(time.nanoTime(), patience.authorization().toNanos())
                .ifPresent(next -> offer(next.token(), next.sinceNanos()));
        if (session.phase == SessionPhase.WAITING_FOR_TOKEN && !session.everPlugged) {
            session = null;
        }
    }

    /** The reservation that the accepted token here will use. */
    Optional<Reservation> reservationInUse() {
        return session != null && session.granted && (session.transactionId == null || session.phase == SessionPhase.JOURNALLING)
                ? promise.usedBy(session.token.idTag(), session.parentIdTag) : Optional.empty();
    }

    /** There is a back office again: an open question is asked anew. */
    void askAgain() {
        if (session != null && session.phase == SessionPhase.AUTHORIZING) {
            session.requestId = null;
        }
    }

    /** The answer of the back office. Anything but the answer to our latest question is ignored. */
    void answered(AuthorizationAnswer answer) {
        if (session != null && session.phase == SessionPhase.AUTHORIZING && answer.requestId().equals(session.requestId)) {
            decide(answer);
        }
    }

    private void decide(AuthorizationAnswer answer) {
        if (answer.verdict() != AuthorizationAnswer.Verdict.ACCEPTED) {
            refuse(answer.verdict().name());
        } else {
            grant(answer.parentIdTag());
        }
    }

    /** What the back office said of the transaction that runs here. */
    void judged(TransactionVerdict verdict, long lifetimeMilliWh) {
        if (session != null && verdict.transactionId().equals(session.transactionId) && session.transactionOpen()) {
            session.judged(verdict, lifetimeMilliWh);
            if (verdict.stop()) {
                stop(StopReason.DEAUTHORIZED, "");
            }
        }
    }
}
