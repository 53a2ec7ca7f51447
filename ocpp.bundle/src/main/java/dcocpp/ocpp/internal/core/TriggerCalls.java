package dcocpp.ocpp.internal.core;

import java.util.HashMap;
import java.util.List;
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
        calls.on("TriggerMessage", (payload, reply) -> handle(payload.get("requestedMessage").textValue(), payload, reply));
        calls.on("ExtendedTriggerMessage", (payload, reply) -> {
            String name = payload.get("requestedMessage").textValue();
            // The security extension has one of its own, and calls it by the name of the other.
            handle(name.equals("FirmwareStatusNotification") ? "SignedFirmwareStatusNotification" : name, payload, reply);
        });
        all.on("BootNotification", connectorId -> Optional.of(registration::send));
        all.on("Heartbeat", connectorId -> Optional.of(() -> heartbeat.send(Priority.BEFORE_ACCEPTED)));
        all.on("StatusNotification", connectorId -> exists(connectorId, 0)
                ? Optional.of(() -> statuses.tellTriggered(connectorId)) : Optional.empty());
        all.on("MeterValues", connectorId -> exists(connectorId, 1) ? meterValues(connectorId) : Optional.empty());
    }

    @Override
    public void on(String requestedMessage, Trigger trigger) {
        if (triggers.put(requestedMessage, trigger) != null) {
            throw new IllegalStateException(requestedMessage + " has two triggers");
        }
    }

    /** Answers a request for a message; the same for TriggerMessage and ExtendedTriggerMessage. */
    private void handle(String requestedMessage, ObjectNode payload, Reply reply) {
        Trigger trigger = triggers.get(requestedMessage);
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

    /** Empty when nothing that MeterValuesSampledData lists is measured. */
    private Optional<Runnable> meterValues(Integer connectorId) {
        List<ObjectNode> payloads = environment.controller().snapshot().map(ChargerSnapshot::connectors).orElse(List.of()).stream()
                .filter(connector -> connectorId == null || connector.connectorId() == connectorId)
                .flatMap(connector -> meterValues(connector).stream()).toList();
        return payloads.isEmpty() ? Optional.empty() : Optional.of(() -> payloads.forEach(
                payload -> environment.outbox().send(Priority.BEFORE_ACCEPTED, "MeterValues", payload, outcome -> { })));
    }

    private Optional<ObjectNode> meterValues(ConnectorSnapshot connector) {
        ObjectNode meterValue = MeterValues.of(connector.live(), MeterValues.Context.TRIGGER, environment.time().now(),
                environment.configuration().list("MeterValuesSampledData"));
        if (meterValue == null) {
            return Optional.empty();
        }
        ObjectNode payload = environment.codec().newPayload();
        payload.put("connectorId", connector.connectorId());
        if (connector.session() != null && connector.session().transactionActive()) {
            environment.transactions().find(connector.session().transactionId()).map(StoredTransaction::remoteId)
                    .ifPresent(remoteId -> payload.put("transactionId", remoteId));
        }
        payload.putArray("meterValue").add(meterValue);
        return Optional.of(payload);
    }
}
