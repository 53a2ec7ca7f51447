package dcocpp.ocpp.internal.transaction;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.StoredTransaction;

/** The transactions that the store knows, also in memory. Changed only after the store has been. Owner thread only. */
public final class TransactionTable {
    private final Map<String, StoredTransaction> transactions = new LinkedHashMap<>();

    public TransactionTable(OcppStore store) {
        store.transactions().forEach(this::put);
    }

    public Optional<StoredTransaction> find(String transactionId) {
        return Optional.ofNullable(transactions.get(transactionId));
    }

    /** The running transaction with this id of the back office. */
    public Optional<StoredTransaction> findRemote(int remoteId) {
        return transactions.values().stream()
                .filter(transaction -> !transaction.ended() && transaction.remoteId() != null && transaction.remoteId() == remoteId)
                .findFirst();
    }

    public Collection<StoredTransaction> all() {
        return transactions.values();
    }

    void put(StoredTransaction transaction) {
        transactions.put(transaction.transactionId(), transaction);
    }

    void remove(String transactionId) {
        transactions.remove(transactionId);
    }
}
