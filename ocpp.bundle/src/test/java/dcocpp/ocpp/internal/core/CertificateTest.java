package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.security.BackOfficeTls;
import dcocpp.ocpp.internal.testing.TestAuthority;

/** Certificates: the roots that we trust, and our own. */
class CertificateTest {

    private static final String CSMS = "CentralSystemRootCertificate";
    private static final String MANUFACTURER = "ManufacturerRootCertificate";

    @TempDir
    private Path folder;
    private Station station;
    private TestAuthority authority;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
        station.keys.put("Security.DisableSecurityEventNotifications", false);
        station.keys.put("Internal.ChargeBoxSerialNumber", "SN, 1");
        authority = new TestAuthority("Root", station.time.now());
    }

    private JsonNode call(String action, ObjectNode payload) {
        return station.backOffice.call(action, payload.toString());
    }

    private static ObjectNode payload() {
        return JsonNodeFactory.instance.objectNode();
    }

    private String install(String type, String certificate) {
        return call("InstallCertificate", payload().put("certificateType", type).put("certificate", certificate)).get("status").textValue();
    }

    private JsonNode installed(String type) {
        return call("GetInstalledCertificateIds", payload().put("certificateType", type));
    }

    private String delete(JsonNode hash) {
        ObjectNode payload = payload();
        payload.set("certificateHashData", hash);
        return call("DeleteCertificate", payload).get("status").textValue();
    }

    private String signed(String chain) {
        return call("CertificateSigned", payload().put("certificateChain", chain)).get("status").textValue();
    }

    private String trigger() {
        return call("ExtendedTriggerMessage", payload().put("requestedMessage", "SignChargePointCertificate")).get("status").textValue();
    }

    private String request() {
        station.backOffice.forget();
        assertEquals("Accepted", trigger());
        return station.backOffice.requests("SignCertificate").get(0).payload().get("csr").textValue();
    }

    private List<String> told() {
        return station.backOffice.requests("SecurityEventNotification").stream()
                .map(request -> request.payload().get("type").textValue()).toList();
    }

    private void profile(int profile) {
        station.keys.put("Security.SecurityProfile", profile);
        station.keys.put("Security.AuthorizationKey", "secretsecret");
        station.address = URI.create("wss://host/cp");
    }

    private String file(String name) throws Exception {
        return Files.readString(folder.resolve(name));
    }

    // ---- roots

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

    private static byte[] keyBits(X509Certificate certificate) {
        return SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()).getPublicKeyData().getBytes();
    }

    private static String sha(String algorithm, byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
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

    // ---- the charger's own certificate

    @Test
    void withoutAnOperatorsNameNoCertificateIsAskedFor() {
        station.start();
        assertEquals("Rejected", trigger());
        assertTrue(station.backOffice.requests("SignCertificate").isEmpty());
    }

    @Test
    void theRequestNamesChargerAndOperatorIsSignedAndItsKeyIsForItsOwnerOnly() throws Exception {
        station.start();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"CpoName\",\"value\":\"Grün & Söhne, Ltd\"}");
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(
                Base64.getMimeDecoder().decode(request().replaceAll("-----[A-Z ]+-----", "")));
        assertEquals("O=Grün & Söhne\\, Ltd,CN=SN\\, 1", request.getSubject().toString());
        assertTrue(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(
                new JcaPKCS10CertificationRequest(request).getPublicKey())));
        Path key = folder.resolve("client").resolve("CSMS_LEAF.key.next");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }

    @Test
    void aCertificateForTheRequestIsTakenAndUsedAtOnceWithProfile3() throws Exception {
        profile(3);
        station.keys.put("Security.CpoName", "Operator");
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root));
        station.start();
        X509Certificate certificate = authority.sign(request());
        assertEquals("Accepted", signed(TestAuthority.pem(certificate, authority.root)));
        assertEquals(TestAuthority.pem(certificate, authority.root), file("client/CSMS_LEAF.pem"));
        assertTrue(Files.exists(folder.resolve("client").resolve("CSMS_LEAF.key")));
        assertFalse(Files.exists(folder.resolve("client").resolve("CSMS_LEAF.key.next")));
        station.advance(Duration.ofSeconds(10));
        assertEquals(2, station.backOffice.connections());
        assertEquals("Rejected", signed(TestAuthority.pem(certificate)), "the request is answered already");
    }

    @Test
    void withACertificateProfile3CanBeReached() throws Exception {
        profile(2);
        station.keys.put("Security.CpoName", "Operator");
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root));
        station.start();
        assertEquals("Accepted", signed(TestAuthority.pem(authority.sign(request()))));
        station.advance(Duration.ofSeconds(10));
        assertEquals(1, station.backOffice.connections(), "it is of no use to profile 2");
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"SecurityProfile\",\"value\":\"3\"}");
        station.advance(Duration.ofSeconds(10));
        assertTrue(station.backOffice.lastSettings().clientCertificate());
        assertEquals("3", station.backOffice.call("GetConfiguration", "{\"key\":[\"SecurityProfile\"]}")
                .at("/configurationKey/0/value").textValue());
    }

    @Test
    void aCertificateThatIsWrongIsRejectedAndTheBackOfficeHearsOfIt() throws Exception {
        station.keys.put("Security.CpoName", "Operator");
        station.keys.put("Security.CertificateSignedMaxChainSize", 5000);
        station.start();
        String request = request();
        String good = TestAuthority.pem(authority.sign(request));
        assertEquals("Rejected", signed(good), "no root to check it against");
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root));
        assertEquals("Rejected", signed(""));
        assertEquals("Rejected", signed("nonsense"));
        assertEquals("Rejected", signed(good + " ".repeat(5000)));
        assertEquals("Rejected", signed(TestAuthority.pem(new TestAuthority("Stranger", station.time.now()).sign(request))));
        assertEquals("Rejected", signed(TestAuthority.pem(authority.client(TestAuthority.newKey("EC").getPublic(),
                station.time.now().plusSeconds(60)))));
        assertEquals("Rejected", signed(TestAuthority.pem(authority.client(authority.sign(request).getPublicKey(),
                station.time.now().minusSeconds(60)))));
        assertFalse(Files.exists(folder.resolve("client").resolve("CSMS_LEAF.pem")));
        assertEquals(7, told().stream().filter("InvalidChargePointCertificate"::equals).count());
        assertEquals("Accepted", signed(good), "the request is still open");
    }

    private void connectedWithCertificate(Duration left) {
        profile(3);
        station.keys.put("Security.CpoName", "Operator");
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root));
        KeyPair key = TestAuthority.newKey("RSA");
        TestAuthority.write(folder.resolve("client/CSMS_LEAF.pem"),
                TestAuthority.pem(authority.client(key.getPublic(), station.time.now().plus(left))));
        TestAuthority.write(folder.resolve("client/CSMS_LEAF.key"), TestAuthority.pem("PRIVATE KEY", key.getPrivate().getEncoded()));
        station.start();
        station.backOffice.forget();
    }

    @ParameterizedTest
    @CsvSource({"29, 1", "31, 0"})
    void aCertificateThatEndsSoonIsRenewed(int days, int requests) {
        connectedWithCertificate(Duration.ofDays(days));
        station.advance(Duration.ofHours(1));
        assertEquals(requests, station.backOffice.requests("SignCertificate").size());
        station.advance(Duration.ofHours(30));
        assertEquals(days == 29 ? 3 : 1, station.backOffice.requests("SignCertificate").size(), "twice a day");
    }

    @Test
    void aSignerThatIsSlowerThanTheNextRequestIsNotTooLate() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        station.advance(Duration.ofHours(30));
        List<String> requests = station.backOffice.requests("SignCertificate").stream()
                .map(request -> request.payload().get("csr").textValue()).toList();
        assertEquals(3, requests.size());
        assertEquals("Accepted", signed(TestAuthority.pem(authority.sign(requests.get(0)))));
        station.advance(Duration.ofMinutes(1));
        assertEquals(2, station.backOffice.connections());
        assertEquals("Rejected", signed(TestAuthority.pem(authority.sign(requests.get(2)))), "it has its certificate");
    }

    @Test
    void aNewCertificateThatTheBackOfficeDoesNotTakeIsLeftForTheOldOne() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        String old = file("client/CSMS_LEAF.pem");
        String oldKey = file("client/CSMS_LEAF.key");
        assertEquals("Accepted", signed(TestAuthority.pem(authority.sign(request()))));
        station.backOffice.refuse(Transport.Refusal.CREDENTIALS);
        station.advance(Duration.ofSeconds(60));
        station.backOffice.refuse(null);
        station.advance(Duration.ofSeconds(60));
        assertEquals(old, file("client/CSMS_LEAF.pem"));
        assertEquals(oldKey, file("client/CSMS_LEAF.key"));
        assertEquals(2, station.backOffice.connections());
    }

    @Test
    void aNewCertificateThatIsTurnedAwayWithoutAReasonIsLeftToo() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        String old = file("client/CSMS_LEAF.pem");
        assertEquals("Accepted", signed(TestAuthority.pem(authority.sign(request()))));
        station.backOffice.refuse(Transport.Refusal.UNCLEAR);
        station.advance(Duration.ofHours(1));
        assertEquals(old, file("client/CSMS_LEAF.pem"));
    }

    @Test
    void aBackOfficeThatIsAwayOrIsNotTrustedSaysNothingAboutTheNewCertificate() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        String chain = TestAuthority.pem(authority.sign(request()));
        assertEquals("Accepted", signed(chain));
        station.backOffice.reachable(false);
        station.advance(Duration.ofHours(1));
        station.backOffice.refuse(Transport.Refusal.CERTIFICATE);
        station.advance(Duration.ofHours(1));
        assertEquals(chain, file("client/CSMS_LEAF.pem"));
    }

    @Test
    void thereIsNoWayBackToACertificateThatHasEnded() throws Exception {
        connectedWithCertificate(Duration.ofMinutes(1));
        String chain = TestAuthority.pem(authority.sign(request()));
        assertEquals("Accepted", signed(chain));
        station.backOffice.reachable(false);
        station.advance(Duration.ofMinutes(2));
        station.backOffice.refuse(Transport.Refusal.CREDENTIALS);
        station.advance(Duration.ofHours(1));
        assertEquals(chain, file("client/CSMS_LEAF.pem"));
    }

    @Test
    void aNewCertificateThatHasWorkedIsNeverLeftAgain() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        String chain = TestAuthority.pem(authority.sign(request()));
        assertEquals("Accepted", signed(chain));
        station.advance(Duration.ofSeconds(60));
        station.backOffice.refuse(Transport.Refusal.CREDENTIALS);
        station.backOffice.hangUp();
        station.advance(Duration.ofSeconds(60));
        assertEquals(chain, file("client/CSMS_LEAF.pem"));
        assertFalse(Files.exists(folder.resolve("client/CSMS_LEAF.key.old")), "no key is kept without need");
    }

    @Test
    void aPowerCutOnTheWayBackToTheOldCertificateIsMended() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        String old = file("client/CSMS_LEAF.pem");
        String oldKey = file("client/CSMS_LEAF.key");
        assertEquals("Accepted", signed(TestAuthority.pem(authority.sign(request()))));
        station.kill();
        TestAuthority.write(folder.resolve("client/CSMS_LEAF.key"), oldKey);
        new BackOfficeTls(station.security(), station.time).context(true);
        assertEquals(old, file("client/CSMS_LEAF.pem"));
        assertEquals(oldKey, file("client/CSMS_LEAF.key"));
        assertFalse(Files.exists(folder.resolve("client/CSMS_LEAF.key.old")));
    }

    @Test
    void aPowerCutBetweenCertificateAndKeyIsMended() throws Exception {
        station.keys.put("Security.CpoName", "Operator");
        profile(2);
        TestAuthority.write(folder.resolve("csms.pem"), TestAuthority.pem(authority.root));
        station.start();
        assertEquals("Accepted", signed(TestAuthority.pem(authority.sign(request()))));
        String certificate = TestAuthority.pem(authority.sign(request()));
        TestAuthority.write(folder.resolve("client").resolve("CSMS_LEAF.pem"), certificate);
        station.stop();
        station.start();
        station.backOffice.call("ChangeConfiguration", "{\"key\":\"SecurityProfile\",\"value\":\"3\"}");
        assertEquals("Accepted", station.backOffice.lastReply().get("status").textValue());
        assertFalse(Files.exists(folder.resolve("client").resolve("CSMS_LEAF.key.next")));
    }
}
