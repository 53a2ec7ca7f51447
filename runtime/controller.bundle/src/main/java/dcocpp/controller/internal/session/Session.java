package dcocpp.controller.internal.session;

import java.time.Duration;
import java.time.Instant;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;

/** What is known of one session. Plain data of {@link ConnectorMachine}. */
final class Session {

    private static final Duration AFTER_SECOND_OPENING = Duration.ofSeconds(30);

    final String id;
    final Instant createdAt;
    SessionPhase phase;
    long phaseNanos;
    boolean everPlugged;

    Token token;
    long tokenNanos;
    final TokenQueue waiting = new TokenQueue();
    boolean granted;
    String parentIdTag = "";
    String requestId;
    long requestNanos;

    String transactionId;
    Instant startedAt;
    long meterStartMilliWh;
    long meterStopMilliWh;
    int reservationId = -1;
    /** The back office does not accept the token: no energy above this lifetime energy. */
    long allowedUntilMilliWh = Long.MAX_VALUE;
    StopReason stopReason;
    String stopIdTag = "";

    long lostNanos = Long.MIN_VALUE;
    long idleNanos = Long.MIN_VALUE;
    int unaskedOpenings;

    Session(String id, Instant createdAt, long now) {
        this.id = id;
        this.createdAt = createdAt;
        go(SessionPhase.WAITING_FOR_TOKEN, now);
    }

    void go(SessionPhase next, long now) {
        phase = next;
        phaseNanos = now;
    }

    /** The PLC opened the contactor on its own: the first time may be a moment's matter, then it must not become chatter. */
    Duration pauseAfterUnaskedOpening() {
        return unaskedOpenings < 2 ? Duration.ZERO : AFTER_SECOND_OPENING;
    }

    /** A transaction was begun, perhaps not yet on the disk, and its end is not written. */
    boolean transactionOpen() {
        return transactionId != null && phase != SessionPhase.ENDED;
    }

    /** The start of a transaction is on the disk and its end is not. */
    boolean inTransaction() {
        return transactionOpen() && phase != SessionPhase.JOURNALLING;
    }

    boolean ended() {
        return phase == SessionPhase.ENDED;
    }

    /** What the PLC shall know. */
    GunCommand.Authorization authorization() {
        if (granted) {
            return GunCommand.Authorization.GRANTED;
        }
        return ended() ? GunCommand.Authorization.DENIED : GunCommand.Authorization.PENDING;
    }

    /** A token of this source is taken now; one that is being asked about gives way to a source with precedence. */
    boolean takes(Token.Source source) {
        return switch (phase) {
            case WAITING_FOR_TOKEN -> true;
            case AUTHORIZING -> source.compareTo(token.source()) < 0;
            // A vehicle that tells its identity once more does not want to begin anew what somebody has ended.
            case ENDED -> source != Token.Source.AUTOCHARGE;
            default -> false;
        };
    }

    /** What the back office said of its transaction. */
    void judged(TransactionVerdict verdict, long lifetimeMilliWh) {
        if (!verdict.parentIdTag().isEmpty()) {
            parentIdTag = verdict.parentIdTag();
        }
        boolean refused = verdict.verdict() != AuthorizationAnswer.Verdict.ACCEPTED;
        // A verdict that is said again allows nothing on top.
        allowedUntilMilliWh = !refused ? Long.MAX_VALUE
                : Math.min(allowedUntilMilliWh, lifetimeMilliWh + verdict.allowanceWh() * 1000L);
    }

    SessionSnapshot snapshot(long lifetimeMilliWh) {
        boolean started = transactionId != null && phase != SessionPhase.JOURNALLING;
        return new SessionSnapshot(id, phase, token, started ? transactionId : null, createdAt, started ? startedAt : null,
                ended() && started ? stopReason : null, meterStartMilliWh,
                started ? (ended() ? meterStopMilliWh : lifetimeMilliWh) - meterStartMilliWh : 0);
    }
}
