package dcocpp.ocpp.internal.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.store.StoredTransaction;
import dcocpp.ocpp.internal.transaction.MeterValues;

/**
 * TriggerMessage and ExtendedTriggerMessage: the answer first, the message after it, also before we are accepted. Used on the owner thread
 * only.
 */
final class TriggerCalls implements Feature, Triggers {
    private final Environment environment;
    private final Registration registration;
    private final Heartbeat heartbeat;
    private final StatusReporter statuses;
    private final Map<String, Trigger> triggers = new HashMap<>();

    TriggerCalls(Environment environment, Registration registration, Heartbeat heartbeat, StatusReporter statuses) {
        this.environment = environment;
        this.registration = registration;
        this.heartbeat = heartbeat;
        this.statuses = statuses;
    }

    @Override
    public Optional<String> profile() {
        return Optional.of("RemoteTrigger");
    }

    @Override
    public void register(Calls calls, Triggers all) {
        calls.on("TriggerMessage", this::handle);
        calls.on("ExtendedTriggerMessage", this::handle);
        all.on("BootNotification", connectorId -> Optional.of(registration::send));
        all.on("Heartbeat", connectorId -> Optional.of(() -> heartbeat.send(Priority.BEFORE_ACCEPTED)));
        all.on("StatusNotification", connectorId -> exists(connectorId, 0)
                ? Optional.of(() -> statuses.tellTriggered(connectorId)) : Optional.empty());
        all.on("MeterValues", connectorId -> exists(connectorId, 1) ? Optional.of(() -> meterValues(connectorId)) : Optional.empty());
    }

    @Override
    public void on(String requestedMessage, Trigger trigger) {
        if (triggers.put(requestedMessage, trigger) != null) {
            throw new IllegalStateException(requestedMessage + " has two triggers");
        }
    }

    /** The schemas say which message can be asked for in which way. */
    private void handle(ObjectNode payload, Reply reply) {
        Trigger trigger = triggers.get(payload.get("requestedMessage").textValue());
        if (trigger == null) {
            reply.status("NotImplemented");
            return;
        }
        Optional<Runnable> sender = trigger.prepare(payload.hasNonNull("connectorId") ? payload.get("connectorId").intValue() : null);
        reply.status(sender.isPresent() ? "Accepted" : "Rejected");
        sender.ifPresent(Runnable::run);
    }

    private boolean exists(Integer connectorId, int lowest) {
        return environment.controller().snapshot().isPresent() && (connectorId == null
                || connectorId >= lowest && (connectorId == 0 || environment.controller().connector(connectorId).isPresent()));
    }

    private void meterValues(Integer connectorId) {
        environment.controller().snapshot().map(ChargerSnapshot::connectors).ifPresent(connectors -> connectors.stream()
                .filter(connector -> connectorId == null || connector.connectorId() == connectorId).forEach(this::meterValues));
    }

    private void meterValues(ConnectorSnapshot connector) {
        ObjectNode meterValue = MeterValues.of(connector.live(), MeterValues.Context.TRIGGER, environment.time().now(),
                environment.configuration().list("MeterValuesSampledData"));
        if (meterValue == null) {
            return;
        }
        ObjectNode payload = environment.codec().newPayload();
        payload.put("connectorId", connector.connectorId());
        if (connector.session() != null && connector.session().transactionActive()) {
            environment.transactions().find(connector.session().transactionId()).map(StoredTransaction::remoteId)
                    .ifPresent(remoteId -> payload.put("transactionId", remoteId));
        }
        payload.putArray("meterValue").add(meterValue);
        environment.outbox().send(Priority.BEFORE_ACCEPTED, "MeterValues", payload, outcome -> { });
    }
}
