package dcocpp.csms;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;

/**
 * One frame as it went over the wire.
 *
 * @param number place in the log, from 1 on, without gaps
 * @param time when the CSMS read or wrote it, by the CSMS's clock
 * @param chargePointId the charge point at the other end
 * @param direction who sent it
 * @param kind what it is
 * @param messageId OCPP-J's unique id; empty where the frame could not be read
 * @param action the action; for an answer that of the call it answers, empty where that is not known
 * @param payload the payload as JSON text; for a CALLERROR an object with errorCode, errorDescription and errorDetails
 * @param frame the whole text of the frame
 */
public record OcppMessage(
        long number,
        Instant time,
        String chargePointId,
        Direction direction,
        Kind kind,
        String messageId,
        String action,
        String payload,
        String frame) {

    /** Who sent a frame. */
    public enum Direction {
        /** Charger to CSMS. */
        FROM_CHARGER,
        /** CSMS to charger. */
        TO_CHARGER
    }

    /** What a frame is. */
    public enum Kind {
        /** A request. */
        CALL,
        /** The answer to a request. */
        CALLRESULT,
        /** The refusal of a request. */
        CALLERROR,
        /** Not OCPP-J. */
        MALFORMED
    }

    /** True for a call of this action by the charger. */
    public boolean isCallFromCharger(String wantedAction) {
        return kind == Kind.CALL && direction == Direction.FROM_CHARGER && action.equals(wantedAction);
    }

    /** True for the charger's answer (not refusal) to a call of this action. */
    public boolean isAnswerFromCharger(String wantedAction) {
        return kind == Kind.CALLRESULT && direction == Direction.FROM_CHARGER && action.equals(wantedAction);
    }

    /**
     * One value of the payload.
     *
     * @param path names and array indexes separated by slashes, such as {@code idTagInfo/status} or {@code meterValue/0/timestamp}
     * @return the value as text (an object or array as JSON), empty where it is missing or null
     */
    public Optional<String> value(String path) {
        JsonElement at = JsonParser.parseString(payload);
        for (String step : path.split("/")) {
            if (at.isJsonObject()) {
                at = at.getAsJsonObject().get(step);
            } else if (at.isJsonArray() && step.matches("\\d{1,9}") && Integer.parseInt(step) < at.getAsJsonArray().size()) {
                at = at.getAsJsonArray().get(Integer.parseInt(step));
            } else {
                return Optional.empty();
            }
            if (at == null || at.isJsonNull()) {
                return Optional.empty();
            }
        }
        return Optional.of(at.isJsonPrimitive() ? at.getAsString() : at.toString());
    }
}
