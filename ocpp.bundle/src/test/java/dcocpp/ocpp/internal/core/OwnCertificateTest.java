package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.security.BackOfficeTls;
import dcocpp.ocpp.internal.testing.TestAuthority;

/** The charger's own certificate: asked for, taken, used, renewed, left. */
class OwnCertificateTest extends CertificateBench {

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

    private ObjectNode hash(String file, String issuerKeyHash) throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file))));
        return payload().put("hashAlgorithm", "SHA384")
                .put("issuerNameHash", sha("SHA-384", certificate.getIssuerX500Principal().getEncoded()))
                .put("issuerKeyHash", issuerKeyHash).put("serialNumber", certificate.getSerialNumber().toString(16));
    }

    @Test
    void theChargersOwnCertificatesAreNotDeleted() throws Exception {
        connectedWithCertificate(Duration.ofDays(29));
        String key = sha("SHA-384", keyBits(authority.root));
        ObjectNode own = hash("client/CSMS_LEAF.pem", key);
        assertEquals("Failed", delete(own));
        assertEquals("Failed", delete(own.deepCopy().put("issuerKeyHash", "00")), "of a key that is not to be had here");
        assertEquals("NotFound", delete(own.deepCopy().put("serialNumber", "1")));
        Path old = folder.resolve("client/CSMS_LEAF.pem.old");
        TestAuthority.write(old, TestAuthority.pem(authority.client(TestAuthority.newKey("EC").getPublic(), station.time.now())));
        assertEquals("Failed", delete(hash("client/CSMS_LEAF.pem.old", key)), "the way back");
        Files.delete(old);
        assertEquals("Failed", delete(own));
        assertTrue(Files.exists(folder.resolve("client/CSMS_LEAF.pem")));
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
