package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.ocpp.internal.testing.TestAuthority;

/** The root certificates that we trust. */
class RootCertificateTest extends CertificateBench {

    private static final String CSMS = "CentralSystemRootCertificate";
    private static final String MANUFACTURER = "ManufacturerRootCertificate";

    private String install(String type, String certificate) {
        return call("InstallCertificate", payload().put("certificateType", type).put("certificate", certificate)).get("status").textValue();
    }

    private JsonNode installed(String type) {
        return call("GetInstalledCertificateIds", payload().put("certificateType", type));
    }

    @Test
    void anInstalledRootIsInTheFileAndListedByItsHashes() throws Exception {
        station.start();
        assertEquals("NotFound", installed(CSMS).get("status").textValue());
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(authority.root)));
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(authority.root)), "once more is no other");
        assertEquals(TestAuthority.pem(authority.root), file("csms.pem"));
        JsonNode answer = installed(CSMS);
        assertEquals("Accepted", answer.get("status").textValue());
        assertEquals(1, answer.get("certificateHashData").size());
        JsonNode hash = answer.at("/certificateHashData/0");
        assertEquals("SHA256", hash.get("hashAlgorithm").textValue());
        assertEquals(sha("SHA-256", authority.root.getSubjectX500Principal().getEncoded()), hash.get("issuerNameHash").textValue());
        assertEquals(sha("SHA-256", keyBits(authority.root)), hash.get("issuerKeyHash").textValue());
        assertEquals("a0b", hash.get("serialNumber").textValue());
        assertEquals("NotFound", installed(MANUFACTURER).get("status").textValue());
    }

    @Test
    void aManufacturersRootHasAFileOfItsOwn() throws Exception {
        station.start();
        assertEquals("Accepted", install(MANUFACTURER, TestAuthority.pem(authority.root)));
        assertEquals(TestAuthority.pem(authority.root), file("roots/manufacturer.pem"));
        assertFalse(Files.exists(folder.resolve("csms.pem")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n%%\n-----END CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"})
    void whatIsNoCertificateIsRejectedAndTheBackOfficeHearsOfIt(String nonsense) {
        station.start();
        station.backOffice.forget();
        assertEquals("Rejected", install(CSMS, nonsense));
        assertEquals(List.of("InvalidCentralSystemCertificate"), told());
        assertEquals("Rejected", install(MANUFACTURER, nonsense));
        assertEquals(1, told().size());
        assertFalse(Files.exists(folder.resolve("csms.pem")));
    }

    @Test
    void onlyACertificateThatMaySignAndIsValidNowIsTaken() {
        station.start();
        assertEquals("Rejected", install(CSMS, TestAuthority.pem(authority.server("host").certificate())));
        for (int days : List.of(-999, 999)) {
            TestAuthority otherTime = new TestAuthority("Other time", station.time.now().plus(Duration.ofDays(days)));
            assertEquals("Rejected", install(CSMS, TestAuthority.pem(otherTime.root)));
        }
        assertEquals("Rejected", install(CSMS, TestAuthority.pem(authority.root, authority.root)));
    }

    @Test
    void aFullStoreTakesNoMore() {
        station.keys.put("Security.CertificateStoreMaxLength", 2);
        station.start();
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(authority.root)));
        assertEquals("Accepted", install(MANUFACTURER, TestAuthority.pem(authority.root)));
        station.backOffice.forget();
        assertEquals("Rejected", install(CSMS, TestAuthority.pem(new TestAuthority("Third", station.time.now()).root)));
        assertTrue(told().isEmpty(), "the certificate is good");
    }

    @Test
    void aDiskThatTakesNothingIsFailed() throws Exception {
        Files.createDirectories(folder.resolve("csms.pem.part").resolve("in the way"));
        station.start();
        assertEquals("Failed", install(CSMS, TestAuthority.pem(authority.root)));
        assertEquals("NotFound", installed(CSMS).get("status").textValue());
    }

    @Test
    void withTheAdditionalCheckOnlyARootThatTheOldOneHasSignedReplacesIt() throws Exception {
        station.keys.put("Security.AdditionalRootCertificateCheck", true);
        station.start();
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(authority.root)));
        assertEquals("Rejected", install(CSMS, TestAuthority.pem(new TestAuthority("Stranger", station.time.now()).root)));
        TestAuthority second = authority.successor("Second");
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(second.root)));
        assertEquals(TestAuthority.pem(second.root, authority.root), file("csms.pem"));
        JsonNode hash = installed(CSMS).at("/certificateHashData/0");
        assertEquals(sha("SHA-256", keyBits(authority.root)), hash.get("issuerKeyHash").textValue(), "the key of its issuer");
        TestAuthority third = second.successor("Third");
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(third.root)));
        assertEquals(TestAuthority.pem(third.root, second.root), file("csms.pem"), "one, and one way back");
    }

    @Test
    void withTheAdditionalCheckNoHeapOfRootsIsReplacedByOne() throws Exception {
        station.keys.put("Security.AdditionalRootCertificateCheck", true);
        TestAuthority inUse = new TestAuthority("In use", station.time.now());
        String three = TestAuthority.pem(authority.root, inUse.root, new TestAuthority("Third", station.time.now()).root);
        TestAuthority.write(folder.resolve("csms.pem"), three);
        station.start();
        String successor = TestAuthority.pem(authority.successor("Successor").root);
        assertEquals("Rejected", install(CSMS, successor));
        assertEquals(three, file("csms.pem"));
        assertEquals("Accepted", delete(installed(CSMS).at("/certificateHashData/2")));
        assertEquals("Accepted", install(CSMS, successor));
    }

    @ParameterizedTest
    @CsvSource({"SHA256,SHA-256", "SHA384,SHA-384", "SHA512,SHA-512"})
    void aRootIsDeletedByItsHashes(String algorithm, String digest) throws Exception {
        station.start();
        install(CSMS, TestAuthority.pem(authority.root));
        install(MANUFACTURER, TestAuthority.pem(new TestAuthority("Maker", station.time.now()).root));
        ObjectNode hash = payload().put("hashAlgorithm", algorithm)
                .put("issuerNameHash", sha(digest, authority.root.getSubjectX500Principal().getEncoded()).toUpperCase())
                .put("issuerKeyHash", sha(digest, keyBits(authority.root)))
                .put("serialNumber", "0A0B");
        assertEquals("NotFound", delete(hash.deepCopy().put("serialNumber", "a0c")));
        assertEquals("Accepted", delete(hash));
        assertEquals("NotFound", delete(hash));
        assertEquals("NotFound", installed(CSMS).get("status").textValue());
        assertEquals("Accepted", installed(MANUFACTURER).get("status").textValue());
    }

    @Test
    void theLastRootStaysWhileTheConnectionDependsOnIt() {
        profile(2);
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root, new TestAuthority("B", station.time.now()).root));
        station.start();
        JsonNode hashes = installed(CSMS).get("certificateHashData");
        assertEquals("Accepted", delete(hashes.get(0)));
        assertEquals("Failed", delete(hashes.get(1)));
        assertEquals(1, installed(CSMS).get("certificateHashData").size());
    }

    @Test
    void aRootOfBothKindsIsDeletedFromBothOrStaysInBoth() {
        profile(2);
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root));
        TestAuthority.write(folder.resolve("roots/manufacturer.pem"), TestAuthority.pem(authority.root));
        station.start();
        JsonNode hash = installed(CSMS).at("/certificateHashData/0");
        assertEquals("Failed", delete(hash));
        assertEquals("Accepted", installed(MANUFACTURER).get("status").textValue());
        assertEquals("Accepted", install(CSMS, TestAuthority.pem(new TestAuthority("B", station.time.now()).root)));
        assertEquals("Accepted", delete(hash));
        assertEquals("NotFound", installed(MANUFACTURER).get("status").textValue());
        assertEquals(1, installed(CSMS).get("certificateHashData").size());
        assertEquals("NotFound", delete(hash));
    }

    @Test
    void aDamagedFileIsSaidAndChangedByNobody() throws Exception {
        String damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        TestAuthority.write(folder.resolve("csms.pem"), damaged);
        station.start();
        assertEquals("Failed", install(CSMS, TestAuthority.pem(authority.root)));
        assertEquals("InternalError", installed(CSMS).textValue());
        assertEquals("Failed", delete(payload().put("hashAlgorithm", "SHA256").put("issuerNameHash", "a").put("issuerKeyHash", "b")
                .put("serialNumber", "1")));
        assertEquals(damaged, file("csms.pem"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "InstallCertificate # {}",
        "InstallCertificate # {\"certificateType\":\"V2GRootCertificate\",\"certificate\":\"x\"}",
        "GetInstalledCertificateIds # {\"certificateType\":\"x\"}",
        "DeleteCertificate # {\"certificateHashData\":{}}",
        "DeleteCertificate # {\"certificateHashData\":{\"hashAlgorithm\":\"MD5\",\"issuerNameHash\":\"a\"}}",
        "CertificateSigned # {\"certificateChain\":5}",
        "ExtendedTriggerMessage # {\"requestedMessage\":\"DiagnosticsStatusNotification\"}"})
    void aPayloadThatBreaksItsSchemaIsAFormationViolation(String action, String payload) {
        station.start();
        assertEquals("FormationViolation", station.backOffice.call(action, payload).textValue());
    }
}
