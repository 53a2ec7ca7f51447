package dcocpp.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The payload of an OCPP message as names and values on one line. */
public final class PayloadText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PayloadText() {
    }

    /** Of a JSON object; what is none comes back as it is. */
    public static String of(String payload) {
        try {
            return of(JSON.readTree(payload));
        } catch (JsonProcessingException unreadable) {
            return payload;
        }
    }

    /** Of a JSON object. */
    public static String of(JsonNode payload) {
        List<String> fields = new ArrayList<>();
        collect(payload, fields);
        return String.join("  ", fields);
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
