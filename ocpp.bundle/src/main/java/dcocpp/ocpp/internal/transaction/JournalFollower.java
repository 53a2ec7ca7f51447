package dcocpp.ocpp.internal.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.QueuedMessage.Kind;
import dcocpp.ocpp.internal.store.QueuedMessage;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.store.StoredTransaction;

/**
 * Turns the events of the journal into transaction messages. The place in the journal and the messages are written in
 * one transaction of the store, so that an event becomes a message exactly once. A store without a place begins at the
 * oldest event that nobody has delivered. Used on the owner thread only.
 */
public final class JournalFollower {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFollower.class);

    private static final int BATCH = 200;
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** How soon something is sent again that was given up. */
    private static final Duration WATCH = Duration.ofSeconds(10);

    private final OcppStore store;
    private final Journal journal;
    private final TransactionTable transactions;
    private final TransactionQueue queue;
    private final Configuration configuration;
    private final ScheduledExecutorService owner;
    private final MessageBodies bodies;
    private final FrameCodec codec;
    private final StopData stopData;
    private final ClockCorrection clock;
    private final TimeSource time;
    private final Redelivery redelivery;
    private final IntervalEnergy intervals = new IntervalEnergy();

    private boolean started;
    private boolean retrying;
    /** Why the journal could not be followed the last time; said once. */
    private String trouble = "";
    private long cursor;
    /** Up to here the journal says what was delivered, also by another protocol bundle. */
    private long takeOverUntil;

    public JournalFollower(OcppStore store, Journal journal, TransactionTable transactions, TransactionQueue queue,
            Configuration configuration, FrameCodec codec, ClockCorrection clock, TimeSource time, ScheduledExecutorService owner) {
        this.store = store;
        this.journal = journal;
        this.transactions = transactions;
        this.queue = queue;
        this.configuration = configuration;
        this.codec = codec;
        this.owner = owner;
        this.clock = clock;
        this.time = time;
        this.bodies = new MessageBodies(codec, configuration, clock);
        this.redelivery = new Redelivery(store, journal, transactions, bodies);
        this.stopData = new StopData(store);
    }

    /**
     * Takes in all events that are not yet taken in. A journal that cannot be read is tried again later, and so is an event
     * that cannot be taken: the events keep their order, and the rest of the charge point goes on.
     */
    public void follow() {
        try {
            if (!started) {
                start();
            }
            List<JournalEvent> events;
            do {
                events = journal.read(cursor, BATCH);
                events.forEach(this::take);
            } while (events.size() == BATCH);
            trouble = "";
        } catch (JournalException | StoreException e) {
            retryAfter(e.getMessage(), null);
        } catch (RuntimeException e) {
            retryAfter(e.toString(), e);
        }
    }

    private void retryAfter(String reason, RuntimeException trace) {
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.error("The journal cannot be followed behind event {}: {}", cursor, reason, trace);
        }
        if (!retrying) {
            retrying = true;
            owner.schedule(() -> {
                retrying = false;
                follow();
            }, RETRY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void start() {
        OptionalLong known = store.cursor();
        long newest = journal.newest();
        if (known.isPresent() && known.getAsLong() <= newest) {
            cursor = known.getAsLong();
        } else {
            OptionalLong oldest = journal.oldestUndelivered();
            cursor = oldest.isPresent() ? oldest.getAsLong() - 1 : newest;
            LOG.info("Nothing of our own to go on from, beginning in the journal behind event {} of {}", cursor, newest);
            store.write(writer -> {
                writer.forgetEvents();
                writer.cursor(cursor);
            });
        }
        takeOverUntil = newest;
        // Only now: before, the numbers could be those of another journal.
        queue.recover();
        dropSettled();
        started = true;
        owner.scheduleWithFixedDelay(this::resend, WATCH.toNanos(), WATCH.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void resend() {
        try {
            if (redelivery.look(cursor)) {
                queue.added();
            }
        } catch (JournalException | StoreException e) {
            LOG.warn("Whether something shall be sent again is not known: {}", e.getMessage());
        }
    }

    /** While we were away, another protocol bundle may have delivered what waits here. */
    private void dropSettled() {
        for (QueuedMessage message : store.waitingEvents()) {
            TransactionRecord record = record(message.transactionId());
            if (record == null) {
                continue;
            }
            if (stopSettled(record)) {
                forget(message.transactionId(), null);
            } else if (message.kind() == Kind.StartTransaction && startSettled(record)) {
                Optional<StoredTransaction> known = transactions.find(message.transactionId())
                        .map(found -> found.withRemoteId(remoteId(record)));
                store.write(writer -> {
                    writer.remove(message.sequence());
                    if (known.isPresent()) {
                        writer.transaction(known.get());
                    }
                });
                known.ifPresent(transactions::put);
            }
        }
        queue.changed();
    }

    /** The back office has all of this transaction. */
    private void forget(String transactionId, JournalStamp stamp) {
        store.write(writer -> {
            if (stamp != null) {
                writer.cursor(stamp.number());
            }
            writer.removeWaiting(transactionId);
            writer.removeTransaction(transactionId);
            stopData.remove(writer, transactionId);
        });
        transactions.remove(transactionId);
        intervals.end(transactionId);
    }

    private static boolean startSettled(TransactionRecord record) {
        return record.startDelivery().state() != Delivery.State.PENDING;
    }

    private static boolean stopSettled(TransactionRecord record) {
        return record.stopDelivery() != null && record.stopDelivery().state() != Delivery.State.PENDING;
    }

    /** What another protocol bundle may have delivered before we began; null for what is newer. */
    private TransactionRecord settling(JournalEvent event) {
        return event.stamp().number() <= takeOverUntil ? record(event.transactionId()) : null;
    }

    private void take(JournalEvent event) {
        if (event instanceof TransactionStarted start) {
            takeStart(start);
        } else if (event instanceof MeterSampled sample) {
            takeSample(sample);
        } else if (event instanceof TransactionStopped stop) {
            takeStop(stop);
        }
        cursor = event.stamp().number();
    }

    private void takeStart(TransactionStarted event) {
        TransactionRecord record = settling(event);
        boolean settled = record != null && startSettled(record);
        intervals.begin(event.transactionId(), event.meterMilliWh());
        StoredTransaction transaction = begun(event, settled ? remoteId(record) : null);
        keep(event.stamp(), transaction,
                settled ? null : message(Kind.StartTransaction, event, bodies.start(event)));
    }

    private StoredTransaction begun(TransactionStarted event, Integer remoteId) {
        JournalStamp stamp = event.stamp();
        Instant at = clock.at(stamp);
        ObjectNode register = MeterValues.energy(event.meterMilliWh(), MeterValues.Context.BEGIN, at,
                configuration.list("StopTxnSampledData"));
        return new StoredTransaction(event.transactionId(), event.connectorId(), remoteId, stamp.bootId(), stamp.nanos(), at, 0,
                at.getEpochSecond(), register == null ? "" : codec.writePayload(register), "", false);
    }

    private void takeStop(TransactionStopped event) {
        TransactionRecord record = settling(event);
        if (record != null && stopSettled(record)) {
            forget(event.transactionId(), event.stamp());
            queue.changed();
            return;
        }
        StoredTransaction transaction = known(event);
        if (transaction == null) {
            JournalStamp stamp = event.stamp();
            transaction = new StoredTransaction(event.transactionId(), event.connectorId(), null, stamp.bootId(), stamp.nanos(),
                    stamp.at(), 0, 0, "", "", false);
        }
        String body = bodies.stop(event, transaction, stopData.of(event.transactionId()));
        keep(event.stamp(), transaction.asEnded(), message(Kind.StopTransaction, event, body),
                writer -> stopData.remove(writer, event.transactionId()));
        intervals.end(event.transactionId());
    }

    private void takeSample(MeterSampled event) {
        StoredTransaction transaction = known(event);
        TransactionRecord record = settling(event);
        if (transaction == null || transaction.ended() || record != null && stopSettled(record)) {
            return;
        }
        Instant at = clock.at(event.stamp());
        switch (event.context()) {
            case BEGIN -> keep(event.stamp(), transaction.withSamples(stopSample(event, MeterValues.Context.BEGIN), transaction.end()),
                    null);
            case END -> keep(event.stamp(), transaction.withSamples(transaction.begin(), stopSample(event, MeterValues.Context.END)),
                    null);
            case PERIODIC -> sampled(transaction, sampleSlot(transaction, event.stamp()), event.sample(), at, event.stamp());
            case CLOCK -> aligned(transaction, slot(at.getEpochSecond(), configuration.number("ClockAlignedDataInterval")), event.sample(),
                    at, event.stamp());
            default -> LOG.debug("A sample of a kind that is not known: {}", event.context());
        }
    }

    private String stopSample(MeterSampled event, MeterValues.Context context) {
        ObjectNode meterValue = MeterValues.of(event.sample(), context, clock.at(event.stamp()), configuration.list("StopTxnSampledData"));
        return meterValue == null ? "" : codec.writePayload(meterValue);
    }

    /** Takes a sampled value, live or from the journal, unless its interval already has one. */
    void sampled(StoredTransaction transaction, long slot, MeterSample sample, Instant at, JournalStamp stamp) {
        if (slot > transaction.sampleSlot()) {
            double interval = intervals.until(transaction.transactionId(), sample.registerMilliWh());
            offer(transaction.withSlots(slot, transaction.clockSlot()), at, stamp,
                    list -> MeterValues.of(sample, interval, MeterValues.Context.PERIODIC, at, configuration.list(list)),
                    "MeterValuesSampledData", "StopTxnSampledData");
            intervals.begin(transaction.transactionId(), sample.registerMilliWh());
        }
    }

    /** Takes a clock-aligned value, live or from the journal, unless its interval already has one. */
    void aligned(StoredTransaction transaction, long slot, MeterSample sample, Instant at, JournalStamp stamp) {
        if (unfilled(transaction.clockSlot(), slot)) {
            String series = connector(transaction.connectorId());
            double interval = intervals.until(series, sample.registerMilliWh());
            offer(transaction.withSlots(transaction.sampleSlot(), slot), at, stamp,
                    list -> MeterValues.of(sample, interval, MeterValues.Context.CLOCK, at, configuration.list(list)),
                    "MeterValuesAlignedData", "StopTxnAlignedData");
            intervals.begin(series, sample.registerMilliWh());
        }
    }

    /** An earlier interval counts as well when the last value lies ahead of the clock: it was taken before that was set back. */
    private boolean unfilled(long lastSlot, long slot) {
        return slot > lastSlot || slot < lastSlot && lastSlot > time.now().plusSeconds(1).getEpochSecond();
    }

    /** The clock-aligned value of a connector without transaction; null if nothing of it is asked for. */
    ObjectNode alignedIdle(int connectorId, MeterSample sample, Instant at) {
        double interval = intervals.until(connector(connectorId), sample.registerMilliWh());
        intervals.begin(connector(connectorId), sample.registerMilliWh());
        return MeterValues.of(sample, interval, MeterValues.Context.CLOCK, at, configuration.list("MeterValuesAlignedData"));
    }

    /** Clock-aligned intervals go on from one transaction to the next. */
    private static String connector(int connectorId) {
        return "connector " + connectorId;
    }

    /** Sends a value now, and keeps it for the end, each with the measurands that its key lists. */
    private void offer(StoredTransaction transaction, Instant at, JournalStamp stamp, Function<String, ObjectNode> values, String nowKey,
            String endKey) {
        ObjectNode now = values.apply(nowKey);
        ObjectNode end = values.apply(endKey);
        keep(stamp, transaction, now == null ? null : QueuedMessage.fresh(Kind.MeterValues, transaction.transactionId(),
                stamp == null ? 0 : stamp.number(), at, bodies.meterValues(transaction.connectorId(), now)),
                writer -> stopData.add(writer, transaction.transactionId(), end));
    }

    private void keep(JournalStamp stamp, StoredTransaction transaction, QueuedMessage message) {
        keep(stamp, transaction, message, writer -> { });
    }

    /** Writes place, transaction, message and what else belongs to them as one. */
    private void keep(JournalStamp stamp, StoredTransaction transaction, QueuedMessage message, OcppStore.Changes more) {
        store.write(writer -> {
            if (stamp != null) {
                writer.cursor(stamp.number());
            }
            writer.transaction(transaction);
            if (message != null && writer.enqueue(message) && (stamp == null || stamp.bootId().equals(time.bootId()))) {
                clock.appended(writer, stamp == null ? time.nanoTime() : stamp.nanos());
            }
            more.make(writer);
        });
        transactions.put(transaction);
        if (message != null) {
            queue.added();
        }
    }

    private QueuedMessage message(Kind kind, JournalEvent event, String body) {
        return QueuedMessage.fresh(kind, event.transactionId(), event.stamp().number(), clock.at(event.stamp()), body);
    }

    private long sampleSlot(StoredTransaction transaction, JournalStamp stamp) {
        return slot(transaction.elapsed(stamp.bootId(), stamp.nanos(), clock.at(stamp)).toSeconds(),
                configuration.number("MeterValueSampleInterval"));
    }

    /** Begin of the interval in which this second lies; 0 when there are no intervals. */
    static long slot(long second, int interval) {
        return interval == 0 ? 0 : Math.floorDiv(second, interval) * interval;
    }

    /** The transaction of an event; one that another protocol bundle has begun is taken over. */
    private StoredTransaction known(JournalEvent event) {
        return transactions.find(event.transactionId()).orElseGet(() -> {
            TransactionRecord record = record(event.transactionId());
            boolean over = record != null && record.stopped() != null
                    && record.stopped().stamp().number() < event.stamp().number();
            return record == null || over ? null : begun(record.started(), remoteId(record));
        });
    }

    private TransactionRecord record(String transactionId) {
        return journal.transaction(transactionId).orElse(null);
    }

    static Integer remoteId(TransactionRecord record) {
        if (record.startDelivery().state() != Delivery.State.DELIVERED) {
            return null;
        }
        try {
            return Integer.valueOf(record.startDelivery().detail());
        } catch (NumberFormatException e) {
            // Begun under a protocol whose ids are no numbers.
            return null;
        }
    }
}
