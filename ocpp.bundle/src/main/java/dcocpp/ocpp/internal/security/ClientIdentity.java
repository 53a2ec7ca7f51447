package dcocpp.ocpp.internal.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import javax.naming.ldap.Rdn;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.store.DurableFile;

/**
 * The certificate that we show the back office and its key. A new key waits beside the old one until its certificate has come, and an old
 * pair beside the new one until that has worked. Used on the owner thread only.
 */
final class ClientIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ClientIdentity.class);

    static final String CERTIFICATE = "CSMS_LEAF.pem";
    static final String KEY = "CSMS_LEAF.key";
    static final String NEXT_KEY = "CSMS_LEAF.key.next";

    private static final String OLD = ".old";
    private static final String ALGORITHM = "EC";

    private final Path certificate;
    private final Path key;
    private final Path nextKey;
    private final Path oldCertificate;
    private final Path oldKey;

    ClientIdentity(SecurityFiles files) {
        certificate = files.clientCertificates().resolve(CERTIFICATE);
        key = files.clientKeys().resolve(KEY);
        nextKey = files.clientKeys().resolve(NEXT_KEY);
        oldCertificate = files.clientCertificates().resolve(CERTIFICATE + OLD);
        oldKey = files.clientKeys().resolve(KEY + OLD);
    }

    /** A key and the certificates for it, our own first. */
    record Pair(PrivateKey key, List<X509Certificate> chain) {

        KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
            char[] inMemoryOnly = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("charger", key, inMemoryOnly, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, inMemoryOnly);
            return factory.getKeyManagers();
        }
    }

    /**
     * Reads the pair.
     *
     * @throws IOException if there is none that fits together; the message says why
     */
    Pair load() throws IOException {
        if (!Files.exists(certificate)) {
            throw new IOException("the charger has no certificate of its own: " + certificate + " is missing");
        }
        try {
            List<X509Certificate> chain = Pem.certificates(Files.readString(certificate, StandardCharsets.ISO_8859_1));
            if (chain.isEmpty()) {
                throw new IOException("there is no certificate in " + certificate);
            }
            if (!fits(key, chain.get(0))) {
                return mend(chain.get(0));
            }
            return new Pair(read(key, chain.get(0)), chain);
        } catch (GeneralSecurityException e) {
            throw new IOException("the charger's certificate in " + certificate + " or its key cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The certificates of our own: the one in use, and the old one until the new one has {@link #proven} itself.
     *
     * @throws IOException if one of them cannot be read
     */
    List<X509Certificate> own() throws IOException {
        List<X509Certificate> own = new ArrayList<>();
        for (Path file : List.of(certificate, oldCertificate)) {
            new CertificateFile(file).read().stream().findFirst().ifPresent(own::add);
        }
        return own;
    }

    /** The power went in the middle of {@link #accept} or {@link #revert}. */
    private Pair mend(X509Certificate leaf) throws IOException {
        if (fits(nextKey, leaf)) {
            DurableFile.move(nextKey, key);
        } else if (!revert()) {
            throw new IOException("there is no key in " + key + " (PKCS #8, not encrypted) that fits the certificate in " + certificate);
        }
        return load();
    }

    private static PrivateKey read(Path file, X509Certificate leaf) throws IOException, GeneralSecurityException {
        return Pem.privateKey(Files.readString(file, StandardCharsets.ISO_8859_1), leaf.getPublicKey().getAlgorithm());
    }

    /** A signature tells, whatever kind of key it is. */
    private static boolean fits(Path keyFile, X509Certificate leaf) throws IOException {
        if (!Files.exists(keyFile)) {
            return false;
        }
        PublicKey publicKey = leaf.getPublicKey();
        try {
            Signature signature = Signature.getInstance("EC".equals(publicKey.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA");
            byte[] anything = leaf.getSignature();
            signature.initSign(read(keyFile, leaf));
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(anything);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            LOG.debug("{} does not fit", keyFile, e);
            return false;
        }
    }

    /** Makes a new key, keeps it for later, and returns the request for its certificate, PEM. */
    String request(String commonName, String organisation) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String request = request(pair, commonName, organisation);
            DurableFile.write(nextKey, Pem.of(pair), true);
            return request;
        } catch (GeneralSecurityException e) {
            throw new IOException("no key can be made: " + e.getMessage(), e);
        }
    }

    /** The request for the key that waits for its certificate, if one does, so that a late answer to the request before still fits. */
    String requestAgain(String commonName, String organisation) throws IOException {
        if (Files.exists(nextKey)) {
            try {
                String waiting = Files.readString(nextKey, StandardCharsets.ISO_8859_1);
                Optional<PublicKey> publicKey = Pem.publicKey(waiting, ALGORITHM);
                if (publicKey.isPresent()) {
                    return request(new KeyPair(publicKey.get(), Pem.privateKey(waiting, ALGORITHM)), commonName, organisation);
                }
            } catch (GeneralSecurityException e) {
                LOG.warn("The key in {} cannot be used, another one is made: {}", nextKey, e.getMessage());
            }
        }
        return request(commonName, organisation);
    }

    private static String request(KeyPair pair, String commonName, String organisation) throws GeneralSecurityException {
        X500Principal subject = new X500Principal("CN=" + Rdn.escapeValue(commonName) + ",O=" + Rdn.escapeValue(organisation));
        return Pem.of("CERTIFICATE REQUEST", Der.signingRequest(pair, subject));
    }

    /** Whether this certificate is for the key that waits for one. */
    boolean awaits(X509Certificate leaf) throws IOException {
        return fits(nextKey, leaf);
    }

    /** Takes the certificate for the key that waited for it; the old pair is kept until the new one has {@link #proven} itself. */
    void accept(List<X509Certificate> chain) throws IOException, CertificateException {
        if (Files.exists(certificate) && Files.exists(key)) {
            DurableFile.write(oldKey, Files.readString(key, StandardCharsets.ISO_8859_1), true);
            DurableFile.write(oldCertificate, Files.readString(certificate, StandardCharsets.ISO_8859_1), false);
        }
        DurableFile.write(certificate, Pem.of(chain), false);
        DurableFile.move(nextKey, key);
    }

    /** The pair has opened a connection: there is no way back to the old one. */
    void proven() throws IOException {
        Files.deleteIfExists(oldCertificate);
        Files.deleteIfExists(oldKey);
    }

    /** Back to the old pair, if there is one and it has not ended. */
    boolean revertIfValid(Instant now) throws IOException {
        if (!Files.exists(oldCertificate)) {
            return false;
        }
        try {
            Pem.certificates(Files.readString(oldCertificate, StandardCharsets.ISO_8859_1)).get(0).checkValidity(Date.from(now));
        } catch (CertificateException e) {
            LOG.warn("The charger's old certificate is of no use any more: {}", e.getMessage());
            return false;
        }
        return revert();
    }

    /** Back to the old pair, if there is one. */
    boolean revert() throws IOException {
        if (!Files.exists(oldCertificate) || !Files.exists(oldKey)) {
            return false;
        }
        // The certificate last: as long as its old one is there, load finds the way back by itself.
        DurableFile.write(key, Files.readString(oldKey, StandardCharsets.ISO_8859_1), true);
        DurableFile.move(oldCertificate, certificate);
        Files.deleteIfExists(oldKey);
        return true;
    }
}
