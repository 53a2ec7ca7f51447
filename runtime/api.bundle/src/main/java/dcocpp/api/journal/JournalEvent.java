package dcocpp.api.journal;

/** A durable fact about a transaction. */
public sealed interface JournalEvent permits TransactionStarted, MeterSampled, TransactionStopped {

    /** Where and when. */
    JournalStamp stamp();

    /** Our id of the transaction, unique for ever; the back office's id is only an attribute of it. */
    String transactionId();

    /** The connector. */
    int connectorId();
}
