package dcocpp.ocpp.internal.transaction;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalException;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.outbox.MessageSource;
import dcocpp.ocpp.internal.outbox.OutgoingMessage;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.QueuedMessage.Kind;
import dcocpp.ocpp.internal.store.QueuedMessage.State;
import dcocpp.ocpp.internal.store.QueuedMessage;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.store.StoredTransaction;

/**
 * Sends the transaction messages in the order of their making, each until it is answered or its attempts are used up.
 * The answer goes to the store first, then to the journal, and only then the message is forgotten: a kill in between
 * loses nothing. Used on the owner thread only.
 */
public final class TransactionQueue implements MessageSource {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionQueue.class);

    /** What StopTransaction says of a transaction whose start the back office never took. */
    private static final int NO_REMOTE_ID = -1;
    private static final Duration DISK_RETRY = Duration.ofSeconds(5);

    private final OcppStore store;
    private final Journal journal;
    private final TransactionTable transactions;
    private final Configuration configuration;
    private final FrameCodec codec;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final Runnable pump;
    private final TransactionListener listener;

    private QueuedMessage head;
    private boolean headKnown;
    /** From being sent until its outcome is kept. */
    private boolean underWay;
    private boolean pausing;
    /** The journal is told again soon. */
    private boolean marking;
    /** Why the head could not be read the last time; said once. */
    private String trouble = "";
    /** The back office has said on this connection that it does not do MeterValues. */
    private boolean noMeterValues;
    /** Codes of the faults that the back office finds with meter values; each is said once for a connection. */
    private final Set<String> faultsSaid = new HashSet<>();
    private long pauseEndNanos;

    /** @param pump makes the outbox look again */
    public TransactionQueue(OcppStore store, Journal journal, TransactionTable transactions, Configuration configuration,
            FrameCodec codec, TimeSource time, ScheduledExecutorService owner, Runnable pump, TransactionListener listener) {
        this.store = store;
        this.journal = journal;
        this.transactions = transactions;
        this.configuration = configuration;
        this.codec = codec;
        this.time = time;
        this.owner = owner;
        this.pump = pump;
        this.listener = listener;
    }

    /** Finishes what a kill may have left between store and journal. */
    void recover() {
        markAll();
    }

    /** Something in the store was changed or taken out. */
    public void changed() {
        headKnown = false;
        listener.onQueueChanged();
    }

    /** A new connection: what the back office did not do on the old one it may do now. */
    public void connected() {
        noMeterValues = false;
        faultsSaid.clear();
    }

    /** Something was added to the store. */
    void added() {
        if (store.waiting() > configuration.number("MessageQueueSizeThreshold")) {
            int before = store.waiting();
            store.write(writer -> writer.thinMeterValues(underWay ? head.sequence() : 0));
            headKnown &= underWay;
            if (store.waiting() < before) {
                LOG.warn("{} messages wait for the back office; every second one of the meter values was left out, {} stay", before,
                        store.waiting());
            }
        }
        headKnown = headKnown && head != null;
        listener.onQueueChanged();
        pump.run();
    }

    public int waiting() {
        return store.waiting();
    }

    @Override
    public Optional<Instant> ready() {
        if (underWay || pausing && time.nanoTime() - pauseEndNanos < 0) {
            return Optional.empty();
        }
        try {
            findHead();
            trouble = "";
            return Optional.ofNullable(head).map(QueuedMessage::created);
        } catch (StoreException e) {
            // Whoever asks wants to send something else, perhaps.
            if (!e.getMessage().equals(trouble)) {
                trouble = e.getMessage();
                LOG.error("The transaction messages wait for the disk: {}", trouble);
            }
            headKnown = false;
            pause(DISK_RETRY);
            return Optional.empty();
        }
    }

    private void findHead() {
        if (!headKnown) {
            head = store.head().orElse(null);
            headKnown = true;
        }
        while (noMeterValues && head != null && head.kind() == Kind.MeterValues) {
            long unwanted = head.sequence();
            store.write(writer -> writer.remove(unwanted));
            head = store.head().orElse(null);
        }
    }

    @Override
    public OutgoingMessage next() {
        QueuedMessage message = head;
        underWay = true;
        pausing = false;
        return new OutgoingMessage(message.kind().name(), payload(message), message.created(), outcome -> ended(message, outcome));
    }

    /** Puts the back office's id in front of the stored text. */
    private ObjectNode payload(QueuedMessage message) {
        Integer remoteId = transactions.find(message.transactionId()).map(StoredTransaction::remoteId).orElse(null);
        String text = message.body();
        if (message.kind() == Kind.StopTransaction || message.kind() == Kind.MeterValues && remoteId != null) {
            text = "{\"transactionId\":" + (remoteId == null ? NO_REMOTE_ID : remoteId) + "," + text.substring(1);
        }
        try {
            return codec.readPayload(text);
        } catch (IOException e) {
            LOG.error("Message {} in the store is damaged: {}", message.sequence(), e.getMessage());
            return codec.newPayload();
        }
    }

    /** Keeps the outcome, however long the disk refuses: what the back office has answered is not sent again. */
    private void ended(QueuedMessage message, Outcome outcome) {
        try {
            if (outcome instanceof Outcome.Answered answered) {
                answered(message, answered.payload());
            } else if (outcome instanceof Outcome.Disconnected) {
                LOG.debug("{} of {} was cut off, it is sent again", message.kind(), message.transactionId());
            } else if (message.kind() == Kind.MeterValues && outcome instanceof Outcome.Refused refused
                    && (refused.unsupported() || refused.faulty())) {
                drop(message, refused);
            } else if (outcome instanceof Outcome.Unusable unusable && (unusable.complete()
                    || message.kind() == Kind.StartTransaction && unusable.right().hasNonNull("transactionId"))) {
                // It was dealt with. Sent again it might open a second transaction, which nobody would end.
                LOG.warn("The answer to {} of {} counts without what is wrong in it", message.kind(), message.transactionId());
                answered(message, unusable.right());
            } else if (outcome instanceof Outcome.Unsendable unsendable) {
                giveUp(message, message.attempts(), unsendable.reason());
            } else {
                failed(message, reason(outcome));
            }
        } catch (StoreException e) {
            LOG.error("The outcome of {} cannot be kept, it is tried again: {}", message.kind(), e.getMessage());
            owner.schedule(() -> {
                ended(message, outcome);
                pump.run();
            }, DISK_RETRY.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        underWay = false;
        listener.onQueueChanged();
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.code() + (refused.description().isBlank() ? "" : ": " + refused.description());
        }
        return outcome instanceof Outcome.Unusable unusable ? unusable.reason() : "no answer";
    }

    private void answered(QueuedMessage message, ObjectNode payload) {
        headKnown = false;
        switch (message.kind()) {
            case StartTransaction -> started(message, payload);
            case StopTransaction -> {
                store.write(writer -> writer.over(message.sequence(), State.ANSWERED, remoteId(message)));
                markAll();
                JsonNode info = payload.get("idTagInfo");
                JsonNode idTag = payload(message).get("idTag");
                if (info != null && info.isObject() && idTag != null) {
                    listener.onStopped(idTag.textValue(), info);
                }
            }
            case MeterValues -> store.write(writer -> writer.remove(message.sequence()));
        }
    }

    private void started(QueuedMessage message, ObjectNode payload) {
        int remoteId = payload.get("transactionId").intValue();
        Optional<StoredTransaction> known = transactions.find(message.transactionId()).map(found -> found.withRemoteId(remoteId));
        store.write(writer -> {
            writer.over(message.sequence(), State.ANSWERED, Integer.toString(remoteId));
            if (known.isPresent()) {
                writer.transaction(known.get());
            }
        });
        known.ifPresent(transactions::put);
        markAll();
        LOG.info("Transaction {} is number {} at the back office", message.transactionId(), remoteId);
        if (payload.hasNonNull("idTagInfo")) {
            listener.onStarted(message.transactionId(), payload(message).path("idTag").asText(), payload.get("idTagInfo"));
        }
    }

    private String remoteId(QueuedMessage message) {
        return transactions.find(message.transactionId()).map(StoredTransaction::remoteId).map(String::valueOf).orElse("");
    }

    /** It would refuse these meter values again, and the transactions of all connectors would wait behind them. */
    private void drop(QueuedMessage message, Outcome.Refused refused) {
        store.write(writer -> writer.remove(message.sequence()));
        headKnown = false;
        if (refused.unsupported()) {
            LOG.warn("The back office does not do MeterValues ({}): it gets none until the next connection", reason(refused));
            noMeterValues = true;
        } else if (faultsSaid.add(refused.code())) {
            LOG.warn("MeterValues of {} are left out, as are others of this kind: the back office finds fault with them ({})",
                    message.transactionId(), reason(refused));
        }
    }

    private void failed(QueuedMessage message, String reason) {
        int attempts = message.attempts() + 1;
        int allowed = configuration.number("TransactionMessageAttempts");
        if (allowed > 0 && attempts >= allowed) {
            giveUp(message, attempts, reason);
            return;
        }
        headKnown = false;
        store.write(writer -> writer.attempts(message.sequence(), attempts));
        Duration pause = Duration.ofSeconds((long) attempts * configuration.number("TransactionMessageRetryInterval"));
        LOG.warn("{} of {} failed ({}), attempt {} follows in {} s", message.kind(), message.transactionId(), reason, attempts + 1,
                pause.toSeconds());
        pause(pause);
    }

    private void markAllLater() {
        if (!marking) {
            marking = true;
            owner.schedule(() -> {
                marking = false;
                markAll();
            }, DISK_RETRY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void giveUp(QueuedMessage message, int attempts, String reason) {
        LOG.error("{} of {} is given up after {} attempts: {}", message.kind(), message.transactionId(), attempts, reason);
        headKnown = false;
        store.write(writer -> {
            if (message.kind() == Kind.MeterValues) {
                writer.remove(message.sequence());
            } else {
                writer.over(message.sequence(), State.GIVEN_UP, reason);
            }
        });
        markAll();
    }

    /** Lets the head wait; real time, since it waits for the back office. */
    private void pause(Duration realTime) {
        long nanos = Math.round(realTime.toNanos() * time.rate());
        pausing = true;
        pauseEndNanos = time.nanoTime() + nanos;
        owner.schedule(pump, nanos, TimeUnit.NANOSECONDS);
    }

    /** Tells the journal what became of messages, then forgets those that were answered. */
    private void markAll() {
        try {
            for (QueuedMessage message : store.unmarked()) {
                if (message.event() > 0) {
                    if (message.state() == State.ANSWERED) {
                        journal.markDelivered(message.event(), message.detail());
                    } else {
                        journal.markUndeliverable(message.event(), message.detail());
                    }
                }
                boolean kept = message.state() == State.GIVEN_UP && message.event() > 0;
                boolean over = message.kind() == Kind.StopTransaction && !kept;
                store.write(writer -> {
                    if (kept) {
                        writer.undeliverable(message.sequence());
                    } else {
                        writer.remove(message.sequence());
                    }
                    if (over) {
                        writer.removeTransaction(message.transactionId());
                    }
                });
                if (over) {
                    transactions.remove(message.transactionId());
                }
            }
        } catch (JournalException | StoreException e) {
            LOG.error("The journal cannot be told what the back office has: {}", e.getMessage());
            markAllLater();
        }
    }
}
