package dcocpp.ocpp.internal.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

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
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.rpc.Reply;

/**
 * Our own certificate: asked for when the back office wants it or the old one ends soon (SignCertificate), checked when it comes
 * (CertificateSigned). The key never leaves the charger. Used on the owner thread only.
 */
final class CertificateSigning implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateSigning.class);

    /** Before the end of a certificate. */
    private static final Duration RENEWAL = Duration.ofDays(30);
    private static final Duration FIRST_CHECK = Duration.ofSeconds(60);
    private static final Duration CHECK = Duration.ofHours(12);
    /** So often a new certificate may be turned away for a reason that is not said. */
    private static final int UNCLEAR_REFUSALS = 3;

    private final Configuration configuration;
    private final Outbox outbox;
    private final FrameCodec codec;
    private final TimeSource time;
    private final SecurityFiles files;
    private final ClientIdentity identity;
    private final SecurityEvents events;
    private final SecurityProfiles profiles;
    private final Security.Relink relink;
    private final ScheduledExecutorService owner;
    private ScheduledFuture<?> timer;
    private int unclear;

    CertificateSigning(Environment environment, SecurityFiles files, SecurityEvents events, SecurityProfiles profiles,
            Security.Relink relink) {
        configuration = environment.configuration();
        outbox = environment.outbox();
        codec = environment.codec();
        time = environment.time();
        owner = environment.owner();
        this.files = files;
        identity = new ClientIdentity(files);
        this.events = events;
        this.profiles = profiles;
        this.relink = relink;
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        // The whitepaper wants CpoName as the organisation: without it there is nothing to ask for.
        triggers.on("SignChargePointCertificate", connectorId -> named() ? Optional.of(this::request) : Optional.empty());
        calls.on("CertificateSigned", this::signed);
    }

    @Override
    public void start() {
        timer = owner.scheduleWithFixedDelay(this::renew, FIRST_CHECK.toSeconds(), CHECK.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Asks in time for the next certificate where the connection depends on one. */
    private void renew() {
        if (!profiles.needsClientCertificate() || !named() || !outbox.online()) {
            return;
        }
        try {
            Instant end = identity.load().chain().get(0).getNotAfter().toInstant();
            if (time.now().isAfter(end.minus(RENEWAL))) {
                LOG.info("The charger's certificate ends at {}, another one is asked for", end);
                send(identity.requestAgain(serial(), configuration.text("CpoName")));
            }
        } catch (IOException e) {
            LOG.error("Whether the charger's certificate ends soon is not known, or no other is asked for: {}", e.getMessage());
        }
    }

    /** A connection is open. */
    void onOpen() {
        unclear = 0;
        if (profiles.needsClientCertificate()) {
            try {
                identity.proven();
            } catch (IOException e) {
                LOG.warn("The charger's old certificate cannot be removed: {}", e.getMessage());
            }
        }
    }

    /**
     * The back office does not take what we show: perhaps it is the new certificate, and the old one still counts. Many servers turn a
     * certificate away without saying that it was the certificate. Where the back office's own was refused, ours was not judged.
     */
    void onRefused(Transport.Refusal refusal) {
        if (refusal == Transport.Refusal.UNCLEAR) {
            unclear++;
        }
        boolean turnedAway = refusal == Transport.Refusal.CREDENTIALS || unclear >= UNCLEAR_REFUSALS;
        if (turnedAway && profiles.needsClientCertificate()) {
            unclear = 0;
            try {
                if (identity.revertIfValid(time.now())) {
                    LOG.warn("The back office does not take the charger's new certificate, back to the old one");
                }
            } catch (IOException e) {
                LOG.error("The charger's old certificate cannot be put back: {}", e.getMessage());
            }
        }
    }

    private boolean named() {
        return !configuration.text("CpoName").isEmpty() && !serial().isEmpty();
    }

    private String serial() {
        String serial = configuration.text("ChargePointSerialNumber");
        return serial.isEmpty() ? configuration.text("ChargeBoxSerialNumber") : serial;
    }

    private void request() {
        try {
            send(identity.request(serial(), configuration.text("CpoName")));
        } catch (IOException e) {
            LOG.error("No certificate is asked for: {}", e.getMessage());
        }
    }

    private void send(String request) {
        outbox.send(Priority.BEFORE_ACCEPTED, "SignCertificate", codec.newPayload().put("csr", request), CertificateSigning::answered);
    }

    private static void answered(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered && answered.payload().get("status").textValue().equals("Accepted")) {
            LOG.info("The back office has our request for a certificate");
        } else {
            LOG.warn("The back office does not take our request for a certificate: {}", outcome);
        }
    }

    private void signed(ObjectNode payload, Reply reply) {
        try {
            List<X509Certificate> chain = check(payload.get("certificateChain").textValue());
            identity.accept(chain);
            unclear = 0;
            reply.status("Accepted");
            events.raise("ReconfigurationOfSecurityParameters", "new certificate " + chain.get(0).getSubjectX500Principal());
            if (profiles.needsClientCertificate()) {
                relink.reconnect("the charger has a new certificate");
            }
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("The certificate of the back office is not taken: {}", e.getMessage());
            reply.status("Rejected");
            events.raise("InvalidChargePointCertificate", String.valueOf(e.getMessage()));
        }
    }

    private List<X509Certificate> check(String text) throws GeneralSecurityException, IOException {
        int most = configuration.number("CertificateSignedMaxChainSize");
        if (text.length() > most) {
            throw new CertificateException("the chain has more than " + most + " characters");
        }
        List<X509Certificate> chain = Pem.certificates(text);
        if (chain.isEmpty()) {
            throw new CertificateException("there is no certificate");
        }
        if (!identity.awaits(chain.get(0))) {
            throw new CertificateException("it is not for the key of our last request: " + chain.get(0).getSubjectX500Principal());
        }
        List<X509Certificate> roots = new CertificateFile(files.csmsRoots()).read();
        if (roots.isEmpty()) {
            throw new CertificateException("there is no root in " + files.csmsRoots() + " to check it against");
        }
        new BackOfficeTrust(roots, files.csmsRoots(), time.now()).checkClientTrusted(chain.toArray(X509Certificate[]::new),
                chain.get(0).getPublicKey().getAlgorithm());
        return chain;
    }
}
