package dcocpp.ocpp.internal.transaction;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.JournalStamp;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.store.StoredTransaction;

/**
 * Times that were taken before the back office told its own, in this run of the process: once it has, they follow from the monotonic
 * clock. Messages that wait are corrected then, before any of them is sent; one that may have been sent is never changed. Times of
 * an earlier run cannot be corrected. Used on the owner thread only.
 */
public final class ClockCorrection {
    private static final Logger LOG = LoggerFactory.getLogger(ClockCorrection.class);

    private static final String SYNC = "clock.sync";
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final OcppStore store;
    private final TransactionTable transactions;
    private final FrameCodec codec;
    private final TimeSource time;
    /** The first time that the back office told in this run; null before. */
    private Sync sync;

    /** Wall time at a moment of the process. */
    private record Sync(long nanos, Instant wall) {

        private Instant at(long momentNanos) {
            return wall.minusNanos(nanos - momentNanos);
        }
    }

    /** A message whose time is not certain yet. */
    private record Uncertain(long sequence, long nanos, Instant created, String body) {
    }

    public ClockCorrection(OcppStore store, TransactionTable transactions, FrameCodec codec, TimeSource time) {
        this.store = store;
        this.transactions = transactions;
        this.codec = codec;
        this.time = time;
        store.require(List.of("CREATE TABLE IF NOT EXISTS uncertain_time(sequence INTEGER PRIMARY KEY, boot_id TEXT NOT NULL,"
                + " nanos INTEGER NOT NULL)"));
        sync = store.fact(SYNC).map(text -> text.split(" ")).filter(parts -> parts[0].equals(time.bootId()))
                .map(parts -> new Sync(Long.parseLong(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])))).orElse(null);
    }

    /** When something happened, as far as it is known by now. */
    Instant at(JournalStamp stamp) {
        if (sync == null || !stamp.bootId().equals(time.bootId()) || stamp.nanos() - sync.nanos() >= 0) {
            return stamp.at();
        }
        Instant right = sync.at(stamp.nanos());
        return wrong(Duration.between(stamp.at(), right)) ? right : stamp.at();
    }

    /** A message was appended just now whose time was taken at this moment of this run. */
    void appended(OcppStore.Writer writer, long nanos) throws SQLException {
        if (sync == null) {
            writer.update("INSERT INTO uncertain_time VALUES(last_insert_rowid(), ?, ?)", time.bootId(), nanos);
        }
    }

    /**
     * The clock is the back office's now.
     *
     * @return whether a message or a transaction has another time now
     */
    public boolean synced() {
        if (sync != null) {
            return false;
        }
        Sync now = new Sync(time.nanoTime(), time.now());
        List<Uncertain> late;
        try {
            late = late(now);
        } catch (StoreException e) {
            LOG.error("Which times were taken before the first contact is not known yet: {}", e.getMessage());
            return false;
        }
        List<StoredTransaction> begun = transactions.all().stream().filter(transaction -> transaction.bootId().equals(time.bootId())
                && wrong(Duration.between(transaction.startedAt(), now.at(transaction.startedNanos())))).toList();
        List<StoredTransaction> corrected = new ArrayList<>();
        sync = now;
        try {
            correct(late, begun, corrected, now);
        } catch (StoreException e) {
            LOG.error("Times taken before the first contact stay as they were: {}", e.getMessage());
            return false;
        }
        corrected.forEach(transactions::put);
        if (!late.isEmpty()) {
            LOG.info("{} messages that waited have the back office's time now", late.size());
        }
        return !late.isEmpty() || !begun.isEmpty();
    }

    private List<Uncertain> late(Sync now) {
        return store.query(row -> new Uncertain(row.getLong(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4)), "SELECT sequence, nanos, created, body FROM uncertain_time JOIN queue USING(sequence)"
                + " WHERE boot_id = ? AND state = 'WAITING'", time.bootId()).stream()
                .filter(message -> wrong(Duration.between(message.created(), now.at(message.nanos())))).toList();
    }

    private void correct(List<Uncertain> late, List<StoredTransaction> begun, List<StoredTransaction> corrected, Sync now) {
        store.write(writer -> {
            for (Uncertain message : late) {
                Instant right = now.at(message.nanos());
                writer.rewrite(message.sequence(), right, shifted(message.body(), Duration.between(message.created(), right)));
            }
            for (StoredTransaction transaction : begun) {
                corrected.add(corrected(writer, transaction, now));
            }
            writer.update("DELETE FROM uncertain_time");
            writer.fact(SYNC, time.bootId() + " " + now.nanos() + " " + now.wall().toEpochMilli());
        });
    }

    private StoredTransaction corrected(OcppStore.Writer writer, StoredTransaction transaction, Sync now) throws SQLException {
        Instant right = now.at(transaction.startedNanos());
        Duration step = Duration.between(transaction.startedAt(), right);
        StoredTransaction fresh = transaction.withStart(right, Math.min(transaction.clockSlot(), now.wall().getEpochSecond()))
                .withSamples(shifted(transaction.begin(), step), shifted(transaction.end(), step));
        writer.transaction(fresh);
        StopData.rewrite(store, writer, transaction.transactionId(), sample -> shifted(sample, step));
        return fresh;
    }

    private boolean wrong(Duration difference) {
        // The way through the network takes real time, also while the process clock runs faster.
        return difference.abs().toMillis() > TOLERANCE.toMillis() * Math.max(1, time.rate());
    }

    /** The same with all its timestamps moved. */
    private String shifted(String json, Duration step) {
        if (json.isEmpty()) {
            return json;
        }
        try {
            ObjectNode payload = codec.readPayload(json);
            for (JsonNode holder : payload.findParents("timestamp")) {
                OcppTime.parse(holder.get("timestamp").asText())
                        .ifPresent(at -> ((ObjectNode) holder).put("timestamp", OcppTime.format(at.plus(step))));
            }
            return codec.writePayload(payload);
        } catch (IOException e) {
            LOG.error("A stored message is damaged, its time stays: {}", e.getMessage());
            return json;
        }
    }
}
