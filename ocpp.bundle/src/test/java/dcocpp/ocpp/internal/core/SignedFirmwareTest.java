package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.update.InstallJob.State;
import dcocpp.ocpp.internal.testing.FileAuthority;
import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** SignedUpdateFirmware, its states one by one. */
class SignedFirmwareTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;
    private Station station;
    private FileAuthority manufacturer;
    private FileAuthority.Identity release;
    private int nextRequest = 41;

    @BeforeEach
    void setUp() throws IOException {
        station = new Station(folder).start();
        Instant now = station.time.now();
        manufacturer = new FileAuthority("Manufacturer", now);
        release = manufacturer.issue("Release", FileAuthority.elliptic(), now.minus(DAY), now.plus(DAY));
        Files.createDirectories(folder.resolve("roots"));
        Files.writeString(folder.resolve("roots/manufacturer.pem"), FileAuthority.pem(manufacturer.certificate()));
        station.backOffice.forget();
    }

    private ObjectNode request() throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(release.keys().getPrivate());
        signature.update(station.courier.content);
        ObjectNode request = new ObjectMapper().createObjectNode().put("requestId", ++nextRequest).put("retries", 1)
                .put("retryInterval", 30);
        request.putObject("firmware").put("location", "https://files/planner.jar").put("retrieveDateTime", station.time.now().toString())
                .put("signingCertificate", FileAuthority.pem(release.certificate()))
                .put("signature", Base64.getEncoder().encodeToString(signature.sign()));
        return request;
    }

    private String ask(ObjectNode request) {
        return station.backOffice.call("SignedUpdateFirmware", request.toString()).get("status").textValue();
    }

    private ObjectNode firmware(ObjectNode request) {
        return (ObjectNode) request.get("firmware");
    }

    private List<String> told() {
        return station.backOffice.requests("SignedFirmwareStatusNotification").stream()
                .map(sent -> sent.payload().path("requestId").asText("-") + " " + sent.payload().get("status").textValue()).toList();
    }

    private String triggered() {
        station.backOffice.forget();
        assertEquals("Accepted", station.backOffice.call("ExtendedTriggerMessage",
                "{\"requestedMessage\":\"FirmwareStatusNotification\"}").get("status").textValue());
        assertEquals(1, told().size());
        return told().get(0);
    }

    @Test
    void aGoodSignatureGoesAllTheWay() throws Exception {
        assertEquals("Accepted", ask(request()));
        assertEquals(List.of("42 Downloading", "42 Downloaded", "42 SignatureVerified", "42 Installing"), told());
        station.installer.becomes(State.COMMITTED);
        station.advance(SECOND);
        assertEquals("42 Installed", told().get(4));
        assertEquals("- Idle", triggered());
        assertTrue(station.backOffice.requests("FirmwareStatusNotification").isEmpty());
    }

    @Test
    void aFileThatIsNotTheSignedOneIsNotInstalled() throws Exception {
        ObjectNode request = request();
        station.courier.content = new byte[] {9};
        assertEquals("Accepted", ask(request));
        station.advance(Duration.ofHours(1));
        assertEquals(List.of("42 Downloading", "42 Downloaded", "42 InvalidSignature"), told());
        assertTrue(station.installer.files.isEmpty());
    }

    @Test
    void aCertificateThatTheManufacturerDidNotIssueIsRefused() throws Exception {
        ObjectNode request = request();
        firmware(request).put("signingCertificate", FileAuthority.pem(new FileAuthority("Manufacturer", station.time.now()).certificate()));
        assertEquals("InvalidCertificate", ask(request));
        firmware(request).put("signingCertificate", "none");
        assertEquals("InvalidCertificate", ask(request));
        assertTrue(station.courier.journeys.isEmpty());
    }

    @Test
    void aRevokedCertificateIsRefused() throws Exception {
        Files.writeString(folder.resolve("roots/manufacturer.crl"), manufacturer.revoke(release.certificate(), station.time.now()));
        assertEquals("RevokedCertificate", ask(request()));
    }

    @Test
    void aCertificateThatIsRevokedBeforeTheFileIsThereDoesNotCount() throws Exception {
        station.courier.fail(Kind.FAILED);
        ask(request());
        Files.writeString(folder.resolve("roots/manufacturer.crl"), manufacturer.revoke(release.certificate(), station.time.now()));
        station.advance(Duration.ofSeconds(30));
        assertEquals(List.of("42 Downloading", "42 Downloaded", "42 InvalidSignature"), told());
    }

    @Test
    void anAddressThatIsNotPermittedIsRejected() throws Exception {
        ObjectNode request = request();
        firmware(request).put("location", "ftp://files/planner.jar");
        assertEquals("Rejected", ask(request));
        station.advance(Duration.ofHours(1));
        assertEquals(List.of(), told());
    }

    @Test
    void datesInTheFutureAreTold() throws Exception {
        ObjectNode request = request();
        firmware(request).put("retrieveDateTime", station.time.now().plusSeconds(600).toString())
                .put("installDateTime", station.time.now().plusSeconds(1200).toString());
        ask(request);
        assertEquals(List.of("42 DownloadScheduled"), told());
        assertEquals("42 DownloadScheduled", triggered());
        station.advance(Duration.ofSeconds(599));
        station.backOffice.forget();
        station.advance(SECOND);
        assertEquals(List.of("42 Downloading", "42 Downloaded", "42 SignatureVerified", "42 InstallScheduled"), told());
        station.advance(Duration.ofSeconds(599));
        assertTrue(station.installer.files.isEmpty());
        station.advance(SECOND);
        assertEquals("42 Installing", told().get(4));
    }

    @Test
    void aFileThatChangesWhileItWaitsIsNotInstalled() throws Exception {
        ObjectNode request = request();
        firmware(request).put("installDateTime", station.time.now().plusSeconds(3600).toString());
        ask(request);
        Files.write(folder.resolve("firmware").resolve("firmware.bin"), new byte[] {9});
        station.advance(Duration.ofSeconds(3600));
        assertTrue(station.installer.files.isEmpty());
        assertEquals(List.of("42 Downloading", "42 Downloaded", "42 SignatureVerified", "42 InstallScheduled",
                "42 InstallVerificationFailed"), told());
    }

    @Test
    void anInstallationThatWaitsForSessionsIsScheduled() throws Exception {
        station.installer.answer = State.POSTPONED;
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        ask(request());
        assertEquals(List.of("42 Downloading", "42 Downloaded", "42 SignatureVerified", "42 InstallScheduled"), told());
        station.installer.answer = State.STAGED;
        station.charger.connector(1, ConnectorStatus.AVAILABLE);
        station.changed();
        assertEquals("42 Installing", told().get(4));
    }

    @Test
    void aFileThatTheInstallingServiceRefusesFailsItsVerification() throws Exception {
        station.installer.answer = State.REFUSED;
        ask(request());
        assertEquals("42 InstallVerificationFailed", told().get(3));
    }

    @Test
    void anInstallationThatFailsIsTold() throws Exception {
        ask(request());
        station.installer.becomes(State.FAILED);
        station.advance(SECOND);
        assertEquals("42 InstallationFailed", told().get(4));
    }

    @Test
    void anotherRequestCancelsTheOneThatRuns() throws Exception {
        station.courier.fail(Kind.FAILED);
        assertEquals("Accepted", ask(request()));
        assertEquals("AcceptedCanceled", ask(request()));
        station.advance(Duration.ofMinutes(5));
        assertEquals(List.of("42 Downloading", "43 Downloading", "43 Downloaded", "43 SignatureVerified", "43 Installing"), told());
        assertEquals("Rejected", ask(request()), "what is being installed cannot be cancelled");
        assertEquals("43 Installing", triggered());
    }

    @Test
    void aKillAtAnyMomentIsSurvived() throws Exception {
        ObjectNode request = request();
        firmware(request).put("installDateTime", station.time.now().plusSeconds(600).toString());
        ask(request);
        station.kill();
        station.start();
        assertEquals("42 InstallScheduled", triggered());
        station.advance(Duration.ofSeconds(600));
        station.kill();
        station.installer.becomes(State.COMMITTED);
        station.backOffice.forget();
        station.start();
        assertEquals(List.of("42 Installed"), told());
    }
}
