package dcocpp.ocpp.internal.core;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.ocpp.internal.testing.TestAuthority;

/** A charger and its back office that talk about certificates. */
abstract class CertificateBench {

    @TempDir
    Path folder;
    Station station;
    TestAuthority authority;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
        station.keys.put("Security.DisableSecurityEventNotifications", false);
        station.keys.put("Internal.ChargeBoxSerialNumber", "SN, 1");
        authority = new TestAuthority("Root", station.time.now());
    }

    JsonNode call(String action, ObjectNode payload) {
        return station.backOffice.call(action, payload.toString());
    }

    static ObjectNode payload() {
        return JsonNodeFactory.instance.objectNode();
    }

    List<String> told() {
        return station.backOffice.requests("SecurityEventNotification").stream()
                .map(request -> request.payload().get("type").textValue()).toList();
    }

    void profile(int profile) {
        station.keys.put("Security.SecurityProfile", profile);
        station.keys.put("Security.AuthorizationKey", "secretsecret");
        station.address = URI.create("wss://host/cp");
    }

    String file(String name) throws Exception {
        return Files.readString(folder.resolve(name));
    }

    String delete(JsonNode hash) {
        ObjectNode payload = payload();
        payload.set("certificateHashData", hash);
        return call("DeleteCertificate", payload).get("status").textValue();
    }

    static byte[] keyBits(X509Certificate certificate) {
        return SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()).getPublicKeyData().getBytes();
    }

    static String sha(String algorithm, byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }
}
