package dcocpp.api.session;

import java.time.Instant;
import java.util.Objects;

import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;

/**
 * One session, from plug-in (or token) to unplug.
 *
 * @param sessionId unique id
 * @param phase where it is
 * @param token who charges; null while unknown
 * @param transactionId our id of the transaction; null before it started
 * @param createdAt when the session began
 * @param startedAt when the transaction began; null before
 * @param stopReason why the transaction ended; null before
 * @param meterStartMilliWh lifetime energy at the transaction's start, mWh
 * @param energyMilliWh energy of the transaction so far, mWh
 */
public record SessionSnapshot(String sessionId, SessionPhase phase, Token token, String transactionId, Instant createdAt,
        Instant startedAt, StopReason stopReason, long meterStartMilliWh, long energyMilliWh) {

    public SessionSnapshot {
        Objects.requireNonNull(sessionId);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(createdAt);
    }

    /** A transaction is running: started and not ended. */
    public boolean transactionActive() {
        return transactionId != null && stopReason == null;
    }
}
