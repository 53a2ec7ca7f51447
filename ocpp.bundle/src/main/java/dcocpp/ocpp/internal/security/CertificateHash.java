package dcocpp.ocpp.internal.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How OCPP names a certificate: hashes of its issuer's name and key, and its number (security whitepaper, edition 3, CertificateHashData).
 *
 * @param algorithm SHA256, SHA384 or SHA512
 * @param nameHash of the issuer's distinguished name, DER; hex
 * @param keyHash of the bits of the issuer's key; hex
 * @param serialNumber hex without leading zeros
 */
record CertificateHash(String algorithm, String nameHash, String keyHash, String serialNumber) {

    static CertificateHash of(String algorithm, X509Certificate certificate, PublicKey issuerKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-" + algorithm.substring("SHA".length()));
            HexFormat hex = HexFormat.of();
            return new CertificateHash(algorithm, hex.formatHex(digest.digest(certificate.getIssuerX500Principal().getEncoded())),
                    hex.formatHex(digest.digest(Der.keyBits(issuerKey))), certificate.getSerialNumber().toString(16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, SHA-384 and SHA-512", e);
        }
    }

    /** As a back office sent it. */
    static CertificateHash of(JsonNode data) {
        String serial = lower(data, "serialNumber");
        return new CertificateHash(data.get("hashAlgorithm").textValue(), lower(data, "issuerNameHash"), lower(data, "issuerKeyHash"),
                serial.replaceFirst("^0+(?=.)", ""));
    }

    private static String lower(JsonNode data, String name) {
        return data.get(name).textValue().toLowerCase(Locale.ROOT);
    }

    /** Whether issuer and number are those of the certificate, which name it also where the key of its issuer is not known. */
    boolean names(X509Certificate certificate) {
        CertificateHash other = of(algorithm, certificate, certificate.getPublicKey());
        return nameHash.equals(other.nameHash) && serialNumber.equals(other.serialNumber);
    }

    void writeTo(ObjectNode item) {
        item.put("hashAlgorithm", algorithm).put("issuerNameHash", nameHash).put("issuerKeyHash", keyHash)
                .put("serialNumber", serialNumber);
    }
}
