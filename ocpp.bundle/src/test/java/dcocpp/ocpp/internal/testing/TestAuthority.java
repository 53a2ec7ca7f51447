package dcocpp.ocpp.internal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate authority of a test's own, whose certificates can have any fault that a test needs. */
public final class TestAuthority {

    private static final char[] PASSWORD = "test".toCharArray();
    private static final Duration VALID = Duration.ofDays(365);

    public final X509Certificate root;
    private final KeyPair key;
    private final Instant now;
    private long serial = 0x0A0B;

    /** @param now the middle of the time in which its certificates count */
    public TestAuthority(String name, Instant now) {
        this.now = now;
        key = newKey("EC");
        root = certificate("CN=" + name, "CN=" + name, key.getPublic(), now.minus(VALID), now.plus(VALID), true, null, key);
    }

    /** A root with another name that this authority has signed, for its own key. */
    public TestAuthority successor(String name) {
        return new TestAuthority(name, this);
    }

    private TestAuthority(String name, TestAuthority signer) {
        now = signer.now;
        key = newKey("EC");
        root = certificate("CN=" + name, signer.root.getSubjectX500Principal().getName(), key.getPublic(), now.minus(VALID),
                now.plus(VALID), true, null, signer.key);
    }

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, KeyPair key) {
    }

    /** For a server at this address. */
    public Issued server(String address) {
        return issue("EC", address, now.minus(VALID), now.plus(VALID));
    }

    /** For a server at this address, until then. */
    public Issued server(String address, Instant until) {
        return issue("EC", address, now.minus(VALID), until);
    }

    public Issued rsaServer(String address) {
        return issue("RSA", address, now.minus(VALID), now.plus(VALID));
    }

    public Issued expiredServer(String address) {
        return issue("EC", address, now.minus(VALID), now.minusSeconds(60));
    }

    public Issued futureServer(String address) {
        return issue("EC", address, now.plusSeconds(60), now.plus(VALID));
    }

    private Issued issue(String algorithm, String address, Instant from, Instant until) {
        KeyPair pair = newKey(algorithm);
        return new Issued(certificate("CN=back office", root.getSubjectX500Principal().getName(), pair.getPublic(), from, until, false,
                address, key), pair);
    }

    /** For a charger's key. */
    public X509Certificate client(PublicKey clientKey, Instant until) {
        return certificate("CN=charger", root.getSubjectX500Principal().getName(), clientKey, now.minus(VALID), until, false, null, key);
    }

    /** Signs a request as a back office does. */
    public X509Certificate sign(String requestPem) {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(
                    Base64.getMimeDecoder().decode(requestPem.replaceAll("-----[A-Z ]+-----", "")));
            return client(new JcaPKCS10CertificationRequest(request).getPublicKey(), now.plus(VALID));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certificate(String subject, String issuer, PublicKey publicKey, Instant from, Instant until, boolean authority,
            String address, KeyPair signer) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer), BigInteger.valueOf(serial++),
                    Date.from(from), Date.from(until), new X500Name(subject), publicKey);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (address != null) {
                int kind = Character.isDigit(address.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName;
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, address)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyPair newKey(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A server that shows this certificate and, if there is an authority, wants one of that authority's. */
    public static SslContextFactory.Server server(Issued issued, TestAuthority clients) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("server", issued.key().getPrivate(), PASSWORD, new X509Certificate[] {issued.certificate()});
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(own);
            tls.setKeyStorePassword(new String(PASSWORD));
            tls.setSniRequired(false);
            if (clients != null) {
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                trusted.setCertificateEntry("clients", clients.root);
                tls.setTrustStore(trusted);
                tls.setNeedClientAuth(true);
            }
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** As text, in the form that OCPP and our files use. */
    public static String pem(X509Certificate... certificates) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(certificates).forEach(certificate -> text.append(pem("CERTIFICATE", encoded(certificate))));
        return text.toString();
    }

    public static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END "
                + label + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
