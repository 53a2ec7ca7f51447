package dcocpp.ocpp.internal.firmware;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose signature on firmware counts: the manufacturer's roots and what they have certified. The roots are in one PEM
 * file; lists of revoked certificates lie beside it as {@code *.crl}. Both are read anew each time. While a list cannot be read nobody's
 * signature counts.
 */
final class SigningCertificates {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;
    /** The extended key usage codeSigning, RFC 5280 4.2.1.12. */
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /** Index of digitalSignature in the key usage of X.509. */
    private static final int DIGITAL_SIGNATURE = 0;

    private final Path rootsFile;
    private final Path folder;

    /** What a certificate is worth. */
    enum Verdict {
        GOOD, INVALID, REVOKED
    }

    /**
     * @param verdict what it is worth
     * @param key its key; null unless it is good
     * @param reason why not; empty if it is good
     */
    record Judgement(Verdict verdict, PublicKey key, String reason) {
    }

    /** @param rootsFile the manufacturer's roots, PEM */
    SigningCertificates(Path rootsFile) {
        this.rootsFile = rootsFile;
        this.folder = rootsFile.toAbsolutePath().getParent();
    }

    /** Judges a certificate, which may be followed by those between it and the root. */
    Judgement judge(String pem, Instant now) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> chain = certificates(factory, pem.getBytes(StandardCharsets.US_ASCII));
            if (chain.isEmpty()) {
                return invalid("there is no certificate");
            }
            Set<X509Certificate> roots = roots(factory);
            if (roots.isEmpty()) {
                return invalid("there is no root of the manufacturer in " + rootsFile);
            }
            X509Certificate leaf = chain.get(0);
            refuseUnfit(leaf);
            X509Certificate root = root(factory, chain, roots, now);
            return revoked(factory, chain, root) ? new Judgement(Verdict.REVOKED, null, "it was revoked")
                    : new Judgement(Verdict.GOOD, leaf.getPublicKey(), "");
        } catch (GeneralSecurityException | IOException e) {
            return invalid(e.getMessage());
        }
    }

    private static Judgement invalid(String reason) {
        return new Judgement(Verdict.INVALID, null, String.valueOf(reason));
    }

    private static List<X509Certificate> certificates(CertificateFactory factory, byte[] pem) throws CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (Certificate certificate : factory.generateCertificates(new ByteArrayInputStream(pem))) {
            found.add((X509Certificate) certificate);
        }
        return found;
    }

    private Set<X509Certificate> roots(CertificateFactory factory) throws IOException, CertificateException {
        return Files.exists(rootsFile) ? Set.copyOf(certificates(factory, Files.readAllBytes(rootsFile))) : Set.of();
    }

    private static void refuseUnfit(X509Certificate leaf) throws CertificateException {
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new CertificateException("its key is not for signatures");
        }
        List<String> purposes = leaf.getExtendedKeyUsage();
        if (purposes != null && !purposes.contains(CODE_SIGNING)) {
            throw new CertificateException("its extended key usage does not name the signing of code");
        }
        boolean strong = leaf.getPublicKey() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                || leaf.getPublicKey() instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
        if (!strong) {
            throw new CertificateException("its key is too short, or of a kind that is not used for firmware");
        }
    }

    /** The root that vouches for the chain; it may be the signing certificate itself. */
    private static X509Certificate root(CertificateFactory factory, List<X509Certificate> chain, Set<X509Certificate> roots, Instant now)
            throws GeneralSecurityException {
        List<X509Certificate> below = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            certificate.checkValidity(Date.from(now));
            if (roots.contains(certificate)) {
                if (below.isEmpty()) {
                    return certificate;
                }
                break;
            }
            below.add(certificate);
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate root : roots) {
            // PKIX does not look at the dates of a root.
            if (!now.isBefore(root.getNotBefore().toInstant()) && !now.isAfter(root.getNotAfter().toInstant())) {
                anchors.add(new TrustAnchor(root, null));
            }
        }
        if (anchors.isEmpty()) {
            throw new CertificateException("every root of the manufacturer is out of date");
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setDate(Date.from(now));
        // By the lists that were installed; nobody is asked over the network.
        parameters.setRevocationEnabled(false);
        CertPath path = factory.generateCertPath(below);
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        return ((PKIXCertPathValidatorResult) validator.validate(path, parameters)).getTrustAnchor().getTrustedCert();
    }

    private boolean revoked(CertificateFactory factory, List<X509Certificate> chain, X509Certificate root)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> issuers = new ArrayList<>(chain);
        issuers.add(root);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crl")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    X509CRL list = (X509CRL) factory.generateCRL(in);
                    if (chain.stream().anyMatch(list::isRevoked) && issuers.stream().anyMatch(issuer -> issued(issuer, list))) {
                        return true;
                    }
                } catch (CRLException e) {
                    // It may be the one that revokes this very certificate.
                    throw new CRLException(file + " cannot be read as a list of revoked certificates: " + e.getMessage(), e);
                }
            }
        }
        return false;
    }

    private static boolean issued(X509Certificate issuer, X509CRL list) {
        try {
            list.verify(issuer.getPublicKey());
            return issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
