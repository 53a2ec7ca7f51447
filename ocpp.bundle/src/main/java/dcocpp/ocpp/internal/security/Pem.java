package dcocpp.ocpp.internal.security;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). What stands around the blocks is left out. */
final class Pem {

    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final Pattern KEY = block("PRIVATE KEY");
    private static final Pattern PUBLIC_KEY = block("PUBLIC KEY");
    private static final int LINE = 64;

    private Pem() {
    }

    private static Pattern block(String label) {
        return Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----");
    }

    /**
     * All certificates in their order.
     *
     * @throws CertificateException if a block holds no certificate
     */
    static List<X509Certificate> certificates(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher matcher = CERTIFICATE.matcher(text);
        while (matcher.find()) {
            found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(decode(matcher.group(1)))));
        }
        return found;
    }

    /**
     * The key, which must be PKCS #8 and not encrypted.
     *
     * @param algorithm EC or RSA
     */
    static PrivateKey privateKey(String text, String algorithm) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw new InvalidKeySpecException("no BEGIN PRIVATE KEY (PKCS #8, not encrypted)");
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(decode(matcher.group(1))));
    }

    /**
     * The public key that stands beside the private one, as {@link #of(KeyPair)} writes it; empty if none does.
     *
     * @param algorithm EC or RSA
     */
    static Optional<PublicKey> publicKey(String text, String algorithm) throws GeneralSecurityException {
        Matcher matcher = PUBLIC_KEY.matcher(text);
        return matcher.find() ? Optional.of(KeyFactory.getInstance(algorithm).generatePublic(
                new X509EncodedKeySpec(decode(matcher.group(1))))) : Optional.empty();
    }

    private static byte[] decode(String base64) throws CertificateException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("no base64: " + e.getMessage(), e);
        }
    }

    static String of(List<X509Certificate> certificates) throws CertificateException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(of("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString();
    }

    /** Both keys, since Java cannot make the public one from the private one. */
    static String of(KeyPair pair) {
        return of("PRIVATE KEY", pair.getPrivate().getEncoded()) + of("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    static String of(String label, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
