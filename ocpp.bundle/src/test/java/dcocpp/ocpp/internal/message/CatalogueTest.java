package dcocpp.ocpp.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private final Catalogue catalogue = Catalogue.load();
    private final ObjectMapper json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Schema.Findings check(String action, String payload) throws Exception {
        return catalogue.get(action).request().check((ObjectNode) json.readTree(payload));
    }

    @Test
    void everyMessageOfOcpp16AndItsSecurityExtensionIsThere() {
        assertEquals(39, catalogue.all().size());
        assertEquals(28, catalogue.all().stream().filter(type -> !type.profile().equals("Security")).count());
    }

    @Test
    void unknownFieldsAreFoundAndAreNoFault() throws Exception {
        Schema.Findings findings = check("Reset", "{\"type\":\"Soft\",\"vendorExtra\":1}");
        assertNull(findings.faultText());
        assertEquals("/vendorExtra", findings.unknown().get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "Reset # {} # /type is required",
        "Reset # {\"type\":null} # /type is required",
        "Reset # {\"type\":\"soft\"} # /type must be one of Hard, Soft",
        "Reset # {\"type\":1} # /type must be one of Hard, Soft",
        "ChangeAvailability # {\"connectorId\":\"1\",\"type\":\"Operative\"} # /connectorId must be an integer",
        "ChangeAvailability # {\"connectorId\":1.5,\"type\":\"Operative\"} # /connectorId must be an integer",
        "ChangeAvailability # {\"connectorId\":99999999999,\"type\":\"Operative\"} # /connectorId must be an integer",
        "RemoteStartTransaction # {\"idTag\":\"123456789012345678901\"} # /idTag must have at most 20 characters, it has 21",
        "GetConfiguration # {\"key\":\"HeartbeatInterval\"} # /key must be a list",
        "GetConfiguration # {\"key\":[5]} # /key/0 must be a string",
        "ReserveNow # {\"connectorId\":1,\"expiryDate\":\"soon\",\"idTag\":\"A\",\"reservationId\":1} # /expiryDate must be a time",
        "MeterValues # {\"connectorId\":1,\"meterValue\":[]} # /meterValue must have at least 1 item",
        "SetChargingProfile # {\"connectorId\":1,\"csChargingProfiles\":{}} # /csChargingProfiles/chargingProfileId is required",
        "UpdateFirmware # {\"location\":\"ht tp://x\",\"retrieveDate\":\"2026-01-01T00:00:00Z\"} # /location must be a URI"})
    void aFaultNamesItsPlaceAndWhatWouldBeRight(String action, String payload, String expected) throws Exception {
        String fault = check(action, payload).faultText();
        assertTrue(fault != null && fault.startsWith(expected), fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "GetConfiguration # {\"key\":[\"A\"]} # {\"key\":[\"A\"]}",
        "GetConfiguration # {\"key\":[\"A\",5]} # {}",
        "GetConfiguration # {\"key\":\"A\",\"extra\":{}} # {\"extra\":{}}",
        "RemoteStartTransaction # {\"connectorId\":null,\"idTag\":\"A\"} # {\"connectorId\":null,\"idTag\":\"A\"}",
        "RemoteStartTransaction # {\"connectorId\":\"1\",\"idTag\":\"A\",\"chargingProfile\":{}} # {\"idTag\":\"A\"}",
        "RemoteStartTransaction # {\"connectorId\":1,\"idTag\":[]} # {\"connectorId\":1}",
        "GetLog # {\"log\":{\"remoteLocation\":\"x\",\"latestTimestamp\":7}} # {\"log\":{\"remoteLocation\":\"x\"}}",
        "GetLog # {\"log\":{\"latestTimestamp\":\"2026-01-01T12:00:00Z\"},\"requestId\":7} # {\"requestId\":7}"})
    void whatIsRightOfAPayloadIsLeftWithoutWhatIsWrong(String action, String payload, String right) throws Exception {
        ObjectNode given = (ObjectNode) json.readTree(payload);
        assertEquals(right, catalogue.get(action).request().withoutFaults(given).toString());
        assertEquals(json.readTree(payload), given, "it is a copy");
    }

    @ParameterizedTest
    @CsvSource({"0,true", "0.1,true", "16,true", "1E+3,true", "0.15,false", "1e999999,false", "\"1\",false"})
    void aLimitHasAtMostOneDigitBehindThePoint(String limit, boolean right) throws Exception {
        String fault = check("SetChargingProfile", """
                {"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile",
                "chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"W",
                "chargingSchedulePeriod":[{"startPeriod":0,"limit":%s}]}}}""".formatted(limit)).faultText();
        assertEquals(right, fault == null, fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T12:00:00Z", "2026-01-01T12:00:00.000Z", "2026-01-01T12:00:00", "2026-01-01T14:00:00+02:00",
        "2026-01-01T12:00:00.000000+00:00"})
    void aTimeIsReadInEveryFormThatBackOfficesSend(String text) {
        assertEquals(Optional.of(Instant.parse("2026-01-01T12:00:00Z")), OcppTime.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"2026-01-31T12:00:00Z,true", "2026-01-31T12:00:00.123Z,true", "2024-02-29T00:00:00Z,true", "2026-02-29T00:00:00Z,false",
        "2026-04-31T00:00:00Z,false", "2026-13-01T00:00:00Z,false", "2026-00-01T00:00:00Z,false", "2026-01-00T00:00:00Z,false",
        "2026-01-01T24:00:00Z,false", "2026-01-01T23:60:00Z,false", "2026-01-01T23:59:60Z,false", "2026-01-01T12:00:00.12xZ,false",
        "2026-01-01 12:00:00Z,false", "2026-01-01T12:00:00.123456Z,true", "soon,false"})
    void theQuickCheckOfATimeSaysWhatReadingItSays(String text, boolean right) {
        assertEquals(right, OcppTime.isTime(text));
        assertEquals(right, OcppTime.parse(text).isPresent());
    }

    @Test
    void aTimeIsWrittenInUtcWithMilliseconds() {
        assertEquals("2026-01-01T12:00:00.000Z", OcppTime.format(Instant.parse("2026-01-01T12:00:00Z")));
    }
}
