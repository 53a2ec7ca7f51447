package dcocpp.console.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;

/** The journal as JSON. The names are a promise: they change only together with docs/openapi.yaml. */
final class JournalJson {

    private JournalJson() {
    }

    static ObjectNode transaction(TransactionRecord transaction) {
        TransactionStarted started = transaction.started();
        TransactionStopped stopped = transaction.stopped();
        ObjectNode node = Json.object();
        node.put("transactionId", started.transactionId());
        node.put("connectorId", started.connectorId());
        node.put("idTag", started.token().idTag());
        node.put("tokenSource", Json.camel(started.token().source()));
        node.put("startedAt", started.stamp().at().toString());
        node.put("startNumber", started.stamp().number());
        node.put("meterStartMilliWh", started.meterMilliWh());
        node.set("startDelivery", delivery(transaction.startDelivery()));
        node.put("running", stopped == null);
        if (stopped != null) {
            node.put("stoppedAt", stopped.stamp().at().toString());
            node.put("stopNumber", stopped.stamp().number());
            node.put("meterStopMilliWh", stopped.meterMilliWh());
            node.put("energyMilliWh", stopped.meterMilliWh() - started.meterMilliWh());
            node.put("stopReason", Json.ocpp(stopped.reason()));
            node.put("stopIdTag", stopped.stopIdTag());
            if (transaction.stopDelivery() != null) {
                node.set("stopDelivery", delivery(transaction.stopDelivery()));
            }
        }
        return node;
    }

    private static ObjectNode delivery(Delivery delivery) {
        return Json.object().put("state", Json.camel(delivery.state())).put("detail", delivery.detail());
    }

    static ObjectNode event(JournalEvent event) {
        ObjectNode node = Json.object();
        node.put("number", event.stamp().number());
        node.put("at", event.stamp().at().toString());
        node.put("bootId", event.stamp().bootId());
        node.put("transactionId", event.transactionId());
        node.put("connectorId", event.connectorId());
        if (event instanceof TransactionStarted started) {
            node.put("type", "started");
            node.put("idTag", started.token().idTag());
            node.put("tokenSource", Json.camel(started.token().source()));
            node.put("meterMilliWh", started.meterMilliWh());
            if (started.reservationId() >= 0) {
                node.put("reservationId", started.reservationId());
            }
        } else if (event instanceof MeterSampled sampled) {
            node.put("type", "sampled");
            node.put("context", Json.camel(sampled.context()));
            StatusJson.putSample(node.putObject("sample"), sampled.sample());
        } else if (event instanceof TransactionStopped stopped) {
            node.put("type", "stopped");
            node.put("meterMilliWh", stopped.meterMilliWh());
            node.put("stopReason", Json.ocpp(stopped.reason()));
            node.put("stopIdTag", stopped.stopIdTag());
        }
        return node;
    }
}
