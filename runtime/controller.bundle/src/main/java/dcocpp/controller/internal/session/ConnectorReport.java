package dcocpp.controller.internal.session;

import java.util.List;
import java.util.Optional;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Fault;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.power.GunView;
import dcocpp.controller.internal.ring.OutputStage;

/** What others get to see of a connector. */
final class ConnectorReport {

    private static final int INFO_LENGTH = 50;
    private static final long IDLE_NANOS = 10_000_000_000L;

    private ConnectorReport() {
    }

    /**
     * What the machine knows beside the session.
     *
     * @param plugged a vehicle is connected
     * @param inoperative taken out of service by the back office
     * @param paused paused by a command, or because the token was refused after the start
     * @param reserved reserved, and not by whom charges here
     * @param offeredW power offered to the vehicle, W
     * @param maxPowerW the most this connector can give, W
     */
    record Facts(boolean plugged, boolean inoperative, boolean paused, boolean reserved, double offeredW, double maxPowerW) {
    }

    static ConnectorSnapshot of(ConnectorSettings settings, Session session, FaultBook faults, GunView view, OutputStage stage,
            MeterSample live, Facts facts, List<Integer> slotIds) {
        boolean gunClosed = stage.gunContactorIs(view, Position.CLOSED);
        ConnectorStatus status = status(session, faults, view, stage, facts, gunClosed);
        return new ConnectorSnapshot(settings.id(), settings.label(), status, faults.all(), facts.plugged(), gunClosed,
                view.gun().lockEngaged(), session == null ? null : session.snapshot(live.registerMilliWh()), live, slotIds,
                stage.joinedModules(), info(status, session, faults, facts), facts.maxPowerW());
    }

    private static ConnectorStatus status(Session session, FaultBook faults, GunView view, OutputStage stage, Facts facts,
            boolean gunClosed) {
        boolean transaction = session != null && session.inTransaction();
        boolean idle = transaction && session.idleNanos != Long.MIN_VALUE && view.now() - session.idleNanos > IDLE_NANOS;
        boolean nothingOffered = transaction && stage.step() == OutputStage.Step.ON && facts.offeredW() <= 0;
        // Available would invite somebody who cannot be served.
        boolean faulted = faults.faulted().isPresent() || !transaction && faults.forbidsStart().isPresent();
        return StatusTable.status(new StatusTable.Condition(faulted, facts.inoperative(),
                session != null && !session.ended() && !(facts.reserved() && !session.granted), transaction,
                transaction && session.stopReason != null, facts.paused() || nothingOffered, gunClosed,
                view.gun().cp().wantsEnergy(), idle, facts.plugged(),
                // A session that never started leaves no trace on a reserved connector.
                session != null && session.ended() && !(facts.reserved() && session.transactionId == null), facts.reserved()));
    }

    private static String info(ConnectorStatus status, Session session, FaultBook faults, Facts facts) {
        Optional<Fault> fault = status == ConnectorStatus.FAULTED ? faults.faulted().or(faults::forbidsStart) : Optional.empty();
        if (fault.isPresent()) {
            return cut(fault.get().detail());
        }
        return switch (status) {
            case PREPARING -> session == null ? "" : switch (session.phase) {
                case WAITING_FOR_TOKEN -> "waiting for a token";
                case AUTHORIZING -> "asking the back office";
                case WAITING_FOR_VEHICLE -> facts.plugged() ? "waiting for the vehicle" : "waiting for a plug";
                default -> "starting";
            };
            case SUSPENDED_EVSE -> facts.paused()
                    ? session != null && session.allowedUntilMilliWh < Long.MAX_VALUE ? "token refused" : "paused"
                    : session != null && session.phase == SessionPhase.ENERGY ? "no power available" : "starting";
            case FINISHING -> session == null || session.stopInfo.isEmpty() ? "unplug the vehicle" : cut(session.stopInfo);
            default -> "";
        };
    }

    /** As long as the back office takes it. */
    static String cut(String text) {
        return text.length() <= INFO_LENGTH ? text : text.substring(0, INFO_LENGTH);
    }
}
