package dcocpp.ocpp.internal.diagnostics;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Logs that the back office wants, as they are kept.
 *
 * @param requestId of GetLog; null for a GetDiagnostics
 * @param security the log of security events; else everything
 * @param location where to
 * @param fileName how the file is called
 * @param from what is older is left out
 * @param until what is newer is left out
 * @param retries how many attempts after the first
 * @param retryIntervalSeconds between two attempts, s
 * @param attempts how many have failed
 */
record UploadJob(Integer requestId, boolean security, String location, String fileName, Instant from, Instant until, int retries,
        int retryIntervalSeconds, int attempts) {

    UploadJob failedOnce() {
        return new UploadJob(requestId, security, location, fileName, from, until, retries, retryIntervalSeconds, attempts + 1);
    }

    void write(ObjectNode into) {
        into.put("security", security).put("location", location).put("fileName", fileName).put("from", from.toString())
                .put("until", until.toString()).put("retries", retries).put("retryIntervalSeconds", retryIntervalSeconds)
                .put("attempts", attempts);
        if (requestId != null) {
            into.put("requestId", requestId);
        }
    }

    /** @throws RuntimeException it was written by somebody who knew more, or nobody */
    static UploadJob read(JsonNode from) {
        JsonNode requestId = from.path("requestId");
        return new UploadJob(requestId.isInt() ? requestId.intValue() : null, from.path("security").asBoolean(),
                from.path("location").asText(), from.path("fileName").asText(), Instant.parse(from.path("from").asText()),
                Instant.parse(from.path("until").asText()), from.path("retries").asInt(), from.path("retryIntervalSeconds").asInt(),
                from.path("attempts").asInt());
    }
}
