package dcocpp.ocpp.internal.diagnostics;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.outbox.Notices;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.transfer.Courier;
import dcocpp.ocpp.internal.transfer.TransferPolicy;

/** GetDiagnostics and GetLog. Used on the owner thread only. */
public final class DiagnosticsFeature implements Feature {
    private static final String DIAGNOSTICS_STATUS = "DiagnosticsStatusNotification";
    private static final String LOG_STATUS = "LogStatusNotification";
    private static final DateTimeFormatter TIME_IN_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /** When the back office leaves it to us. */
    private static final int RETRIES = 2;
    private static final int RETRY_SECONDS = 60;

    private final Environment environment;
    private final String chargePointId;
    private final Archive archive;
    private final Upload diagnostics;
    private final Upload log;

    /**
     * @param notices tells the back office how far an upload is
     * @param messageLogs folder of the logs of OCPP messages and security events
     * @param policy how large a file may be, and where the data folder is
     */
    public DiagnosticsFeature(Environment environment, Notices notices, Courier courier, String chargePointId, Path messageLogs,
            TransferPolicy policy) {
        this.environment = environment;
        this.chargePointId = chargePointId;
        archive = new Archive(chargePointId, messageLogs, policy.dataFolder().resolve("log"), environment.controller().journal(),
                policy.maxBytes());
        Path uploads = policy.dataFolder().resolve("upload");
        diagnostics = new Upload(environment, notices, courier, archive, DIAGNOSTICS_STATUS, uploads.resolve("diagnostics"),
                "dcocpp-ocpp-diagnostics");
        log = new Upload(environment, notices, courier, archive, LOG_STATUS, uploads.resolve("log"), "dcocpp-ocpp-log");
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("GetDiagnostics", this::getDiagnostics);
        calls.on("GetLog", this::getLog);
        triggers.on(DIAGNOSTICS_STATUS, connectorId -> Optional.of(() -> tell(diagnostics, DIAGNOSTICS_STATUS)));
        triggers.on(LOG_STATUS, connectorId -> Optional.of(() -> tell(log, LOG_STATUS)));
    }

    private void tell(Upload upload, String action) {
        ObjectNode payload = environment.codec().newPayload().put("status", upload.status());
        upload.job().map(UploadJob::requestId).ifPresent(id -> payload.put("requestId", id));
        environment.outbox().send(Priority.BEFORE_ACCEPTED, action, payload, outcome -> { });
    }

    private void getDiagnostics(ObjectNode payload, Reply reply) {
        UploadJob job = new UploadJob(null, false, payload.get("location").textValue(), fileName("diagnostics"),
                time(payload, "startTime", Instant.EPOCH), time(payload, "stopTime", Instant.MAX),
                number(payload, "retries", RETRIES), number(payload, "retryInterval", RETRY_SECONDS), 0);
        reply.result(environment.codec().newPayload().put("fileName", job.fileName()));
        diagnostics.begin(job);
    }

    private void getLog(ObjectNode payload, Reply reply) {
        boolean security = payload.get("logType").textValue().equals("SecurityLog");
        ObjectNode answer = environment.codec().newPayload().put("status", log.job().isPresent() ? "AcceptedCanceled" : "Accepted");
        if (security && !archive.hasSecurityLog()) {
            // Nothing to upload is said by naming no file; what runs is not disturbed.
            reply.result(answer.put("status", "Accepted"));
            return;
        }
        JsonNode wanted = payload.get("log");
        UploadJob job = new UploadJob(payload.get("requestId").intValue(), security, wanted.get("remoteLocation").textValue(),
                fileName(security ? "security" : "diagnostics"), time(wanted, "oldestTimestamp", Instant.EPOCH),
                time(wanted, "latestTimestamp", Instant.MAX), number(payload, "retries", RETRIES),
                number(payload, "retryInterval", RETRY_SECONDS), 0);
        reply.result(answer.put("filename", job.fileName()));
        log.begin(job);
    }

    private String fileName(String content) {
        return chargePointId.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + content + "-"
                + TIME_IN_NAME.format(environment.time().now()) + ".zip";
    }

    /** The schema has seen to it that it is a time. */
    private static Instant time(JsonNode payload, String name, Instant otherwise) {
        return payload.hasNonNull(name) ? OcppTime.parse(payload.get(name).textValue()).orElseThrow() : otherwise;
    }

    private static int number(JsonNode payload, String name, int otherwise) {
        return payload.hasNonNull(name) ? Math.max(0, payload.get(name).intValue()) : otherwise;
    }

    @Override
    public void start() {
        diagnostics.resume();
        log.resume();
    }

    @Override
    public void stop() {
        diagnostics.stop();
        log.stop();
    }

    @Override
    public void awaitEnd(long untilNanos) {
        diagnostics.awaitEnd(untilNanos);
        log.awaitEnd(untilNanos);
    }
}
