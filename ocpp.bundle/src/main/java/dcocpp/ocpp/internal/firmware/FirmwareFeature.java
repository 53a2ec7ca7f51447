package dcocpp.ocpp.internal.firmware;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.update.BundleInstaller;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.SecurityEvents;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.outbox.Notices;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.transfer.Courier;
import dcocpp.ocpp.internal.transfer.TransferException;

/** UpdateFirmware and SignedUpdateFirmware: what the back office asks for, and what it is told. Used on the owner thread only. */
public final class FirmwareFeature implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareFeature.class);

    private static final String UNSIGNED_STATUS = "FirmwareStatusNotification";
    private static final String SIGNED_STATUS = "SignedFirmwareStatusNotification";
    private static final String INVALID_CERTIFICATE = "InvalidFirmwareSigningCertificate";
    /** When the back office leaves it to us. */
    private static final int RETRIES = 2;
    private static final int RETRY_SECONDS = 60;

    private final Environment environment;
    private final Courier courier;
    private final SigningCertificates certificates;
    private final SecurityEvents events;
    private final FirmwareUpdate update;

    /**
     * @param notices tells the back office how far an update is
     * @param courier fetches the files
     * @param installer the runtime's installing service; it supplies null while there is none
     * @param events where security events are told
     * @param dataFolder the charger's data folder
     * @param manufacturerRoots folder with the roots that sign firmware
     */
    public FirmwareFeature(Environment environment, Notices notices, Courier courier, Supplier<BundleInstaller> installer,
            SecurityEvents events, Path dataFolder, Path manufacturerRoots) {
        this.environment = environment;
        this.courier = courier;
        this.events = events;
        certificates = new SigningCertificates(manufacturerRoots);
        update = new FirmwareUpdate(environment, notices, courier, installer, certificates, events,
                dataFolder.resolve("firmware").resolve("firmware.bin"));
    }

    @Override
    public Optional<String> profile() {
        return Optional.of("FirmwareManagement");
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("UpdateFirmware", this::unsigned);
        calls.on("SignedUpdateFirmware", this::signed);
        triggers.on(UNSIGNED_STATUS, connectorId -> Optional.of(() -> tell(update.job().map(job -> job.request().signed()).orElse(false))));
        // What ExtendedTriggerMessage means by FirmwareStatusNotification.
        triggers.on(SIGNED_STATUS, connectorId -> Optional.of(() -> tell(update.job().map(job -> job.request().signed()).orElse(true))));
    }

    private void tell(boolean signed) {
        ObjectNode payload = environment.codec().newPayload().put("status", update.status());
        update.job().map(job -> job.request().requestId()).ifPresent(id -> payload.put("requestId", id));
        environment.outbox().send(Priority.BEFORE_ACCEPTED, signed ? SIGNED_STATUS : UNSIGNED_STATUS, payload, outcome -> { });
    }

    private void unsigned(ObjectNode payload, Reply reply) {
        reply.result(environment.codec().newPayload());
        if (update.handedOver()) {
            // OCPP has no way to say no.
            LOG.warn("UpdateFirmware is ignored: the update before it is being installed");
            return;
        }
        update.begin(new FirmwareJob.Request(null, payload.get("location").textValue(), time(payload.get("retrieveDate")), null,
                number(payload, "retries", RETRIES), number(payload, "retryInterval", RETRY_SECONDS), "", ""));
    }

    private void signed(ObjectNode payload, Reply reply) {
        JsonNode firmware = payload.get("firmware");
        String pem = firmware.get("signingCertificate").textValue();
        SigningCertificates.Judgement judgement = certificates.judge(pem, environment.time().now());
        if (judgement.verdict() != SigningCertificates.Verdict.GOOD) {
            LOG.warn("SignedUpdateFirmware is refused, its certificate is not good: {}", judgement.reason());
            reply.status(judgement.verdict() == SigningCertificates.Verdict.REVOKED ? "RevokedCertificate" : "InvalidCertificate");
            events.raise(INVALID_CERTIFICATE, judgement.reason());
            return;
        }
        String location = firmware.get("location").textValue();
        try {
            courier.check(location);
        } catch (TransferException e) {
            LOG.warn("SignedUpdateFirmware is rejected: {}", e.getMessage());
            reply.status("Rejected");
            return;
        }
        if (update.handedOver()) {
            LOG.warn("SignedUpdateFirmware is rejected: the update before it is being installed");
            reply.status("Rejected");
            return;
        }
        reply.status(update.job().isPresent() ? "AcceptedCanceled" : "Accepted");
        update.begin(new FirmwareJob.Request(payload.get("requestId").intValue(), location, time(firmware.get("retrieveDateTime")),
                firmware.hasNonNull("installDateTime") ? time(firmware.get("installDateTime")) : null,
                number(payload, "retries", RETRIES), number(payload, "retryInterval", RETRY_SECONDS), pem,
                firmware.get("signature").textValue()));
    }

    /** The schema has seen to it that it is a time. */
    private static Instant time(JsonNode text) {
        return OcppTime.parse(text.textValue()).orElseThrow();
    }

    private static int number(JsonNode payload, String name, int otherwise) {
        return payload.hasNonNull(name) ? Math.max(0, payload.get(name).intValue()) : otherwise;
    }

    @Override
    public void start() {
        update.resume();
    }

    @Override
    public void onChanged(ChargerSnapshot snapshot) {
        update.onChanged(snapshot);
    }

    @Override
    public void stop() {
        update.stop();
    }

    @Override
    public void awaitEnd(long untilNanos) {
        update.awaitEnd(untilNanos);
    }
}
