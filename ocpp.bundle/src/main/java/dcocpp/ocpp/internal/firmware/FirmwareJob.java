package dcocpp.ocpp.internal.firmware;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One update of firmware, as it is kept.
 *
 * @param request what the back office asked for
 * @param stage how far it is
 * @param told the status that the back office was told last; empty = none
 * @param postponed sessions had to end before it could be installed: the charger takes no new ones until it is over
 * @param attempts how many downloads have failed
 * @param sha256 hash of the file, hex; empty before it is there
 * @param newestJob the installing service's newest job before this file was handed over; empty = none
 * @param handedOverAt when that was, wall time; long ago = not yet
 * @param installJob the installing service's job; empty before it is known
 */
record FirmwareJob(Request request, Stage stage, String told, boolean postponed, int attempts, String sha256, String newestJob,
        Instant handedOverAt, String installJob) {

    /** How far an update is. */
    enum Stage {
        /** It is not time to download yet. */
        SCHEDULED,
        /** The file comes, or will be asked for again. */
        DOWNLOADING,
        /** The file is there; a signature is to be verified if there is one. */
        DOWNLOADED,
        /** The file is what it says it is. */
        VERIFIED,
        /** It is not time to install yet, or sessions have to end first. */
        INSTALL_SCHEDULED,
        /** The file is being handed to the installing service. */
        HANDING_OVER,
        /** The installing service is at work. */
        INSTALLING
    }

    /**
     * What the back office asked for.
     *
     * @param requestId of SignedUpdateFirmware; null for an UpdateFirmware
     * @param location where the file is
     * @param retrieveAt not before
     * @param installAt not before; null = at once
     * @param retries how many attempts after the first
     * @param retryIntervalSeconds between two attempts, s
     * @param certificate whose key signed the file, PEM; empty for an UpdateFirmware
     * @param signature of the file, base64; empty for an UpdateFirmware
     */
    record Request(Integer requestId, String location, Instant retrieveAt, Instant installAt, int retries, int retryIntervalSeconds,
            String certificate, String signature) {

        boolean signed() {
            return requestId != null;
        }
    }

    static FirmwareJob of(Request request) {
        return new FirmwareJob(request, Stage.SCHEDULED, "", false, 0, "", "", Instant.EPOCH, "");
    }

    FirmwareJob at(Stage next) {
        return new FirmwareJob(request, next, told, postponed, attempts, sha256, newestJob, handedOverAt, installJob);
    }

    FirmwareJob failedOnce() {
        return new FirmwareJob(request, stage, told, postponed, attempts + 1, sha256, newestJob, handedOverAt, installJob);
    }

    FirmwareJob downloaded(String hash) {
        return new FirmwareJob(request, Stage.DOWNLOADED, told, postponed, attempts, hash, newestJob, handedOverAt, installJob);
    }

    FirmwareJob handingOver(String newest, Instant at) {
        return new FirmwareJob(request, Stage.HANDING_OVER, told, postponed, attempts, sha256, newest, at, "");
    }

    FirmwareJob afterTheSessions() {
        return new FirmwareJob(request, Stage.INSTALL_SCHEDULED, told, true, attempts, sha256, newestJob, handedOverAt, installJob);
    }

    FirmwareJob installing(String job) {
        return new FirmwareJob(request, Stage.INSTALLING, told, postponed, attempts, sha256, newestJob, handedOverAt, job);
    }

    FirmwareJob told(String status) {
        return new FirmwareJob(request, stage, status, postponed, attempts, sha256, newestJob, handedOverAt, installJob);
    }

    /** The installing service has it; it cannot be taken back. */
    boolean handedOver() {
        return stage == Stage.HANDING_OVER || stage == Stage.INSTALLING;
    }

    void write(ObjectNode into) {
        into.put("location", request.location()).put("retrieveAt", request.retrieveAt().toString())
                .put("retries", request.retries()).put("retryIntervalSeconds", request.retryIntervalSeconds())
                .put("certificate", request.certificate()).put("signature", request.signature())
                .put("stage", stage.name()).put("told", told).put("postponed", postponed).put("attempts", attempts).put("sha256", sha256)
                .put("newestJob", newestJob).put("handedOverAt", handedOverAt.toString()).put("installJob", installJob);
        if (request.requestId() != null) {
            into.put("requestId", request.requestId());
        }
        if (request.installAt() != null) {
            into.put("installAt", request.installAt().toString());
        }
    }

    /** @throws RuntimeException it was written by somebody who knew more, or nobody */
    static FirmwareJob read(JsonNode from) {
        JsonNode requestId = from.path("requestId");
        JsonNode installAt = from.path("installAt");
        return new FirmwareJob(new Request(requestId.isInt() ? requestId.intValue() : null, from.path("location").asText(),
                Instant.parse(from.path("retrieveAt").asText()), installAt.isTextual() ? Instant.parse(installAt.asText()) : null,
                from.path("retries").asInt(), from.path("retryIntervalSeconds").asInt(), from.path("certificate").asText(),
                from.path("signature").asText()), Stage.valueOf(from.path("stage").asText()), from.path("told").asText(),
                from.path("postponed").asBoolean(), from.path("attempts").asInt(), from.path("sha256").asText(),
                from.path("newestJob").asText(), Instant.parse(from.path("handedOverAt").asText(Instant.EPOCH.toString())),
                from.path("installJob").asText());
    }
}
