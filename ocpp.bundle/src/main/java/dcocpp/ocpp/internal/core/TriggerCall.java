package dcocpp.ocpp.internal.core;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.store.StoredTransaction;
import dcocpp.ocpp.internal.transaction.MeterValues;
import dcocpp.ocpp.internal.transaction.TransactionTable;

/** TriggerMessage: the answer first, the message after it, also before we are accepted. Used on the owner thread only. */
final class TriggerCall {
    private final Controller controller;
    private final Configuration configuration;
    private final Outbox outbox;
    private final FrameCodec codec;
    private final TimeSource time;
    private final Registration registration;
    private final Heartbeat heartbeat;
    private final StatusReporter statuses;
    private final TransactionTable transactions;

    TriggerCall(Controller controller, Configuration configuration, Outbox outbox, FrameCodec codec, TimeSource time,
            Registration registration, Heartbeat heartbeat, StatusReporter statuses, TransactionTable transactions) {
        this.controller = controller;
        this.configuration = configuration;
        this.outbox = outbox;
        this.codec = codec;
        this.time = time;
        this.registration = registration;
        this.heartbeat = heartbeat;
        this.statuses = statuses;
        this.transactions = transactions;
    }

    void handle(ObjectNode payload, Reply reply) {
        Integer connectorId = payload.hasNonNull("connectorId") ? payload.get("connectorId").intValue() : null;
        String wanted = payload.get("requestedMessage").textValue();
        switch (wanted) {
            case "BootNotification" -> accept(reply, registration::send);
            case "Heartbeat" -> accept(reply, () -> heartbeat.send(Priority.BEFORE_ACCEPTED));
            case "StatusNotification" -> {
                if (exists(connectorId, 0)) {
                    accept(reply, () -> statuses.tellTriggered(connectorId));
                } else {
                    status(reply, "Rejected");
                }
            }
            case "MeterValues" -> {
                if (exists(connectorId, 1)) {
                    accept(reply, () -> controller.snapshot().ifPresent(snapshot -> meterValues(snapshot, connectorId)));
                } else {
                    status(reply, "Rejected");
                }
            }
            // Messages of profiles that are not offered.
            default -> status(reply, "NotImplemented");
        }
    }

    private boolean exists(Integer connectorId, int lowest) {
        return controller.snapshot().isPresent()
                && (connectorId == null || connectorId >= lowest && (connectorId == 0 || controller.connector(connectorId).isPresent()));
    }

    private void meterValues(ChargerSnapshot snapshot, Integer connectorId) {
        snapshot.connectors().stream().filter(connector -> connectorId == null || connector.connectorId() == connectorId)
                .forEach(this::meterValues);
    }

    private void meterValues(ConnectorSnapshot connector) {
        ObjectNode meterValue = MeterValues.of(connector.live(), MeterValues.Context.TRIGGER, time.now(),
                configuration.list("MeterValuesSampledData"));
        if (meterValue == null) {
            return;
        }
        ObjectNode payload = codec.newPayload();
        payload.put("connectorId", connector.connectorId());
        if (connector.session() != null && connector.session().transactionActive()) {
            transactions.find(connector.session().transactionId()).map(StoredTransaction::remoteId)
                    .ifPresent(remoteId -> payload.put("transactionId", remoteId));
        }
        payload.putArray("meterValue").add(meterValue);
        outbox.send(Priority.BEFORE_ACCEPTED, "MeterValues", payload, outcome -> { });
    }

    private void accept(Reply reply, Runnable then) {
        status(reply, "Accepted");
        then.run();
    }

    private void status(Reply reply, String status) {
        reply.result(codec.newPayload().put("status", status));
    }
}
