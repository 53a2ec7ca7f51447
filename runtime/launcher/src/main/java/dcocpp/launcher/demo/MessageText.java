package dcocpp.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.csms.OcppMessage;
import dcocpp.csms.OcppMessage.Direction;
import dcocpp.csms.OcppMessage.Kind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An OCPP message on one line. */
final class MessageText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageText() {
    }

    static String line(OcppMessage message) {
        String arrow = message.direction() == Direction.FROM_CHARGER ? "charger -> CSMS" : "charger <- CSMS";
        String what = switch (message.kind()) {
            case CALL -> message.action();
            case CALLRESULT -> message.action() + " answer";
            case CALLERROR -> message.action() + " REFUSED";
            case MALFORMED -> "(no OCPP)";
        };
        String fields = message.kind() == Kind.MALFORMED ? message.frame() : fields(message.payload());
        return String.format(Locale.ROOT, "%s  %s  %-25s %s", TIME.format(message.time()), arrow, what, fields).stripTrailing();
    }

    private static String fields(String payload) {
        try {
            List<String> fields = new ArrayList<>();
            collect(JSON.readTree(payload), fields);
            return String.join("  ", fields);
        } catch (JsonProcessingException unreadable) {
            return payload;
        }
    }

    private static void collect(JsonNode object, List<String> fields) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            if (value.isValueNode()) {
                fields.add(entry.getKey() + "=" + value.asText());
            } else if (value.isObject()) {
                collect(value, fields);
            } else if (entry.getKey().equals("meterValue") || entry.getKey().equals("transactionData")) {
                value.forEach(meterValue -> readings(meterValue, fields));
            } else {
                fields.add(entry.getKey() + "=" + value);
            }
        }
    }

    private static void readings(JsonNode meterValue, List<String> fields) {
        for (JsonNode sample : meterValue.path("sampledValue")) {
            fields.add(sample.path("measurand").asText("Energy.Active.Import.Register") + "=" + sample.path("value").asText()
                    + sample.path("unit").asText(""));
        }
    }
}
