package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.authorization.ListObserver;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;

/**
 * Tells the back office of each change of status: faults at once, the rest when it has lasted MinimumStatusDuration. What is refused or not
 * answered is told again after a pause. After a connection it tells of all connectors. Used on the owner thread only.
 */
final class StatusReporter implements ListObserver {
    private static final Duration RETRY = Duration.ofSeconds(60);

    private final Outbox outbox;
    private final Configuration configuration;
    private final FrameCodec codec;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final BooleanSupplier wholeChargerInoperative;
    private final Map<Integer, Current> current = new TreeMap<>();
    private final Map<Integer, StatusReport> told = new HashMap<>();
    private final Map<Integer, ScheduledFuture<?>> waiting = new HashMap<>();
    /** The last that was told of connector 0 is a LocalListConflict. */
    private boolean conflictTold;

    /** A status and since when it is, process time: the wall clock may be set meanwhile. */
    private record Current(StatusReport report, long sinceNanos) {
    }

    StatusReporter(Outbox outbox, Configuration configuration, FrameCodec codec, TimeSource time,
            ScheduledExecutorService owner, BooleanSupplier wholeChargerInoperative) {
        this.outbox = outbox;
        this.configuration = configuration;
        this.codec = codec;
        this.time = time;
        this.owner = owner;
        this.wholeChargerInoperative = wholeChargerInoperative;
    }

    /** Looks for what has changed. */
    void update(ChargerSnapshot snapshot) {
        update(0, charger(snapshot), snapshot.takenNanos());
        snapshot.connectors().forEach(connector -> update(connector.connectorId(), StatusReport.of(connector), snapshot.takenNanos()));
    }

    private StatusReport charger(ChargerSnapshot snapshot) {
        if (snapshot.hardwareCondition() == HardwareSnapshot.Condition.UNAVAILABLE) {
            return StatusReport.faulted(snapshot.hardwareDetail());
        }
        return wholeChargerInoperative.getAsBoolean() ? StatusReport.UNAVAILABLE : StatusReport.AVAILABLE;
    }

    private void update(int connectorId, StatusReport report, long atNanos) {
        Current before = current.get(connectorId);
        if (before != null && report.saysTheSameAs(before.report())) {
            return;
        }
        current.put(connectorId, new Current(report, atNanos));
        cancel(connectorId);
        if (!outbox.online()) {
            return;
        }
        int delay = configuration.number("MinimumStatusDuration");
        if (delay == 0 || before == null || report.differsInFault(before.report())) {
            tell(connectorId, Priority.ORDINARY);
        } else {
            waiting.put(connectorId, owner.schedule(() -> tell(connectorId, Priority.ORDINARY), delay, TimeUnit.SECONDS));
        }
    }

    /** Tells of all connectors, whatever was told before: the back office may have forgotten. */
    void tellAll() {
        told.clear();
        current.keySet().forEach(connectorId -> {
            cancel(connectorId);
            tell(connectorId, Priority.URGENT);
        });
    }

    /** Tells of one connector, or of all for null, because the back office asked for it. */
    void tellTriggered(Integer connectorId) {
        current.keySet().stream().filter(id -> connectorId == null || id.equals(connectorId)).forEach(id -> {
            told.remove(id);
            tell(id, Priority.BEFORE_ACCEPTED);
        });
    }

    /** Tells that the back office says of a tag what its own local list does not (OCPP 1.6, 3.5.2). */
    @Override
    public void onConflict(String idTag) {
        Current charger = current.get(0);
        ObjectNode payload = codec.newPayload().put("connectorId", 0).put("errorCode", "LocalListConflict");
        payload.put("status", charger == null ? StatusReport.AVAILABLE.status() : charger.report().status());
        payload.put("info", "the local list differs: " + idTag);
        outbox.send(Priority.ORDINARY, "StatusNotification", payload, outcome -> { });
        conflictTold = true;
    }

    /** A conflict with the list before is over: the status of the charger without it says so. */
    @Override
    public void onListChanged() {
        if (conflictTold && current.containsKey(0) && outbox.online()) {
            told.remove(0);
            tell(0, Priority.ORDINARY);
        }
    }

    private void tell(int connectorId, Priority priority) {
        Current now = current.get(connectorId);
        if (now.report().saysTheSameAs(told.get(connectorId))) {
            return;
        }
        told.put(connectorId, now.report());
        conflictTold &= connectorId != 0;
        ObjectNode payload = codec.newPayload();
        payload.put("connectorId", connectorId);
        payload.put("errorCode", now.report().errorCode());
        payload.put("status", now.report().status());
        payload.put("timestamp", OcppTime.format(time.now().minusNanos(time.nanoTime() - now.sinceNanos())));
        if (!now.report().info().isEmpty()) {
            payload.put("info", now.report().info());
        }
        if (!now.report().vendorErrorCode().isEmpty()) {
            payload.put("vendorId", configuration.text("ChargePointVendor"));
            payload.put("vendorErrorCode", now.report().vendorErrorCode());
        }
        outbox.send(priority, "StatusNotification", payload, outcome -> {
            if (!(outcome instanceof Outcome.Answered)) {
                told.remove(connectorId, now.report());
                tellLater(connectorId, outcome);
            }
        });
    }

    /** A status that did not arrive would else be wrong until its next change; a new connection tells of all anyway. */
    private void tellLater(int connectorId, Outcome outcome) {
        ScheduledFuture<?> timer = waiting.get(connectorId);
        if (!(outcome instanceof Outcome.Disconnected) && outbox.online() && (timer == null || timer.isDone())) {
            waiting.put(connectorId, owner.schedule(() -> tell(connectorId, Priority.ORDINARY), RETRY.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private void cancel(int connectorId) {
        ScheduledFuture<?> timer = waiting.remove(connectorId);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    void stop() {
        waiting.values().forEach(timer -> timer.cancel(false));
        waiting.clear();
    }
}
