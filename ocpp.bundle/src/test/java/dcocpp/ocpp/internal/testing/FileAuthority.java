package dcocpp.ocpp.internal.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test's own, with what it issues. */
public final class FileAuthority {
    /** Of the key stores that it makes. */
    public static final char[] PASSWORD = "changeit".toCharArray();

    private static final Duration DAY = Duration.ofDays(1);

    private final KeyPair keys = elliptic();
    private final X500Name name;
    private final X509Certificate certificate;
    private long serial = 1;

    /** A certificate with its key. */
    public record Identity(X509Certificate certificate, KeyPair keys) {
    }

    /** One whose certificate is good at this time. */
    public FileAuthority(String commonName, Instant now) {
        name = new X500Name("CN=" + commonName);
        certificate = issue(name, keys, now.minus(DAY), now.plus(DAY), true);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Its own key, to sign with. */
    public KeyPair keys() {
        return keys;
    }

    public static KeyPair elliptic() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for a key of somebody else. */
    public Identity issue(String commonName, KeyPair subject, Instant from, Instant until) {
        return new Identity(issue(new X500Name("CN=" + commonName), subject, from, until, false), subject);
    }

    /** The same, for this purpose alone. */
    public Identity issueFor(KeyPurposeId purpose, String commonName, KeyPair subject, Instant from, Instant until) {
        return new Identity(issue(new X500Name("CN=" + commonName), subject, from, until, false, purpose), subject);
    }

    private X509Certificate issue(X500Name subject, KeyPair subjectKeys, Instant from, Instant until, boolean authority,
            KeyPurposeId... purposes) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(serial++), Date.from(from),
                    Date.from(until), subject, subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (authority) {
                builder.addExtension(Extension.keyUsage, true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            } else {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(
                        new GeneralName(GeneralName.dNSName, subject.toString().substring("CN=".length()))));
            }
            if (purposes.length > 0) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    /** A list that revokes a certificate, as PEM. */
    public String revoke(X509Certificate revoked, Instant now) {
        try {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now.minus(DAY)));
            builder.setNextUpdate(Date.from(now.plus(DAY)));
            builder.addCRLEntry(revoked.getSerialNumber(), Date.from(now.minus(DAY)), CRLReason.keyCompromise);
            X509CRLHolder list = builder.build(signer());
            return pem(list);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What a server shows that answers at this host name. */
    public Identity server(String host, Instant now) {
        return issue(host, elliptic(), now.minus(DAY), now.plus(DAY));
    }

    public static KeyStore keyStore(Identity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", identity.keys().getPrivate(), PASSWORD, new X509Certificate[] {identity.certificate()});
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SSLContext serverContext(Identity identity) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keyStore(identity), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in a file. */
    public static Path keyStoreFile(Identity identity, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            keyStore(identity).store(out, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }
}
