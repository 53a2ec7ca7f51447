package dcocpp.ocpp.internal.security;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.SecurityEvents;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.StoreException;

/**
 * Logs security events and tells the back office of those that it must hear of: kept on disk until it has them, in their order, one at a
 * time, beside the transactions and never before them. Used on the owner thread only.
 */
final class EventReporter implements Feature, SecurityEvents {
    private static final Logger LOG = LoggerFactory.getLogger(EventReporter.class);

    /**
     * The security whitepaper (edition 3, appendix "security events") calls these not critical: they are logged, and read by GetLog. All
     * others are told, those that are about certificates and signatures too, since a back office waits for them.
     */
    private static final Set<String> LOGGED_ONLY = Set.of("FailedToAuthenticateAtCentralSystem", "CentralSystemFailedToAuthenticate",
            "ReconfigurationOfSecurityParameters", "InvalidMessages", "AttemptedReplayAttacks", "InvalidTLSVersion",
            "InvalidTLSCipherSuite");

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS security_event(sequence INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL,
            at INTEGER NOT NULL, info TEXT NOT NULL)""";
    private static final String RUN = "security.run";
    private static final String FIRMWARE = "security.firmware";
    private static final String RESETTING = "security.resetting";

    private static final int MAX_TYPE = 50;
    private static final int MAX_INFO = 255;
    /** A back office that is away for long hears of the latest. */
    private static final int MAX_WAITING = 1000;
    private static final int ATTEMPTS = 3;
    private static final Duration RETRY = Duration.ofSeconds(60);

    private final Configuration configuration;
    private final OcppStore store;
    private final Outbox outbox;
    private final FrameCodec codec;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final String run;
    private final SecurityLog log;

    private boolean underWay;
    private boolean unsupported;
    /** Until we are accepted again. */
    private boolean held;
    private boolean invalidMessageSaid;
    private int attempts;
    private ScheduledFuture<?> retry;

    /** An event that waits to be told. */
    private record Waiting(long sequence, String type, Instant at, String info) {
    }

    /**
     * @param logFolder where the security log is
     * @param run which run of the process this is: what a bundle that is replaced starts is no device
     */
    EventReporter(Environment environment, Path logFolder, String run) {
        configuration = environment.configuration();
        store = environment.store();
        outbox = environment.outbox();
        codec = environment.codec();
        time = environment.time();
        owner = environment.owner();
        this.run = run;
        log = new SecurityLog(logFolder);
        store.require(List.of(TABLE));
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        // It only sends.
    }

    /** Tells how the device came to run: one event for each run of the process. */
    @Override
    public void start() {
        if (store.fact(RUN).filter(run::equals).isPresent()) {
            return;
        }
        String firmware = configuration.text("FirmwareVersion");
        Optional<String> before = store.fact(FIRMWARE);
        boolean reset = store.fact(RESETTING).filter(Boolean::parseBoolean).isPresent();
        // First: a disk that does not take it has this start done again, and the event is raised once.
        store.write(writer -> {
            writer.fact(RUN, run);
            writer.fact(FIRMWARE, firmware);
            writer.fact(RESETTING, "false");
        });
        if (before.isPresent() && !before.get().equals(firmware)) {
            raise("FirmwareUpdated", "from " + before.get() + " to " + firmware);
        } else if (reset) {
            raise("ResetOrReboot", "by the back office");
        } else {
            raise("StartupOfTheDevice", "");
        }
    }

    /** Whether a reset that the back office has asked for is under way: the next start is its doing. */
    void resetting(boolean isUnderWay) {
        try {
            store.write(writer -> writer.fact(RESETTING, Boolean.toString(isUnderWay)));
        } catch (StoreException e) {
            LOG.error("The next start may be told as what it is not: {}", e.getMessage());
        }
    }

    /** The charger was reset without ending the process; it is told with the next connection, since this one ends. */
    void softReset() {
        resetting(false);
        held = true;
        raise("ResetOrReboot", "by the back office");
    }

    /** Said once for each connection: a back office that has a fault makes the same one again and again. */
    void invalidMessage(String reason) {
        if (!invalidMessageSaid) {
            invalidMessageSaid = true;
            raise("InvalidMessages", reason);
        }
    }

    @Override
    public void raise(String type, String techInfo) {
        String name = cut(type, MAX_TYPE);
        String info = cut(techInfo, MAX_INFO);
        Instant at = time.now();
        LOG.info("Security event {}: {}", name, info);
        log.write(at, name, info);
        if (LOGGED_ONLY.contains(name) || configuration.flag("DisableSecurityEventNotifications")) {
            return;
        }
        try {
            store.write(writer -> {
                writer.update("INSERT INTO security_event(type, at, info) VALUES(?, ?, ?)", name, at.toEpochMilli(), info);
                writer.update("DELETE FROM security_event WHERE sequence <= (SELECT max(sequence) FROM security_event) - ?", MAX_WAITING);
            });
        } catch (StoreException e) {
            LOG.error("The back office will not hear of {}: {}", name, e.getMessage());
        }
        pump();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    @Override
    public void onAccepted() {
        held = false;
        pump();
    }

    @Override
    public void onDisconnected() {
        cancelRetry();
        unsupported = false;
        invalidMessageSaid = false;
    }

    @Override
    public void stop() {
        cancelRetry();
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    private void pump() {
        if (underWay || unsupported || held || retry != null || !outbox.online()) {
            return;
        }
        try {
            sendHead();
        } catch (StoreException e) {
            LOG.error("The security events wait for the disk: {}", e.getMessage());
            pumpLater();
        }
    }

    private void sendHead() {
        Optional<Waiting> head = store.query(row -> new Waiting(row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4)), "SELECT sequence, type, at, info FROM security_event ORDER BY sequence LIMIT 1").stream().findFirst();
        if (head.isPresent()) {
            underWay = true;
            Waiting event = head.get();
            ObjectNode payload = codec.newPayload().put("type", event.type()).put("timestamp", OcppTime.format(event.at()));
            if (!event.info().isEmpty()) {
                payload.put("techInfo", event.info());
            }
            outbox.send(Outbox.Priority.ORDINARY, "SecurityEventNotification", payload, outcome -> ended(event, outcome));
        }
    }

    private void ended(Waiting event, Outcome outcome) {
        underWay = false;
        if (outcome instanceof Outcome.Answered) {
            forget(event);
            pump();
        } else if (outcome instanceof Outcome.Refused refused && refused.unsupported()) {
            unsupported = true;
            LOG.info("The back office takes no security events; they wait for another connection");
        } else if (!(outcome instanceof Outcome.Disconnected)) {
            attempts++;
            if (attempts >= ATTEMPTS) {
                LOG.error("The back office does not take the security event {}, it is given up: {}", event.type(), outcome);
                forget(event);
            }
            pumpLater();
        }
    }

    private void pumpLater() {
        retry = owner.schedule(() -> {
            retry = null;
            pump();
        }, Math.round(RETRY.toNanos() * time.rate()), TimeUnit.NANOSECONDS);
    }

    private void forget(Waiting event) {
        attempts = 0;
        try {
            store.write(writer -> writer.update("DELETE FROM security_event WHERE sequence = ?", event.sequence()));
        } catch (StoreException e) {
            LOG.error("The security event {} may be told again: {}", event.type(), e.getMessage());
        }
    }
}
