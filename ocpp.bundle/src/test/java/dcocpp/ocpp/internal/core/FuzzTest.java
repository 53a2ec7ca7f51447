package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.session.CommandResult;
import dcocpp.ocpp.internal.rpc.ErrorCode;

/** Mutations of good calls: no exception escapes, the connection lives, every answer is well-formed. */
class FuzzTest {

    private static final int ROUNDS = 2000;
    private static final List<String> GOOD = List.of(
            "[2,\"id-1\",\"ChangeAvailability\",{\"connectorId\":1,\"type\":\"Operative\"}]",
            "[2,\"id-1\",\"ChangeConfiguration\",{\"key\":\"MinimumStatusDuration\",\"value\":\"0\"}]",
            "[2,\"id-1\",\"GetConfiguration\",{\"key\":[\"HeartbeatInterval\",\"x\"]}]",
            "[2,\"id-1\",\"RemoteStartTransaction\",{\"connectorId\":1,\"idTag\":\"ABC\",\"chargingProfile\":{\"chargingProfileId\":1,"
                    + "\"stackLevel\":0,\"chargingProfilePurpose\":\"TxProfile\",\"chargingProfileKind\":\"Relative\",\"chargingSchedule\":"
                    + "{\"chargingRateUnit\":\"W\",\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":11000.5}]}}}]",
            "[2,\"id-1\",\"RemoteStopTransaction\",{\"transactionId\":1}]",
            "[2,\"id-1\",\"UnlockConnector\",{\"connectorId\":2}]",
            "[2,\"id-1\",\"TriggerMessage\",{\"requestedMessage\":\"MeterValues\",\"connectorId\":1}]",
            "[2,\"id-1\",\"DataTransfer\",{\"vendorId\":\"v\",\"messageId\":\"m\",\"data\":\"\\u0000 \\\"\"}]",
            "[3,\"id-1\",{\"status\":\"Accepted\"}]",
            "[4,\"id-1\",\"GenericError\",\"\",{}]");
    private static final List<String> PIECES = List.of("{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1e400", "99999999999999",
            "0.15", "\"\"", "[]", "{}", "\\u0000", "é", "2", "3", "4", "5");

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
    }

    @Test
    void mutatedCallsAreAllAnsweredAndNothingBreaks() throws Exception {
        long seed = 20_260_101;
        Random random = new Random(seed);
        ObjectMapper json = new ObjectMapper();
        for (int round = 0; round < ROUNDS; round++) {
            station.backOffice.replies().clear();
            String text = mutate(GOOD.get(random.nextInt(GOOD.size())), random);
            station.backOffice.raw(text);
            station.charger.results.forEach(result -> result.complete(CommandResult.DONE));
            station.charger.results.clear();
            station.time.runDue();
            assertTrue(station.backOffice.replies().size() <= 1, text);
            for (String reply : station.backOffice.replies()) {
                JsonNode frame = json.readTree(reply);
                assertTrue(frame.get(0).intValue() == 3 && frame.size() == 3 || frame.get(0).intValue() == 4 && frame.size() == 5, reply);
                if (frame.get(0).intValue() == 4) {
                    ErrorCode.valueOf(frame.get(2).textValue());
                }
            }
        }
        station.backOffice.replies().clear();
        assertEquals("Accepted", station.backOffice.call("ClearCache", "{}").get("status").textValue());
        assertEquals(1, station.backOffice.connections());
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(8));
            switch (random.nextInt(3)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> mutated.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
            if (mutated.isEmpty()) {
                return "x";
            }
        }
        return mutated.toString();
    }
}
