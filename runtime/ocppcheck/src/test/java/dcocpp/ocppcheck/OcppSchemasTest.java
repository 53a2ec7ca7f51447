package dcocpp.ocppcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocppcheck.OcppSchemas.Half;

class OcppSchemasTest {

    private final OcppSchemas schemas = OcppSchemas.all();

    @Test
    void theFileIsTheOneThatTheReadmeNames() throws Exception {
        try (InputStream in = OcppSchemas.class.getResourceAsStream(OcppSchemas.RESOURCE)) {
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
            assertTrue(Files.readString(Path.of("README.md")).contains("`" + hash + "`"), hash);
        }
    }

    @Test
    void everyMessageHasBothItsHalves() {
        assertEquals(39, schemas.actions().size());
        schemas.actions().forEach(action -> {
            assertTrue(schemas.tree(action, Half.REQUEST).isObject(), action);
            assertTrue(schemas.tree(action, Half.CONFIRMATION).isObject(), action);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "Heartbeat # {} # ",
        "Heartbeat # {\"extra\":1} # additionalProperties",
        "Authorize # {} # required",
        "Authorize # {\"idTag\":1} # type",
        "Authorize # {\"idTag\":\"123456789012345678901\"} # maxLength",
        "Reset # {\"type\":\"soft\"} # enum",
        "ReserveNow # {\"connectorId\":1,\"expiryDate\":\"soon\",\"idTag\":\"A\",\"reservationId\":1} # format",
        "NoSuchMessage # {} # action"})
    void aPayloadIsJudgedByTheKeywordsOfTheSchema(String action, String payload, String keyword) throws Exception {
        Set<String> expected = keyword == null ? Set.of() : Set.of(keyword);
        assertEquals(expected, schemas.brokenKeywords(action, Half.REQUEST, OcppSchemas.read(payload)));
    }

    @ParameterizedTest
    @CsvSource({"0.1,true", "11000.5,true", "16,true", "0.15,false"})
    void aLimitIsAMultipleOfATenthAsItIsWritten(String limit, boolean right) throws Exception {
        List<String> faults = schemas.faults("SetChargingProfile", Half.REQUEST, OcppSchemas.read("""
                {"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile",
                "chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"W",
                "chargingSchedulePeriod":[{"startPeriod":0,"limit":%s}]}}}""".formatted(limit)));
        assertEquals(right, faults.isEmpty(), faults.toString());
    }
}
