package dcocpp.controller.internal.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    private static final int UNASKED_OPENINGS = 2;
    /** An opening is no sequel of one that is longer ago. */
    private static final Duration OPENING_FORGOTTEN = Duration.ofMinutes(10);

    final String id;
    final Instant createdAt;
    SessionPhase phase;
    long phaseNanos;
    boolean everPlugged;

    Token token;
    long tokenNanos;
    final TokenQueue waiting = new TokenQueue();
    boolean granted;
    /** Somebody's token was refused, and none has come since. */
    boolean denied;
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
    /** Why it ended, where the reason alone does not say it; empty = it does. */
    String stopInfo = "";

    long lostNanos = Long.MIN_VALUE;
    long idleNanos = Long.MIN_VALUE;
    private int unaskedOpenings;
    private long unaskedOpeningNanos;

    Session(String id, Instant createdAt, long now) {
        this.id = id;
        this.createdAt = createdAt;
        go(SessionPhase.WAITING_FOR_TOKEN, now);
    }

    /** Another phase; the time in one that it is in already goes on. */
    void enter(SessionPhase next, long now) {
        if (phase != next) {
            go(next, now);
        }
    }

    private void go(SessionPhase next, long now) {
        phase = next;
        phaseNanos = now;
    }

    /**
     * The PLC opened the contactor on its own: the first time may be a moment's matter, then it must not become chatter.
     *
     * @return it was the third time, without ten minutes between two of them
     */
    boolean opensUnaskedAgain(long now) {
        unaskedOpenings = openingForgotten(now) ? 1 : unaskedOpenings + 1;
        unaskedOpeningNanos = now;
        return unaskedOpenings > UNASKED_OPENINGS;
    }

    Duration pauseAfterUnaskedOpening(long now) {
        return unaskedOpenings < 2 || openingForgotten(now) ? Duration.ZERO : AFTER_SECOND_OPENING;
    }

    private boolean openingForgotten(long now) {
        return now - unaskedOpeningNanos > OPENING_FORGOTTEN.toNanos();
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
        return ended() || denied ? GunCommand.Authorization.DENIED : GunCommand.Authorization.PENDING;
    }

    /** A token comes; the one that is being asked about waits. */
    void offer(Token next, long sinceNanos, long now) {
        if (phase == SessionPhase.AUTHORIZING) {
            waiting.add(token, tokenNanos);
        }
        token = next;
        tokenNanos = sinceNanos;
        denied = false;
        requestId = null;
        enter(SessionPhase.AUTHORIZING, now);
    }

    /** Its token may charge. */
    void grant(String parent, long now) {
        waiting.clear();
        granted = true;
        parentIdTag = parent;
        enter(SessionPhase.WAITING_FOR_VEHICLE, now);
    }

    /** Its token may not charge. The identity of a vehicle was not shown by anybody: its driver may still show a card. */
    void refuse(long now) {
        denied = token.source() != Token.Source.AUTOCHARGE;
        token = null;
        requestId = null;
        enter(SessionPhase.WAITING_FOR_TOKEN, now);
    }

    /** Tokens that have started nothing yet, the one in hand first. */
    List<TokenQueue.Waiting> pendingTokens() {
        if (ended() || token == null || transactionId != null) {
            return List.of();
        }
        List<TokenQueue.Waiting> pending = new ArrayList<>(List.of(new TokenQueue.Waiting(token, tokenNanos)));
        pending.addAll(waiting.all());
        return pending;
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
