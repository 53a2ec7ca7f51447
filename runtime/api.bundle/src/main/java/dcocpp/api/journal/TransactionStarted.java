package dcocpp.api.journal;

import java.util.Objects;

/**
 * A transaction began. On disk before the gun contactor closes.
 *
 * @param stamp where and when
 * @param transactionId our id
 * @param connectorId the connector
 * @param token who charges
 * @param meterMilliWh lifetime energy of the connector, mWh
 * @param reservationId the reservation it consumes; −1 = none
 */
public record TransactionStarted(JournalStamp stamp, String transactionId, int connectorId, Token token, long meterMilliWh,
        int reservationId) implements JournalEvent {

    public TransactionStarted {
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(transactionId);
        Objects.requireNonNull(token);
    }
}
