package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.testing.FakeBackOffice;
import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** GetDiagnostics and GetLog. */
class DiagnosticsTest {

    private static final String LOG = "{\"logType\":\"%s\",\"requestId\":%d,\"retries\":1,\"retryInterval\":30,"
            + "\"log\":{\"remoteLocation\":\"https://logs/\"}}";

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
        station.backOffice.forget();
    }

    private List<String> told(String action) {
        return station.backOffice.requests(action).stream()
                .map(sent -> sent.payload().path("requestId").asText("-") + " " + sent.payload().get("status").textValue()).toList();
    }

    private List<String> diagnosticsTold() {
        return told("DiagnosticsStatusNotification");
    }

    private JsonNode getLog(String type, int requestId) {
        return station.backOffice.call("GetLog", String.format(LOG, type, requestId));
    }

    private static Map<String, String> unzipped(byte[] zip) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void diagnosticsAreBroughtAwayAndTold() throws IOException {
        station.journal.started("tx-1", 1, "CUSTOMER1", 0);
        station.charger.charging(1, "tx-1", "CUSTOMER1");
        station.changed();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"AuthorizationKey\",\"value\":\"topsecretkey\"}");
        String name = station.backOffice.call("GetDiagnostics", "{\"location\":\"https://me:pass@logs/in\"}").get("fileName").textValue();
        assertEquals("cp-diagnostics-20260101T000000Z.zip", name);
        assertEquals(List.of("- Uploading", "- Uploaded"), diagnosticsTold());
        assertEquals(List.of(name), station.courier.names);
        assertEquals(List.of("https://me:pass@logs/in"), station.courier.journeys);
        Map<String, String> content = unzipped(station.courier.uploaded.get(0));
        assertTrue(content.get("ocpp/ocpp.jsonl").contains("StartTransaction"), content.toString());
        assertTrue(content.get("ocpp/ocpp.jsonl").contains("GetDiagnostics"), content.toString());
        assertTrue(content.get("transactions.json").contains("tx-1"), content.toString());
        assertTrue(content.get("configuration.json").contains("HeartbeatInterval"), content.toString());
        for (String secret : List.of("CUSTOMER1", "topsecretkey", "me:pass")) {
            assertFalse(content.toString().contains(secret), secret);
        }
        assertTrue(content.get("transactions.json").contains("…MER1"), content.toString());
        try (var left = Files.list(folder.resolve("upload").resolve("diagnostics"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aBackOfficeThatDoesNotAnswerIsToldThreeTimesAndNoMore() {
        station.backOffice.answer("DiagnosticsStatusNotification", payload -> FakeBackOffice.SILENCE);
        station.backOffice.call("GetDiagnostics", "{\"location\":\"https://logs/\"}");
        station.advance(Duration.ofHours(2));
        assertEquals(List.of("- Uploading", "- Uploading", "- Uploading", "- Uploaded", "- Uploaded", "- Uploaded"), diagnosticsTold());
    }

    @Test
    void eachAttemptIsTold() {
        station.courier.fail(Kind.FAILED, Kind.FAILED, Kind.FAILED);
        station.backOffice.call("GetDiagnostics", "{\"location\":\"https://logs/\",\"retries\":2,\"retryInterval\":30}");
        station.advance(Duration.ofSeconds(29));
        assertEquals(List.of("- Uploading", "- UploadFailed"), diagnosticsTold());
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("- Uploading", "- UploadFailed", "- Uploading", "- UploadFailed", "- Uploading", "- UploadFailed"),
                diagnosticsTold());
    }

    @Test
    void aTriggerTellsWhetherAnUploadRuns() {
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"DiagnosticsStatusNotification\"}");
        assertEquals(List.of("- Idle"), diagnosticsTold());
        station.courier.fail(Kind.FAILED);
        station.backOffice.call("GetDiagnostics", "{\"location\":\"https://logs/\",\"retries\":1,\"retryInterval\":30}");
        station.backOffice.forget();
        station.backOffice.call("TriggerMessage", "{\"requestedMessage\":\"DiagnosticsStatusNotification\"}");
        assertEquals(List.of("- Uploading"), diagnosticsTold());
        station.backOffice.call("ExtendedTriggerMessage", "{\"requestedMessage\":\"LogStatusNotification\"}");
        assertEquals(List.of("- Idle"), told("LogStatusNotification"));
    }

    @Test
    void aLogIsToldWithItsRequest() {
        JsonNode answer = getLog("DiagnosticsLog", 7);
        assertEquals("Accepted", answer.get("status").textValue());
        assertEquals(List.of(answer.get("filename").textValue()), station.courier.names);
        assertEquals(List.of("7 Uploading", "7 Uploaded"), told("LogStatusNotification"));
    }

    @Test
    void anotherLogCancelsTheOneThatRuns() {
        station.courier.fail(Kind.FAILED);
        getLog("DiagnosticsLog", 7);
        assertEquals("AcceptedCanceled", getLog("DiagnosticsLog", 8).get("status").textValue());
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("7 Uploading", "7 UploadFailure", "8 Uploading", "8 Uploaded"), told("LogStatusNotification"));
        assertEquals("Accepted", getLog("DiagnosticsLog", 9).get("status").textValue());
    }

    @ParameterizedTest
    @CsvSource({"BAD_ADDRESS,BadMessage", "NOT_PERMITTED,NotSupportedOperation", "DENIED,PermissionDenied", "TOO_LARGE,UploadFailure"})
    void whyALogCouldNotBeBroughtAwayIsTold(Kind kind, String status) {
        station.courier.fail(kind);
        getLog("DiagnosticsLog", 7);
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("7 Uploading", "7 " + status), told("LogStatusNotification"));
    }

    @Test
    void withoutSecurityEventsThereIsNothingToUpload() throws Exception {
        Files.delete(station.folder().resolve("log").resolve("security.jsonl"));
        JsonNode answer = getLog("SecurityLog", 7);
        assertEquals("{\"status\":\"Accepted\"}", answer.toString());
        station.advance(Duration.ofHours(1));
        assertTrue(station.courier.journeys.isEmpty());
        assertEquals(List.of(), told("LogStatusNotification"));
    }

    @Test
    void theSecurityLogHasTheEventsOfTheTimeAsked() throws IOException {
        Files.createDirectories(folder.resolve("log"));
        Files.writeString(folder.resolve("log/security.jsonl"), """
                {"at":"2025-12-30T00:00:00Z","type":"StartupOfTheDevice"}
                {"at":"2025-12-31T00:00:00Z","type":"InvalidMessages"}
                {"at":"2026-01-01T00:00:00Z","type":"ResetOrReboot"}
                """);
        station.backOffice.call("GetLog", """
                {"logType":"SecurityLog","requestId":7,"log":{"remoteLocation":"https://logs/",
                "oldestTimestamp":"2025-12-30T12:00:00Z","latestTimestamp":"2025-12-31T12:00:00Z"}}""");
        Map<String, String> content = unzipped(station.courier.uploaded.get(0));
        assertEquals("{\"at\":\"2025-12-31T00:00:00Z\",\"type\":\"InvalidMessages\"}\n", content.get("security.jsonl"));
        assertEquals(List.of("about.json", "security.jsonl"), List.copyOf(content.keySet()));
    }

    @Test
    void anUploadThatAKillInterruptedIsMadeAgain() {
        station.courier.onTheWay = station::kill;
        getLog("DiagnosticsLog", 7);
        station.courier.onTheWay = () -> { };
        station.start();
        assertEquals(List.of("7 Uploading", "7 Uploaded"), told("LogStatusNotification"));
        assertEquals(2, station.courier.journeys.size());
        station.stop();
        station.start();
        assertEquals(2, station.courier.journeys.size(), "and not again");
    }

    @Test
    void diagnosticsAndLogDoNotDisturbEachOther() {
        station.courier.fail(Kind.FAILED);
        station.backOffice.call("GetDiagnostics", "{\"location\":\"https://logs/\",\"retries\":1,\"retryInterval\":30}");
        assertEquals("Accepted", getLog("DiagnosticsLog", 7).get("status").textValue());
        station.advance(Duration.ofSeconds(30));
        assertEquals(List.of("- Uploading", "- UploadFailed", "- Uploading", "- Uploaded"), diagnosticsTold());
        assertEquals(List.of("7 Uploading", "7 Uploaded"), told("LogStatusNotification"));
    }
}
