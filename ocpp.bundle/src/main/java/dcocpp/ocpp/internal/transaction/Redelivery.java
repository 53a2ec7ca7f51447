package dcocpp.ocpp.internal.transaction;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.QueuedMessage;
import dcocpp.ocpp.internal.store.QueuedMessage.Kind;
import dcocpp.ocpp.internal.store.StoredTransaction;

/**
 * Sends what was given up when the journal says that it shall be delivered after all: with the text of its first attempts, or with a new
 * one if the store has lost it. Used on the owner thread only.
 */
final class Redelivery {
    private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);

    private static final int BATCH = 200;

    private final OcppStore store;
    private final Journal journal;
    private final TransactionTable transactions;
    private final MessageBodies bodies;

    Redelivery(OcppStore store, Journal journal, TransactionTable transactions, MessageBodies bodies) {
        this.store = store;
        this.journal = journal;
        this.transactions = transactions;
        this.bodies = bodies;
    }

    /**
     * Queues what is wanted and not queued.
     *
     * @param cursor events behind it have not been read yet
     * @return whether there was something
     */
    boolean look(long cursor) {
        List<JournalEvent> wanted = journal.undelivered(0, BATCH).stream()
                .filter(event -> event.stamp().number() <= cursor && !store.queued(event.stamp().number())).toList();
        wanted.forEach(this::again);
        return !wanted.isEmpty();
    }

    private void again(JournalEvent event) {
        LOG.info("Event {} of transaction {} is sent again", event.stamp().number(), event.transactionId());
        AtomicBoolean kept = new AtomicBoolean();
        store.write(writer -> kept.set(writer.revive(event.stamp().number())));
        TransactionRecord record = kept.get() ? null : journal.transaction(event.transactionId()).orElse(null);
        if (record != null) {
            rebuild(event, record);
        }
    }

    private void rebuild(JournalEvent event, TransactionRecord record) {
        StoredTransaction transaction = transactions.find(event.transactionId()).orElseGet(() -> stored(record));
        QueuedMessage message = event instanceof TransactionStopped stop
                ? fresh(Kind.StopTransaction, event, bodies.stop(stop, transaction, List.of()))
                : fresh(Kind.StartTransaction, event, bodies.start((TransactionStarted) event));
        boolean more = record.stopDelivery() == null || record.stopDelivery().state() == Delivery.State.PENDING;
        store.write(writer -> {
            writer.enqueue(message);
            if (more) {
                writer.transaction(transaction);
            }
        });
        if (more) {
            transactions.put(transaction);
        }
    }

    private static QueuedMessage fresh(Kind kind, JournalEvent event, String body) {
        return QueuedMessage.fresh(kind, event.transactionId(), event.stamp().number(), event.stamp().at(), body);
    }

    private static StoredTransaction stored(TransactionRecord record) {
        TransactionStarted start = record.started();
        return new StoredTransaction(start.transactionId(), start.connectorId(), JournalFollower.remoteId(record), start.stamp().bootId(),
                start.stamp().nanos(), start.stamp().at(), 0, 0, "", "", record.stopped() != null);
    }
}
