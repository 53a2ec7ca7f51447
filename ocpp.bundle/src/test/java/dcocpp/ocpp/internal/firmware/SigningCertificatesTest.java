package dcocpp.ocpp.internal.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.ocpp.internal.firmware.SigningCertificates.Verdict;
import dcocpp.ocpp.internal.testing.FileAuthority;

/** Whose signature on firmware counts. */
class SigningCertificatesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;
    private final FileAuthority manufacturer = new FileAuthority("Manufacturer", NOW);
    private final KeyPair keys = FileAuthority.elliptic();
    private SigningCertificates certificates;

    @BeforeEach
    void setUp() throws IOException {
        certificates = new SigningCertificates(folder.resolve("roots/manufacturer.pem"));
        Files.createDirectories(folder.resolve("roots"));
        Files.writeString(folder.resolve("roots/manufacturer.pem"), FileAuthority.pem(manufacturer.certificate()));
    }

    private String issued(FileAuthority by, KeyPair subject, Duration age) {
        return FileAuthority.pem(by.issue("Release", subject, NOW.minus(DAY).minus(age), NOW.plus(DAY).minus(age)).certificate());
    }

    private Verdict verdict(String pem) {
        return certificates.judge(pem, NOW).verdict();
    }

    @Test
    void whatTheManufacturersRootHasIssuedIsGood() {
        SigningCertificates.Judgement judgement = certificates.judge(issued(manufacturer, keys, Duration.ZERO), NOW);
        assertEquals(Verdict.GOOD, judgement.verdict(), judgement.reason());
        assertEquals(keys.getPublic(), judgement.key());
    }

    @Test
    void theRootItselfMaySign() {
        assertEquals(Verdict.GOOD, verdict(FileAuthority.pem(manufacturer.certificate())));
    }

    @Test
    void theRootMayFollowInTheChain() {
        assertEquals(Verdict.GOOD,
                verdict(issued(manufacturer, keys, Duration.ZERO) + FileAuthority.pem(manufacturer.certificate())));
    }

    @Test
    void whatSomebodyElseHasIssuedIsInvalidThoughHeBringsHisRootAlong() {
        FileAuthority other = new FileAuthority("Manufacturer", NOW);
        assertEquals(Verdict.INVALID, verdict(issued(other, keys, Duration.ZERO)));
        assertEquals(Verdict.INVALID, verdict(issued(other, keys, Duration.ZERO) + FileAuthority.pem(other.certificate())));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 2})
    void aCertificateOutOfItsTimeIsInvalid(int days) {
        assertEquals(Verdict.INVALID, verdict(issued(manufacturer, keys, DAY.multipliedBy(days))));
    }

    @Test
    void aRootOutOfItsTimeVouchesForNobody() {
        assertEquals(Verdict.INVALID, certificates.judge(issued(manufacturer, keys, DAY.multipliedBy(-10)), NOW.plus(DAY.multipliedBy(10)))
                .verdict());
    }

    @Test
    void aKeyThatIsTooShortIsInvalid() {
        assertEquals(Verdict.INVALID, verdict(issued(manufacturer, FileAuthority.rsa(1024), Duration.ZERO)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void garbageIsInvalid(String pem) {
        assertEquals(Verdict.INVALID, verdict(pem));
    }

    @Test
    void withoutARootNothingIsGood() throws IOException {
        String pem = issued(manufacturer, keys, Duration.ZERO);
        Files.delete(folder.resolve("roots/manufacturer.pem"));
        assertEquals(Verdict.INVALID, verdict(pem));
        Files.delete(folder.resolve("roots"));
        assertEquals(Verdict.INVALID, verdict(pem));
    }

    @Test
    void aFileThatHoldsNoCertificateDoesNotHideTheOthers() throws IOException {
        Files.writeString(folder.resolve("roots/a.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertEquals(Verdict.GOOD, verdict(issued(manufacturer, keys, Duration.ZERO)));
    }

    @Test
    void aListOfRevokedCertificatesThatCannotBeReadLetsNothingPass() throws IOException {
        String pem = issued(manufacturer, keys, Duration.ZERO);
        Files.writeString(folder.resolve("roots/broken.crl"), "none");
        SigningCertificates.Judgement judgement = certificates.judge(pem, NOW);
        assertEquals(Verdict.INVALID, judgement.verdict());
        assertTrue(judgement.reason().contains("broken.crl"), judgement.reason());
        Files.delete(folder.resolve("roots/broken.crl"));
        assertEquals(Verdict.GOOD, verdict(pem));
    }

    @Test
    void whoseKeyIsForOtherPurposesIsInvalid() {
        Instant from = NOW.minus(DAY);
        Instant until = NOW.plus(DAY);
        assertEquals(Verdict.INVALID, verdict(FileAuthority.pem(
                manufacturer.issueFor(KeyPurposeId.id_kp_clientAuth, "Release", keys, from, until).certificate())));
        assertEquals(Verdict.GOOD, verdict(FileAuthority.pem(
                manufacturer.issueFor(KeyPurposeId.id_kp_codeSigning, "Release", keys, from, until).certificate())));
    }

    @Test
    void aRevokedCertificateIsSaidToBeSoButOnlyByWhoIssuedIt() throws IOException {
        FileAuthority.Identity release = manufacturer.issue("Release", keys, NOW.minus(DAY), NOW.plus(DAY));
        String pem = FileAuthority.pem(release.certificate());
        Files.writeString(folder.resolve("roots/forged.crl"), new FileAuthority("Manufacturer", NOW).revoke(release.certificate(), NOW));
        assertEquals(Verdict.GOOD, verdict(pem));
        Files.writeString(folder.resolve("roots/manufacturer.crl"), manufacturer.revoke(release.certificate(), NOW));
        assertEquals(Verdict.REVOKED, verdict(pem));
        assertTrue(certificates.judge(pem, NOW).reason().contains("revoked"));
        assertEquals(Verdict.GOOD, verdict(issued(manufacturer, keys, Duration.ZERO)), "another one of the same root");
    }
}
