package dcocpp.ocpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.message.PayloadReader.Payload;
import dcocpp.ocpp.internal.testing.ValidPayloads;

/** Reading and writing with the check on the way, beside Jackson's own reading and writing and a check of the whole. */
class PayloadTest {
    private static final long SEED = 20_260_101L;

    private final Catalogue catalogue = Catalogue.load();
    private final JsonFactory parsers = new JsonFactory();
    private final ObjectMapper json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
    private final PayloadText out = new PayloadText();

    private Payload read(Schema schema, String text) throws IOException {
        try (JsonParser parser = parsers.createParser(text)) {
            parser.nextToken();
            return PayloadReader.read(parser, schema);
        }
    }

    /** Returns whether the payload is right. */
    private boolean compare(Schema schema, String text) throws IOException {
        ObjectNode tree = (ObjectNode) json.readTree(text);
        Schema.Findings findings = schema.check(tree);
        Payload payload = read(schema, text);
        assertEquals(tree, payload.object(), text);
        assertEquals(tree.toString(), payload.object().toString(), "in the same order");
        assertEquals(findings, payload.findings(), text);
        boolean right = findings.faults().isEmpty() && findings.unknown().isEmpty();
        for (ObjectNode object : new ObjectNode[] {tree, payload.object()}) {
            assertEquals(right, out.clear().object(object, schema), text);
            if (right) {
                assertEquals(tree.toString(), out.toString());
            }
        }
        return right;
    }

    @Test
    void whatIsFoundOnTheWayIsWhatACheckOfTheWholeFinds() throws IOException {
        ValidPayloads payloads = new ValidPayloads(new Random(SEED));
        int right = 0;
        int wrong = 0;
        for (int round = 0; round < 100; round++) {
            for (MessageType type : catalogue.all()) {
                ObjectNode payload = payloads.request(type.action());
                assertTrue(compare(type.request(), payload.toString()), payload::toString);
                payloads.mutate(payload);
                if (compare(type.request(), payload.toString())) {
                    right++;
                } else {
                    wrong++;
                }
            }
        }
        assertTrue(right > 200 && wrong > 2000, right + " right, " + wrong + " wrong");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "Reset # {\"type\":\"Hard\",\"type\":\"Soft\"} # true",
        "Reset # {\"type\":\"hard\",\"type\":\"Soft\"} # true",
        "Reset # {\"type\":\"Hard\",\"type\":\"soft\"} # false",
        "Reset # {\"type\":\"Hard\",\"type\":null} # false",
        "Reset # {\"type\":null,\"type\":\"Hard\"} # true",
        "Reset # {\"type\":\"\"} # false",
        "Reset # {\"type\":\"Soft\",\"Type\":\"Soft\"} # false",
        "Reset # {\"type\":{\"type\":\"Hard\"}} # false",
        "StatusNotification # {\"status\":\"Charging\",\"info\":null,\"errorCode\":\"NoError\",\"connectorId\":1} # true",
        "StatusNotification # {\"connectorId\":1,\"connectorId\":2,\"status\":\"Charging\"} # false",
        "GetConfiguration # {\"key\":[\"A\",\"A\"],\"key\":[]} # true",
        "GetConfiguration # {\"key\":[\"A\",null]} # false",
        "GetConfiguration # {\"key\":{\"key\":[]}} # false",
        "MeterValues # {\"connectorId\":1,\"meterValue\":[null]} # false",
        "MeterValues # {\"connectorId\":1,\"meterValue\":[[]]} # false",
        "MeterValues # {\"connectorId\":1,\"meterValue\":null} # false",
        "MeterValues # {\"connectorId\":1,\"meterValue\":[{\"sampledValue\":[{\"value\":\"1\",\"unit\":\"V\"}],"
                + "\"timestamp\":\"2026-01-31T12:00:00.000Z\"}],\"transactionId\":-2147483648} # true",
        "MeterValues # {\"connectorId\":2147483648,\"meterValue\":[{\"sampledValue\":[{\"value\":\"1\"}],"
                + "\"timestamp\":\"2026-01-31T12:00:00Z\"}]} # false"})
    void fieldsMayComeInAnyOrderTwiceOrEmpty(String action, String payload, boolean right) throws IOException {
        // What is written has each field once.
        assertEquals(right, compare(catalogue.get(action).request(), payload));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"0.1 # 0.1", "16 # 16", "16.0 # 16.0", "1E+3 # 1E+3", "58800.50 # 58800.50"})
    void aDecimalKeepsItsDigits(String limit, String written) throws IOException {
        String text = """
                {"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile",\
                "chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"W",\
                "chargingSchedulePeriod":[{"startPeriod":0,"limit":%s}]}}}""";
        Schema schema = catalogue.get("SetChargingProfile").request();
        assertTrue(out.clear().object(read(schema, text.formatted(limit)).object(), schema));
        assertEquals(text.formatted(written), out.toString());
    }

    @Test
    void aSchemaKeepsToItsOwnWords() throws IOException {
        Schema schema = catalogue.get("StatusNotification").request();
        Payload payload = read(schema, "{\"connectorId\":1,\"errorCode\":\"Charging\",\"status\":\"Charging\"}");
        assertNotEquals(0, payload.findings().faults().size());
        assertSame(read(schema, "{\"status\":\"Charging\"}").object().get("status"), payload.object().get("status"));
    }
}
