package dcocpp.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.chargetime.ocpp.model.Request;
import eu.chargetime.ocpp.model.core.ChargePointErrorCode;
import eu.chargetime.ocpp.model.core.ChargePointStatus;
import eu.chargetime.ocpp.model.core.HeartbeatRequest;
import eu.chargetime.ocpp.model.core.MeterValue;
import eu.chargetime.ocpp.model.core.MeterValuesRequest;
import eu.chargetime.ocpp.model.core.SampledValue;
import eu.chargetime.ocpp.model.core.StartTransactionRequest;
import eu.chargetime.ocpp.model.core.StatusNotificationRequest;

import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.rpc.FrameCodec;

/** The same messages for both: what a charge point sends all day. */
public enum Messages {
    Heartbeat(HeartbeatRequest.class) {
        @Override
        ObjectNode ours(FrameCodec codec) {
            return codec.newPayload();
        }

        @Override
        Request theirs() {
            return new HeartbeatRequest();
        }
    },
    StatusNotification(StatusNotificationRequest.class) {
        @Override
        ObjectNode ours(FrameCodec codec) {
            return codec.newPayload().put("connectorId", 1).put("errorCode", "NoError").put("status", "Charging")
                    .put("timestamp", OcppTime.format(AT));
        }

        @Override
        Request theirs() {
            StatusNotificationRequest request = new StatusNotificationRequest(1, ChargePointErrorCode.NoError, ChargePointStatus.Charging);
            request.setTimestamp(ZonedDateTime.ofInstant(AT, ZoneOffset.UTC));
            return request;
        }
    },
    StartTransaction(StartTransactionRequest.class) {
        @Override
        ObjectNode ours(FrameCodec codec) {
            return codec.newPayload().put("connectorId", 1).put("idTag", "DEADBEEF").put("meterStart", 1234567)
                    .put("timestamp", OcppTime.format(AT));
        }

        @Override
        Request theirs() {
            return new StartTransactionRequest(1, "DEADBEEF", 1234567, ZonedDateTime.ofInstant(AT, ZoneOffset.UTC));
        }
    },
    MeterValues(MeterValuesRequest.class) {
        @Override
        ObjectNode ours(FrameCodec codec) {
            ObjectNode payload = codec.newPayload().put("connectorId", 1).put("transactionId", 77);
            ObjectNode meterValue = payload.putArray("meterValue").addObject().put("timestamp", OcppTime.format(AT));
            ArrayNode values = meterValue.putArray("sampledValue");
            for (String[] sample : SAMPLES) {
                values.addObject().put("value", sample[0]).put("context", "Sample.Periodic").put("measurand", sample[1])
                        .put("unit", sample[2]);
            }
            return payload;
        }

        @Override
        Request theirs() {
            SampledValue[] values = new SampledValue[SAMPLES.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = new SampledValue(SAMPLES[i][0]);
                values[i].setContext("Sample.Periodic");
                values[i].setMeasurand(SAMPLES[i][1]);
                values[i].setUnit(SAMPLES[i][2]);
            }
            MeterValuesRequest request = new MeterValuesRequest(1);
            request.setTransactionId(77);
            request.setMeterValue(new MeterValue[] {new MeterValue(ZonedDateTime.ofInstant(AT, ZoneOffset.UTC), values)});
            return request;
        }
    };

    private static final Instant AT = Instant.parse("2026-01-31T12:34:56.789Z");
    private static final String[][] SAMPLES = {{"1234567", "Energy.Active.Import.Register", "Wh"}, {"58800.5", "Power.Active.Import", "W"},
        {"147.0", "Current.Import", "A"}, {"400.0", "Voltage", "V"}, {"42.5", "SoC", "Percent"}, {"60000.0", "Power.Offered", "W"}};

    final Class<? extends Request> type;

    Messages(Class<? extends Request> type) {
        this.type = type;
    }

    abstract ObjectNode ours(FrameCodec codec);

    abstract Request theirs();
}
