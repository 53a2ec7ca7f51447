package dcocpp.controller.internal.session;

import java.time.Duration;
import java.time.Instant;

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

    SessionSnapshot snapshot(long lifetimeMilliWh) {
        boolean started = transactionId != null && phase != SessionPhase.JOURNALLING;
        return new SessionSnapshot(id, phase, token, started ? transactionId : null, createdAt, started ? startedAt : null,
                ended() && started ? stopReason : null, meterStartMilliWh,
                started ? (ended() ? meterStopMilliWh : lifetimeMilliWh) - meterStartMilliWh : 0);
    }
}
