package dcocpp.ocpp.internal.outbox;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.StoreException;

/**
 * Notifications that must arrive in their order though the connection, the bundle or the process ends before they do: they are on the disk
 * until they are answered, or given up. Used on the owner thread only.
 */
public final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private static final Duration RETRY = Duration.ofSeconds(60);
    /** One that is not answered costs everything behind it the time-out of a call. */
    private static final int ATTEMPTS = 3;
    /** A charger that is offline for long must not fill its disk with them. */
    private static final int KEPT = 200;

    private final OcppStore store;
    private final Outbox outbox;
    private final FrameCodec codec;
    private final ScheduledExecutorService owner;
    private boolean underWay;
    /** How often the oldest was not answered. */
    private int timeOuts;
    private ScheduledFuture<?> retry;

    private record Notice(long sequence, String action, String payload) {
    }

    public Notices(OcppStore store, Outbox outbox, FrameCodec codec, ScheduledExecutorService owner) {
        this.store = store;
        this.outbox = outbox;
        this.codec = codec;
        this.owner = owner;
        store.require(List.of("CREATE TABLE IF NOT EXISTS notice(sequence INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL,"
                + " payload TEXT NOT NULL)"));
    }

    /** Adds one, together with whatever else is written; {@link #pump} sends it. */
    public void add(OcppStore.Writer writer, String action, ObjectNode payload) throws SQLException {
        writer.update("INSERT INTO notice(action, payload) VALUES(?, ?)", action, codec.writePayload(payload));
        writer.update("DELETE FROM notice WHERE sequence <= (SELECT max(sequence) FROM notice) - ?", KEPT);
    }

    /** Sends the oldest, if the back office can be reached. */
    public void pump() {
        if (underWay || !outbox.online()) {
            return;
        }
        try {
            sendOldest();
        } catch (StoreException e) {
            LOG.error("The notices wait for the disk: {}", e.getMessage());
            pumpLater();
        }
    }

    private void sendOldest() {
        List<Notice> oldest = store.query(row -> new Notice(row.getLong(1), row.getString(2), row.getString(3)),
                "SELECT sequence, action, payload FROM notice ORDER BY sequence LIMIT 1");
        if (!oldest.isEmpty()) {
            Notice notice = oldest.get(0);
            underWay = true;
            try {
                outbox.send(Priority.ORDINARY, notice.action(), codec.readPayload(notice.payload()), outcome -> ended(notice, outcome));
            } catch (IOException e) {
                ended(notice, new Outcome.Unusable("it cannot be read any more: " + e.getMessage()));
            }
        }
    }

    private void ended(Notice notice, Outcome outcome) {
        underWay = false;
        if (outcome instanceof Outcome.Disconnected) {
            return;
        }
        boolean timedOut = outcome instanceof Outcome.TimedOut;
        timeOuts = timedOut ? timeOuts + 1 : 0;
        if (!timedOut || timeOuts >= ATTEMPTS) {
            if (!(outcome instanceof Outcome.Answered)) {
                LOG.warn("{} is given up: {}", notice.action(), outcome);
            }
            timeOuts = 0;
            store.write(writer -> writer.update("DELETE FROM notice WHERE sequence = ?", notice.sequence()));
        }
        if (timedOut) {
            pumpLater();
        } else {
            owner.execute(this::pump);
        }
    }

    private void pumpLater() {
        stop();
        retry = owner.schedule(this::pump, RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void stop() {
        if (retry != null) {
            retry.cancel(false);
        }
    }
}
