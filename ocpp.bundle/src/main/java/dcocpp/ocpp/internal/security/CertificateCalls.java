package dcocpp.ocpp.internal.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.SecurityEvents;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.rpc.ErrorCode;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Reply;

/** InstallCertificate, GetInstalledCertificateIds and DeleteCertificate: the roots that we trust. Used on the owner thread only. */
final class CertificateCalls implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateCalls.class);

    private static final String CSMS = "CentralSystemRootCertificate";
    private static final String MANUFACTURER = "ManufacturerRootCertificate";
    private static final String MAX_LENGTH = "CertificateStoreMaxLength";
    /** With the additional check: the root that counts and the way back to the one before. */
    private static final int MOST_CHECKED = 2;
    /** What GetInstalledCertificateIds names certificates with. */
    private static final String ALGORITHM = "SHA256";
    /** The bit keyCertSign of the extension KeyUsage (RFC 5280, 4.2.1.3). */
    private static final int SIGNS_CERTIFICATES = 5;

    private final Configuration configuration;
    private final FrameCodec codec;
    private final TimeSource time;
    private final SecurityEvents events;
    private final SecurityProfiles profiles;
    private final CertificateFile csms;
    private final CertificateFile manufacturer;
    private final Map<String, CertificateFile> files;
    private final ClientIdentity identity;

    CertificateCalls(Environment environment, SecurityFiles files, SecurityEvents events, SecurityProfiles profiles) {
        configuration = environment.configuration();
        codec = environment.codec();
        time = environment.time();
        this.events = events;
        this.profiles = profiles;
        csms = new CertificateFile(files.csmsRoots());
        manufacturer = new CertificateFile(files.manufacturerRoots());
        identity = new ClientIdentity(files);
        this.files = Map.of(CSMS, csms, MANUFACTURER, manufacturer);
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("InstallCertificate", this::install);
        calls.on("GetInstalledCertificateIds", this::list);
        calls.on("DeleteCertificate", this::delete);
    }

    private void install(ObjectNode payload, Reply reply) {
        String type = payload.get("certificateType").textValue();
        try {
            reply.status(install(type, root(payload.get("certificate").textValue())));
        } catch (CertificateException e) {
            LOG.warn("{} is refused: {}", type, e.getMessage());
            reply.status("Rejected");
            if (type.equals(CSMS)) {
                events.raise("InvalidCentralSystemCertificate", e.getMessage());
            }
        } catch (IOException e) {
            LOG.error("{} is not installed: {}", type, e.getMessage());
            reply.status("Failed");
        }
    }

    private X509Certificate root(String pem) throws CertificateException {
        List<X509Certificate> found = Pem.certificates(pem);
        if (found.size() != 1) {
            throw new CertificateException(found.size() + " certificates instead of one");
        }
        X509Certificate certificate = found.get(0);
        certificate.checkValidity(Date.from(time.now()));
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || usage != null && !usage[SIGNS_CERTIFICATES]) {
            throw new CertificateException("it may not sign certificates: " + certificate.getSubjectX500Principal());
        }
        return certificate;
    }

    private String install(String type, X509Certificate certificate) throws CertificateException, IOException {
        List<X509Certificate> installed = files.get(type).read();
        if (installed.contains(certificate)) {
            return "Accepted";
        }
        List<X509Certificate> wanted = new ArrayList<>();
        if (type.equals(CSMS) && configuration.flag("AdditionalRootCertificateCheck") && !installed.isEmpty()) {
            if (installed.size() > MOST_CHECKED) {
                LOG.warn("{} is refused: it would take the place of {} roots, and one of them may be in use", type, installed.size());
                return "Rejected";
            }
            // The old one stays as a way back until the next takes its place.
            wanted.addAll(List.of(certificate, replaced(certificate, installed)));
        } else if (isFull()) {
            LOG.warn("{} is refused: there are {} certificates already", type, configuration.text(MAX_LENGTH));
            return "Rejected";
        } else {
            wanted.addAll(installed);
            wanted.add(certificate);
        }
        files.get(type).write(wanted);
        events.raise("ReconfigurationOfSecurityParameters", "installed " + type + " " + certificate.getSubjectX500Principal());
        return "Accepted";
    }

    private static X509Certificate replaced(X509Certificate certificate, List<X509Certificate> installed) throws CertificateException {
        return installed.stream().filter(old -> signed(certificate, old.getPublicKey())).findFirst()
                .orElseThrow(() -> new CertificateException("it is not signed by the root that it replaces: "
                        + certificate.getSubjectX500Principal()));
    }

    private boolean isFull() throws IOException {
        int count = 0;
        for (CertificateFile file : files.values()) {
            count += file.read().size();
        }
        return count >= configuration.number(MAX_LENGTH);
    }

    private static boolean signed(X509Certificate certificate, PublicKey issuer) {
        try {
            certificate.verify(issuer);
            return true;
        } catch (GeneralSecurityException e) {
            LOG.debug("Not signed by this key", e);
            return false;
        }
    }

    private void list(ObjectNode payload, Reply reply) {
        ObjectNode answer = codec.newPayload();
        try {
            List<X509Certificate> installed = files.get(payload.get("certificateType").textValue()).read();
            answer.put("status", installed.isEmpty() ? "NotFound" : "Accepted");
            if (!installed.isEmpty()) {
                ArrayNode items = answer.putArray("certificateHashData");
                installed.forEach(certificate -> hash(ALGORITHM, certificate, installed).writeTo(items.addObject()));
            }
            reply.result(answer);
        } catch (IOException e) {
            LOG.error("Certificates cannot be listed: {}", e.getMessage());
            reply.error(ErrorCode.InternalError, "the certificates cannot be read");
        }
    }

    /** A root has signed itself, or another root of ours has; of a third one nothing more is known. */
    private static CertificateHash hash(String algorithm, X509Certificate certificate, List<X509Certificate> installed) {
        PublicKey issuer = installed.stream()
                .filter(other -> other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .map(X509Certificate::getPublicKey).filter(key -> signed(certificate, key)).findFirst()
                .orElse(certificate.getPublicKey());
        return CertificateHash.of(algorithm, certificate, issuer);
    }

    private void delete(ObjectNode payload, Reply reply) {
        CertificateHash asked = CertificateHash.of(payload.get("certificateHashData"));
        try {
            reply.status(delete(asked));
        } catch (IOException e) {
            LOG.error("A certificate is not deleted: {}", e.getMessage());
            reply.status("Failed");
        }
    }

    /** From wherever it is: the hashes do not say which kind of root is meant. */
    private String delete(CertificateHash asked) throws IOException {
        Map<CertificateFile, List<X509Certificate>> changes = new LinkedHashMap<>();
        for (CertificateFile file : List.of(csms, manufacturer)) {
            List<X509Certificate> installed = file.read();
            List<X509Certificate> kept = installed.stream()
                    .filter(certificate -> !hash(asked.algorithm(), certificate, installed).equals(asked)).toList();
            if (kept.size() < installed.size()) {
                changes.put(file, kept);
            }
        }
        if (changes.isEmpty()) {
            if (identity.own().stream().anyMatch(asked::names)) {
                LOG.warn("The charger's own certificate is not deleted: only another one takes its place");
                return "Failed";
            }
            return "NotFound";
        }
        if (changes.containsKey(csms) && changes.get(csms).isEmpty() && profiles.needsRoots()) {
            LOG.warn("The last root is not deleted: without it the charger could never connect again");
            return "Failed";
        }
        for (Map.Entry<CertificateFile, List<X509Certificate>> change : changes.entrySet()) {
            change.getKey().write(change.getValue());
        }
        events.raise("ReconfigurationOfSecurityParameters", "deleted the certificate with number " + asked.serialNumber());
        return "Accepted";
    }
}
