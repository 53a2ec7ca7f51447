package dcocpp.ocppcheck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.ocppcheck.OcppSchemas.Half;

/**
 * Judges what a charge point sends over one connection, frame by frame: its shape, its payload by the schemas of others, and that it answers
 * only what it was asked. What the back office sends is not judged, tests send rubbish on purpose. Thread-safe.
 */
public final class FrameCheck {
    private static final int MAX_ID = 36;
    private static final int MAX_DESCRIPTION = 255;
    /** OCPP-J 1.6, table 7, its spelling included. */
    private static final Set<String> ERROR_CODES = Set.of("NotImplemented", "NotSupported", "InternalError", "ProtocolError", "SecurityError",
            "FormationViolation", "PropertyConstraintViolation", "OccurenceConstraintViolation", "TypeConstraintViolation", "GenericError");

    private final Consumer<String> onFault;
    private final Map<String, String> asked = new HashMap<>();

    /** @param onFault hears of each frame that is wrong, with what is wrong and the frame */
    public FrameCheck(Consumer<String> onFault) {
        this.onFault = onFault;
    }

    /** A check whose findings fail the test that runs, by {@link FrameCheckExtension}. */
    public static FrameCheck ofTest() {
        return new FrameCheck(FrameCheckExtension::record);
    }

    /** The back office has sent this. */
    public synchronized void received(String text) {
        try {
            JsonNode frame = OcppSchemas.read(text);
            if (frame.path(0).intValue() == 2) {
                asked.put(frame.path(1).asText(), frame.path(2).asText());
            }
        } catch (IOException e) {
            // Rubbish: whatever the charge point answers to it is a CALLERROR, and that needs no action.
        }
    }

    /** The charge point has sent this. */
    public synchronized void sent(String text) {
        List<String> faults = faults(text);
        if (!faults.isEmpty()) {
            onFault.accept(String.join("; ", faults) + " in " + text);
        }
    }

    private List<String> faults(String text) {
        try {
            JsonNode frame = OcppSchemas.read(text);
            return switch (frame.path(0).intValue()) {
                case 2 -> call(frame);
                case 3 -> result(frame);
                case 4 -> failure(frame);
                default -> List.of("no message type");
            };
        } catch (IOException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }

    private static List<String> call(JsonNode frame) {
        List<String> faults = head(frame, 4);
        faults.addAll(OcppSchemas.all().faults(frame.path(2).asText(), Half.REQUEST, frame.path(3)));
        return faults;
    }

    private List<String> result(JsonNode frame) {
        List<String> faults = head(frame, 3);
        String action = asked.remove(frame.path(1).asText());
        if (action == null) {
            faults.add("a result for no call");
        } else {
            faults.addAll(OcppSchemas.all().faults(action, Half.CONFIRMATION, frame.path(2)));
        }
        return faults;
    }

    private static List<String> failure(JsonNode frame) {
        List<String> faults = head(frame, 5);
        if (!ERROR_CODES.contains(frame.path(2).asText())) {
            faults.add("no error code of OCPP-J 1.6");
        }
        if (!frame.path(3).isTextual() || frame.path(3).textValue().length() > MAX_DESCRIPTION) {
            faults.add("the description must be a text of at most " + MAX_DESCRIPTION + " characters");
        }
        if (!frame.path(4).isObject()) {
            faults.add("the details must be an object");
        }
        return faults;
    }

    private static List<String> head(JsonNode frame, int size) {
        List<String> faults = new ArrayList<>();
        if (frame.size() != size) {
            faults.add("must have " + size + " elements");
        }
        if (!frame.path(1).isTextual() || frame.path(1).textValue().isEmpty() || frame.path(1).textValue().length() > MAX_ID) {
            faults.add("the id must be a text of 1 to " + MAX_ID + " characters");
        }
        return faults;
    }
}
