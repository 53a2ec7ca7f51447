package dcocpp.csms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ChargePointTest {

    private static final String ID = "DC-12";

    private DemoCsms csms;
    private TestCharger charger;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        csms = DemoCsms.startEphemeral();
        charger = TestCharger.connect(csms, ID);
        charger.call("h", "Heartbeat", "{}");
    }

    @AfterEach
    void disconnect() {
        charger.close();
        csms.close();
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                command("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"T\"}", c -> c.remoteStart(2, "T")),
                command("RemoteStartTransaction", "{\"idTag\":\"T\"}", c -> c.remoteStart("T")),
                command("RemoteStopTransaction", "{\"transactionId\":7}", c -> c.remoteStop(7)),
                command("ChangeConfiguration", "{\"key\":\"K\",\"value\":\"1\"}", c -> c.changeConfiguration("K", "1")),
                command("TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}", c -> c.trigger("Heartbeat")),
                command("TriggerMessage", "{\"connectorId\":4,\"requestedMessage\":\"MeterValues\"}", c -> c.trigger("MeterValues", 4)),
                command("Reset", "{\"type\":\"Hard\"}", c -> c.reset(true)),
                command("UnlockConnector", "{\"connectorId\":5}", c -> c.unlock(5)),
                command("ChangeAvailability", "{\"connectorId\":0,\"type\":\"Inoperative\"}", c -> c.changeAvailability(0, false)),
                command("ClearCache", "{}", ChargePoint::clearCache),
                command("SetChargingProfile", "{\"connectorId\":1,\"csChargingProfiles\":{\"chargingProfileId\":1,\"stackLevel\":0,"
                        + "\"chargingProfilePurpose\":\"TxDefaultProfile\",\"chargingProfileKind\":\"Absolute\",\"chargingSchedule\":"
                        + "{\"chargingRateUnit\":\"W\",\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":50000.0,"
                        + "\"numberPhases\":3}]}}}",
                        c -> c.setChargingProfile(1, "{\"chargingProfileId\":1,\"stackLevel\":0,"
                                + "\"chargingProfilePurpose\":\"TxDefaultProfile\",\"chargingProfileKind\":\"Absolute\","
                                + "\"chargingSchedule\":"
                                + "{\"chargingRateUnit\":\"W\",\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":50000}]}}")));
    }

    private static Arguments command(String action, String payload, Function<ChargePoint, CompletableFuture<String>> send) {
        return Arguments.of(action, payload, send);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("commands")
    void commandArrivesAsOcppWantsItAndItsStatusComesBack(
            String action, String payload, Function<ChargePoint, CompletableFuture<String>> send) throws Exception {
        CompletableFuture<String> status = send.apply(csms.chargePoint(ID));
        JsonArray frame = JsonParser.parseString(charger.next()).getAsJsonArray();
        assertEquals(action, frame.get(2).getAsString());
        assertEquals(JsonParser.parseString(payload), frame.get(3));
        String answer = action.equals("UnlockConnector") ? "Unlocked" : "Accepted";
        charger.send("[3," + frame.get(1) + ",{\"status\":\"" + answer + "\"}]");
        assertEquals(answer, status.get(10, TimeUnit.SECONDS));
    }

    @Test
    void configurationIsReadWithItsUnknownKeys() throws Exception {
        var answer = csms.chargePoint(ID).getConfiguration("HeartbeatInterval", "Nonsense");
        JsonArray frame = JsonParser.parseString(charger.next()).getAsJsonArray();
        assertEquals("[\"HeartbeatInterval\",\"Nonsense\"]", frame.get(3).getAsJsonObject().get("key").toString());
        charger.send("[3," + frame.get(1) + ",{\"configurationKey\":[{\"key\":\"HeartbeatInterval\",\"readonly\":false,"
                + "\"value\":\"300\"},{\"key\":\"Empty\",\"readonly\":true}],\"unknownKey\":[\"Nonsense\"]}]");
        ChargePoint.Configuration configuration = answer.get(10, TimeUnit.SECONDS);
        assertEquals(Map.of("HeartbeatInterval", new ChargePoint.Setting("300", false), "Empty", new ChargePoint.Setting("", true)),
                configuration.settings());
        assertEquals(List.of("Nonsense"), configuration.unknownKeys());
    }

    @Test
    void refusalByTheChargerFailsTheCommandWithItsCode() throws Exception {
        var status = csms.chargePoint(ID).clearCache();
        JsonArray frame = JsonParser.parseString(charger.next()).getAsJsonArray();
        charger.send("[4," + frame.get(1) + ",\"NotImplemented\",\"what is that\",{}]");
        ExecutionException failed = assertThrows(ExecutionException.class, () -> status.get(10, TimeUnit.SECONDS));
        CallRefusedException refused = assertInstanceOf(CallRefusedException.class, failed.getCause());
        assertEquals("NotImplemented", refused.errorCode());
        assertEquals("ClearCache was refused by the charger: NotImplemented (what is that)", refused.getMessage());
    }

    @Test
    void commandFailsAtOnceWhenTheChargerGoesAwayOrIsNotThere() throws Exception {
        var status = csms.chargePoint(ID).clearCache();
        charger.next();
        charger.close();
        ExecutionException gone = assertThrows(ExecutionException.class, () -> status.get(10, TimeUnit.SECONDS));
        assertTrue(gone.getCause().getMessage().contains("DC-12 went away"), gone.getCause().getMessage());
        ExecutionException absent = assertThrows(ExecutionException.class,
                () -> csms.chargePoint("nobody").clearCache().get(10, TimeUnit.SECONDS));
        assertEquals("nobody is not connected", absent.getCause().getMessage());
    }

    @Test
    void commandThatWouldBreakOcppIsNotSent() {
        for (var wrong : List.of(csms.chargePoint(ID).call("MakeCoffee", "{}"), csms.chargePoint(ID).call("Reset", "{}"),
                csms.chargePoint(ID).call("Reset", "[1"))) {
            ExecutionException failed = assertThrows(ExecutionException.class, () -> wrong.get(10, TimeUnit.SECONDS));
            assertInstanceOf(IllegalArgumentException.class, failed.getCause());
        }
        assertTrue(charger.nothingWaits());
    }

    @Test
    void rawTextGoesOutAsItIs() throws Exception {
        csms.chargePoint(ID).sendRaw("[2,\"not finished");
        assertEquals("[2,\"not finished", charger.next());
    }
}
