package dcocpp.ocpp.internal.transaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.store.StoredTransaction;

/** Makes the payloads of transaction messages, all but the back office's id of the transaction. */
final class MessageBodies {
    private static final Logger LOG = LoggerFactory.getLogger(MessageBodies.class);

    /** What a StopTransaction has beside its samples. */
    private static final int FRAME_CHARS = 400;

    private final FrameCodec codec;
    private final Configuration configuration;
    private final ClockCorrection clock;

    MessageBodies(FrameCodec codec, Configuration configuration, ClockCorrection clock) {
        this.clock = clock;
        this.codec = codec;
        this.configuration = configuration;
    }

    String start(TransactionStarted event) {
        ObjectNode payload = codec.newPayload();
        payload.put("connectorId", event.connectorId());
        payload.put("idTag", event.token().idTag());
        payload.put("meterStart", MeterValues.wattHours(event.meterMilliWh()));
        payload.put("timestamp", OcppTime.format(clock.at(event.stamp())));
        if (event.reservationId() >= 0) {
            payload.put("reservationId", event.reservationId());
        }
        return codec.writePayload(payload);
    }

    String meterValues(int connectorId, ObjectNode meterValue) {
        ObjectNode payload = codec.newPayload();
        payload.put("connectorId", connectorId);
        payload.putArray("meterValue").add(meterValue);
        return codec.writePayload(payload);
    }

    /** @param between the samples between begin and end; thinned out when the message would be too large */
    String stop(TransactionStopped event, StoredTransaction transaction, List<String> between) {
        ObjectNode payload = codec.newPayload();
        payload.put("meterStop", MeterValues.wattHours(event.meterMilliWh()));
        payload.put("timestamp", OcppTime.format(clock.at(event.stamp())));
        payload.put("reason", reason(event.reason()));
        if (!event.stopIdTag().isEmpty()) {
            payload.put("idTag", event.stopIdTag());
        }
        List<String> samples = new ArrayList<>();
        samples.add(transaction.begin());
        samples.addAll(between);
        samples.add(transaction.end().isEmpty() ? register(event) : transaction.end());
        samples.removeIf(String::isEmpty);
        ArrayNode data = codec.newPayload().arrayNode();
        StopData.thinned(samples, configuration.number("MaxMessageSize") - FRAME_CHARS).forEach(sample -> add(data, sample));
        if (!data.isEmpty()) {
            payload.set("transactionData", data);
        }
        return codec.writePayload(payload);
    }

    /** The energy at the end, for when nothing else was sampled; empty if it is not asked for. */
    private String register(TransactionStopped event) {
        ObjectNode register = MeterValues.energy(event.meterMilliWh(), MeterValues.Context.END, clock.at(event.stamp()),
                configuration.list("StopTxnSampledData"));
        return register == null ? "" : codec.writePayload(register);
    }

    private void add(ArrayNode data, String sample) {
        try {
            data.add(codec.readPayload(sample));
        } catch (IOException e) {
            LOG.error("A stored sample is damaged, left out: {}", e.getMessage());
        }
    }

    /** EV_DISCONNECTED is EVDisconnected, DEAUTHORIZED is DeAuthorized: the spelling of OCPP follows no rule. */
    private static String reason(StopReason reason) {
        return switch (reason) {
            case EV_DISCONNECTED -> "EVDisconnected";
            case DEAUTHORIZED -> "DeAuthorized";
            case EMERGENCY_STOP, HARD_RESET, LOCAL, OTHER, POWER_LOSS, REBOOT, REMOTE, SOFT_RESET, UNLOCK_COMMAND -> camelCase(reason);
            // A reason that a newer journal has and OCPP 1.6 does not.
            default -> "Other";
        };
    }

    private static String camelCase(StopReason reason) {
        StringBuilder text = new StringBuilder();
        for (String word : reason.name().split("_")) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
