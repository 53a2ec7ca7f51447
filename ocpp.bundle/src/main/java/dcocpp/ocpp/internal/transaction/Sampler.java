package dcocpp.ocpp.internal.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.store.StoredTransaction;

/**
 * Takes live meter values by the back office's schedule: sampled ones at whole intervals since the begin of a
 * transaction, clock-aligned ones at whole intervals since midnight UTC. What it misses the journal fills in. Used on
 * the owner thread only.
 */
public final class Sampler {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    private final ChargerStatus charger;
    private final TransactionTable transactions;
    private final JournalFollower follower;
    private final Configuration configuration;
    private final Outbox outbox;
    private final FrameCodec codec;
    private final TimeSource time;
    private final ScheduledExecutorService owner;

    private ScheduledFuture<?> sampleTimer;
    private ScheduledFuture<?> clockTimer;

    public Sampler(ChargerStatus charger, TransactionTable transactions, JournalFollower follower, Configuration configuration,
            Outbox outbox, FrameCodec codec, TimeSource time, ScheduledExecutorService owner) {
        this.charger = charger;
        this.transactions = transactions;
        this.follower = follower;
        this.configuration = configuration;
        this.outbox = outbox;
        this.codec = codec;
        this.time = time;
        this.owner = owner;
    }

    /** Plans the next values anew: after a change of transactions, of intervals or of the clock. */
    public void replan() {
        cancel(sampleTimer);
        cancel(clockTimer);
        sampleTimer = null;
        clockTimer = null;
        int sampleInterval = configuration.number("MeterValueSampleInterval");
        if (sampleInterval > 0) {
            transactions.all().stream().filter(transaction -> !transaction.ended())
                    .mapToLong(transaction -> untilNextSample(transaction, sampleInterval)).min()
                    .ifPresent(millis -> sampleTimer = owner.schedule(this::sample, millis, TimeUnit.MILLISECONDS));
        }
        int clockInterval = configuration.number("ClockAlignedDataInterval");
        if (clockInterval > 0) {
            long nowMillis = time.now().toEpochMilli();
            long periodMillis = Duration.ofSeconds(clockInterval).toMillis();
            long next = (Math.floorDiv(nowMillis, periodMillis) + 1) * periodMillis;
            clockTimer = owner.schedule(() -> align(Instant.ofEpochMilli(next)), next - nowMillis, TimeUnit.MILLISECONDS);
        }
    }

    private long untilNextSample(StoredTransaction transaction, int interval) {
        long periodMillis = Duration.ofSeconds(interval).toMillis();
        long elapsed = Math.max(0, transaction.elapsed(time.bootId(), time.nanoTime(), time.now()).toMillis());
        return periodMillis - elapsed % periodMillis;
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void sample() {
        follower.follow();
        int interval = configuration.number("MeterValueSampleInterval");
        charger.latest().ifPresent(snapshot -> guarded(() -> {
            for (StoredTransaction transaction : List.copyOf(transactions.all())) {
                ConnectorSnapshot connector = connectorOf(snapshot, transaction);
                if (connector != null) {
                    // The snapshot is a little older than the moment it was due: half a second belongs to the interval already.
                    long second = transaction.elapsed(time.bootId(), snapshot.takenNanos(), snapshot.at()).plusMillis(500).toSeconds();
                    follower.sampled(transaction, JournalFollower.slot(second, interval), connector.live(), snapshot.at(), null);
                }
            }
        }));
        replan();
    }

    private void align(Instant due) {
        if (Duration.between(time.now(), due).toMillis() > 500) {
            LOG.debug("The clock was set back, {} is not there yet", due);
            replan();
            return;
        }
        follower.follow();
        charger.latest().ifPresent(snapshot -> guarded(() -> snapshot.connectors().forEach(connector -> align(connector, due))));
        replan();
    }

    private void align(ConnectorSnapshot connector, Instant due) {
        StoredTransaction transaction = running(connector);
        if (transaction != null) {
            follower.aligned(transaction, due.getEpochSecond(), connector.live(), due, null);
            return;
        }
        ObjectNode meterValue = follower.alignedIdle(connector.connectorId(), connector.live(), due);
        if (meterValue != null) {
            ObjectNode payload = codec.newPayload().put("connectorId", connector.connectorId());
            payload.putArray("meterValue").add(meterValue);
            outbox.sendLatest("idle values " + connector.connectorId(), "MeterValues", payload);
        }
    }

    /** A value that cannot be stored is lost, the next ones are not; what can be is filled in from the journal. */
    private static void guarded(Runnable taking) {
        try {
            taking.run();
        } catch (StoreException e) {
            LOG.error("Meter values are not taken: {}", e.getMessage());
        }
    }

    private static ConnectorSnapshot connectorOf(ChargerSnapshot snapshot, StoredTransaction transaction) {
        return snapshot.connector(transaction.connectorId())
                .filter(connector -> connector.session() != null && connector.session().transactionActive()
                        && connector.session().transactionId().equals(transaction.transactionId()))
                .filter(connector -> !transaction.ended())
                .orElse(null);
    }

    private StoredTransaction running(ConnectorSnapshot connector) {
        if (connector.session() == null || !connector.session().transactionActive()) {
            return null;
        }
        return transactions.find(connector.session().transactionId()).filter(found -> !found.ended()).orElse(null);
    }

    /** Takes no more values. */
    public void stop() {
        cancel(sampleTimer);
        cancel(clockTimer);
    }
}
