package dcocpp.ocpp.internal.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.time.TimeSource;

/** A journal in memory. It outlives the charge points of a test, as the real one outlives a replaced bundle. */
public final class FakeJournal implements Journal {

    private static final Delivery PENDING = new Delivery(Delivery.State.PENDING, "");

    private final TimeSource time;
    private final List<JournalEvent> events = new CopyOnWriteArrayList<>();
    private final Map<Long, Delivery> deliveries = new ConcurrentHashMap<>();
    private boolean broken;
    private boolean unreadable;
    private int refusedMarks;

    public FakeJournal(TimeSource time) {
        this.time = time;
    }

    /** From now on the disk does not answer, or does again. */
    public void breakDown(boolean isBroken) {
        broken = isBroken;
    }

    /** From now on reading fails in a way that nobody has thought of, or no more. */
    public void unreadable(boolean isUnreadable) {
        unreadable = isUnreadable;
    }

    private JournalStamp stamp() {
        return new JournalStamp(newest() + 1, time.bootId(), time.nanoTime(), time.now());
    }

    public static MeterSample sample(long milliWh) {
        return new MeterSample(milliWh, 60_000, 400, 150, 42.5, Double.NaN, 120_000, 300);
    }

    public void started(String transactionId, int connectorId, String idTag, long milliWh) {
        started(transactionId, connectorId, idTag, milliWh, -1);
    }

    public void started(String transactionId, int connectorId, String idTag, long milliWh, int reservationId) {
        events.add(new TransactionStarted(stamp(), transactionId, connectorId, new Token(idTag, Token.Source.RFID), milliWh,
                reservationId));
        events.add(new MeterSampled(stamp(), transactionId, connectorId, MeterSampled.Context.BEGIN, sample(milliWh)));
    }

    public void sampled(String transactionId, int connectorId, MeterSampled.Context context, long milliWh) {
        events.add(new MeterSampled(stamp(), transactionId, connectorId, context, sample(milliWh)));
    }

    public void stopped(String transactionId, int connectorId, long milliWh, StopReason reason, String idTag) {
        events.add(new MeterSampled(stamp(), transactionId, connectorId, MeterSampled.Context.END, sample(milliWh)));
        events.add(new TransactionStopped(stamp(), transactionId, connectorId, milliWh, reason, idTag));
    }

    public Delivery startDelivery(String transactionId) {
        return transactions(100).stream().filter(record -> record.started().transactionId().equals(transactionId)).findFirst()
                .orElseThrow().startDelivery();
    }

    public Delivery stopDelivery(String transactionId) {
        return transactions(100).stream().filter(record -> record.started().transactionId().equals(transactionId)).findFirst()
                .orElseThrow().stopDelivery();
    }

    /** How often a delivery could not be marked. */
    public int refusedMarks() {
        return refusedMarks;
    }

    private void mark(long number, Delivery delivery) {
        if (broken) {
            refusedMarks++;
        }
        check();
        deliveries.put(number, delivery);
    }

    private void check() {
        if (broken) {
            throw new JournalException("the disk is gone", null);
        }
    }

    @Override
    public List<JournalEvent> read(long afterNumber, int max) {
        check();
        if (unreadable) {
            throw new IllegalStateException("an event makes no sense");
        }
        return events.stream().filter(event -> event.stamp().number() > afterNumber).limit(max).toList();
    }

    @Override
    public OptionalLong oldestUndelivered() {
        check();
        return events.stream().filter(event -> !(event instanceof MeterSampled)).mapToLong(event -> event.stamp().number())
                .filter(number -> !deliveries.containsKey(number)).findFirst();
    }

    @Override
    public List<JournalEvent> undelivered(long afterNumber, int max) {
        check();
        return events.stream().filter(event -> !(event instanceof MeterSampled) && event.stamp().number() > afterNumber
                && !deliveries.containsKey(event.stamp().number())).limit(max).toList();
    }

    @Override
    public void markPending(long number) {
        deliveries.remove(number);
    }

    @Override
    public List<TransactionRecord> undeliverable(int max) {
        throw new UnsupportedOperationException("not for protocol bundles");
    }

    @Override
    public long newest() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).stamp().number();
    }

    @Override
    public void markDelivered(long number, String remoteId) {
        mark(number, new Delivery(Delivery.State.DELIVERED, remoteId));
    }

    @Override
    public void markUndeliverable(long number, String reason) {
        mark(number, new Delivery(Delivery.State.UNDELIVERABLE, reason));
    }

    @Override
    public Optional<TransactionRecord> transaction(String transactionId) {
        return transactions(Integer.MAX_VALUE).stream().filter(record -> record.started().transactionId().equals(transactionId)).findFirst();
    }

    @Override
    public List<TransactionRecord> transactions(int max) {
        check();
        List<TransactionRecord> records = new CopyOnWriteArrayList<>();
        for (JournalEvent event : events) {
            if (event instanceof TransactionStarted start) {
                TransactionStopped stop = events.stream()
                        .filter(other -> other instanceof TransactionStopped && other.transactionId().equals(start.transactionId()))
                        .map(TransactionStopped.class::cast).findFirst().orElse(null);
                records.add(0, new TransactionRecord(start, deliveries.getOrDefault(start.stamp().number(), PENDING), stop,
                        stop == null ? null : deliveries.getOrDefault(stop.stamp().number(), PENDING)));
            }
        }
        return records.stream().limit(max).toList();
    }
}
