package dcocpp.itest.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import dcocpp.itest.Await;
import dcocpp.itest.TestFolder;
import dcocpp.itest.process.ChargerProcess;
import dcocpp.launcher.ApiClient;

/** The launched charger against a CSMS in another language that takes nothing which breaks the schemas. */
class StrictCsmsIT {

    private static final int GUN = 2;

    private TestFolder folder;
    private StrictCsms csms;

    @BeforeEach
    void startCsms(TestInfo test) throws Exception {
        folder = TestFolder.fresh("StrictCsmsIT-" + test.getTestMethod().orElseThrow().getName());
        csms = StrictCsms.start(folder);
        folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString()));
    }

    @AfterEach
    void stopCsms() throws Exception {
        csms.close();
    }

    @Test
    void aWholeSessionBreaksNoSchema() throws Exception {
        try (ChargerProcess charger = ChargerProcess.run(folder, "--rate", "20")) {
            ApiClient api = charger.api();
            assertEquals("ocpp1.6", csms.await("connected", event -> true).get("protocol").asText());
            csms.awaitCall("StatusNotification", status -> status.get("connectorId").asInt() == GUN
                    && status.get("status").asText().equals("Available"));
            api.post("api/sim/connectors/" + GUN + "/plug", null).require();
            csms.awaitCall("StatusNotification", status -> status.get("status").asText().equals("Preparing"));
            JsonNode answer = csms.call("RemoteStartTransaction", "{\"idTag\":\"REMOTE-1\",\"connectorId\":" + GUN + "}");
            assertEquals("Accepted", answer.at("/result/status").asText(), answer.toString());
            csms.awaitCall("StartTransaction", start -> start.get("idTag").asText().equals("REMOTE-1"));
            Await.until("three MeterValues of the transaction", ChargerProcess.LIMIT,
                    () -> csms.calls("MeterValues").stream().filter(values -> values.has("transactionId")).count() >= 3);
            assertEquals("Accepted", csms.call("RemoteStopTransaction", "{\"transactionId\":1}").at("/result/status").asText());
            JsonNode stop = csms.awaitCall("StopTransaction", any -> true);
            assertEquals("Remote", stop.get("reason").asText());
            assertTrue(stop.get("meterStop").asLong() > csms.calls("StartTransaction").get(0).get("meterStart").asLong());
            assertEquals(List.of(), csms.violations());
        }
    }

    @Test
    void everyCallOfABackOfficeIsAnsweredByItsSchema() throws Exception {
        String later = Instant.now().plus(Duration.ofHours(1)).toString();
        String profile = "{\"chargingProfileId\":1,\"stackLevel\":0,\"chargingProfilePurpose\":\"TxDefaultProfile\","
                + "\"chargingProfileKind\":\"Relative\",\"chargingSchedule\":{\"chargingRateUnit\":\"W\","
                + "\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":30000}]}}";
        String unknownCertificate = "{\"certificateHashData\":{\"hashAlgorithm\":\"SHA256\",\"issuerNameHash\":\"00\","
                + "\"issuerKeyHash\":\"00\",\"serialNumber\":\"1\"}}";
        try (ChargerProcess charger = ChargerProcess.run(folder)) {
            assertTrue(charger.isAlive());
            csms.awaitCall("StatusNotification", status -> status.get("connectorId").asInt() == 12);
            answers("GetConfiguration", "{}");
            answers("ChangeConfiguration", "{\"key\":\"MeterValueSampleInterval\",\"value\":\"60\"}", "Accepted");
            answers("ChangeConfiguration", "{\"key\":\"NoSuchKey\",\"value\":\"1\"}", "NotSupported");
            answers("ChangeAvailability", "{\"connectorId\":3,\"type\":\"Inoperative\"}", "Accepted");
            answers("ChangeAvailability", "{\"connectorId\":3,\"type\":\"Operative\"}", "Accepted");
            answers("ClearCache", "{}", "Accepted");
            answers("DataTransfer", "{\"vendorId\":\"nobody\"}", "UnknownVendorId");
            answers("TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}", "Accepted");
            answers("TriggerMessage", "{\"requestedMessage\":\"MeterValues\",\"connectorId\":1}", "Accepted");
            answers("TriggerMessage", "{\"requestedMessage\":\"DiagnosticsStatusNotification\"}", "Accepted");
            answers("TriggerMessage", "{\"requestedMessage\":\"FirmwareStatusNotification\"}", "Accepted");
            answers("ExtendedTriggerMessage", "{\"requestedMessage\":\"StatusNotification\",\"connectorId\":1}", "Accepted");
            answers("ExtendedTriggerMessage", "{\"requestedMessage\":\"LogStatusNotification\"}", "Accepted");
            answers("UnlockConnector", "{\"connectorId\":4}", "Unlocked");
            answers("RemoteStopTransaction", "{\"transactionId\":4711}", "Rejected");
            answers("GetLocalListVersion", "{}");
            answers("SendLocalList", "{\"listVersion\":1,\"updateType\":\"Full\",\"localAuthorizationList\":"
                    + "[{\"idTag\":\"LOCAL-1\",\"idTagInfo\":{\"status\":\"Accepted\"}}]}", "Accepted");
            answers("ReserveNow", "{\"connectorId\":5,\"expiryDate\":\"" + later + "\",\"idTag\":\"R\",\"reservationId\":7}", "Accepted");
            csms.awaitCall("StatusNotification", status -> status.get("status").asText().equals("Reserved"));
            answers("CancelReservation", "{\"reservationId\":7}", "Accepted");
            answers("CancelReservation", "{\"reservationId\":8}", "Rejected");
            answers("SetChargingProfile", "{\"connectorId\":0,\"csChargingProfiles\":" + profile + "}", "Accepted");
            answers("GetCompositeSchedule", "{\"connectorId\":1,\"duration\":600,\"chargingRateUnit\":\"A\"}", "Accepted");
            answers("GetCompositeSchedule", "{\"connectorId\":0,\"duration\":600}", "Accepted");
            answers("ClearChargingProfile", "{\"id\":1}", "Accepted");
            answers("ClearChargingProfile", "{\"id\":1}", "Unknown");
            answers("GetDiagnostics", "{\"location\":\"https://127.0.0.1:1/\",\"retries\":0}");
            csms.awaitCall("DiagnosticsStatusNotification", status -> status.get("status").asText().equals("UploadFailed"));
            answers("GetLog", "{\"logType\":\"DiagnosticsLog\",\"requestId\":1,\"retries\":0,"
                    + "\"log\":{\"remoteLocation\":\"https://127.0.0.1:1/\"}}", "Accepted");
            csms.awaitCall("LogStatusNotification", status -> status.get("status").asText().equals("UploadFailure"));
            answers("UpdateFirmware", "{\"location\":\"https://127.0.0.1:1/f.jar\",\"retries\":0,"
                    + "\"retrieveDate\":\"" + Instant.now() + "\"}");
            csms.awaitCall("FirmwareStatusNotification", status -> status.get("status").asText().equals("DownloadFailed"));
            answers("SignedUpdateFirmware", "{\"requestId\":2,\"firmware\":{\"location\":\"https://127.0.0.1:1/f.jar\","
                    + "\"retrieveDateTime\":\"" + later + "\",\"signingCertificate\":\"none\",\"signature\":\"none\"}}",
                    "InvalidCertificate");
            answers("GetInstalledCertificateIds", "{\"certificateType\":\"ManufacturerRootCertificate\"}", "NotFound");
            answers("DeleteCertificate", unknownCertificate, "NotFound");
            answers("InstallCertificate", "{\"certificateType\":\"CentralSystemRootCertificate\",\"certificate\":\"none\"}", "Rejected");
            answers("CertificateSigned", "{\"certificateChain\":\"none\"}", "Rejected");
            answers("SetChargingProfile", "{\"connectorId\":99,\"csChargingProfiles\":" + profile + "}", "Rejected");
            answers("Reset", "{\"type\":\"Soft\"}", "Accepted");
            Await.until("a BootNotification after the reset", ChargerProcess.LIMIT, () -> csms.calls("BootNotification").size() == 2);
            assertEquals(List.of(), csms.violations());
        }
    }

    /** Calls the charge point; the answer must be a result, and its status one of these when there are any. */
    private void answers(String method, String params, String... statuses) throws IOException {
        JsonNode answer = csms.call(method, params);
        assertTrue(answer.has("result"), () -> method + " " + params + " is answered " + answer);
        if (statuses.length > 0) {
            assertTrue(Set.of(statuses).contains(answer.at("/result/status").asText()),
                    () -> method + " " + params + " is answered " + answer);
        }
    }
}
