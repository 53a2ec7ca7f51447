package dcocpp.api.journal;

import java.util.Objects;

/**
 * A transaction as the journal knows it.
 *
 * @param started its start
 * @param startDelivery how far the start has come
 * @param stopped its stop; null while it runs
 * @param stopDelivery how far the stop has come; null while it runs
 */
public record TransactionRecord(TransactionStarted started, Delivery startDelivery, TransactionStopped stopped,
        Delivery stopDelivery) {

    public TransactionRecord {
        Objects.requireNonNull(started);
        Objects.requireNonNull(startDelivery);
    }
}
