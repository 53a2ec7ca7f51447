package dcocpp.api.journal;

import java.util.Objects;

/**
 * A transaction ended. On disk before the back office hears of it.
 *
 * @param stamp where and when
 * @param transactionId our id
 * @param connectorId the connector
 * @param meterMilliWh lifetime energy of the connector, mWh; never below the start's
 * @param reason why
 * @param stopIdTag the tag that was presented to stop; empty = none
 */
public record TransactionStopped(JournalStamp stamp, String transactionId, int connectorId, long meterMilliWh, StopReason reason,
        String stopIdTag) implements JournalEvent {

    public TransactionStopped {
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(transactionId);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(stopIdTag);
    }
}
