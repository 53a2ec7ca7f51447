package dcocpp.csms;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dcocpp.csms.OcppMessage.Kind;

/** The parts of an OCPP-J frame; the action is known for calls only. */
record Frame(Kind kind, String messageId, String action, String payload, String text) {

    static Frame parse(String text) {
        try {
            JsonArray array = JsonParser.parseString(text).getAsJsonArray();
            String id = array.get(1).getAsString();
            return switch (array.get(0).getAsInt()) {
                case 2 -> new Frame(Kind.CALL, id, array.get(2).getAsString(), array.get(3).toString(), text);
                case 3 -> new Frame(Kind.CALLRESULT, id, "", array.get(2).toString(), text);
                case 4 -> new Frame(Kind.CALLERROR, id, "", errorOf(array).toString(), text);
                default -> malformed(text);
            };
        } catch (JsonParseException | IllegalStateException | IndexOutOfBoundsException | UnsupportedOperationException
                | NumberFormatException notOcppJ) {
            return malformed(text);
        }
    }

    /** The text of a CALLERROR. */
    static String refusal(String messageId, String errorCode, String description) {
        JsonArray array = new JsonArray();
        array.add(4);
        array.add(messageId);
        array.add(errorCode);
        array.add(description);
        array.add(new JsonObject());
        return array.toString();
    }

    private static Frame malformed(String text) {
        return new Frame(Kind.MALFORMED, "", "", "{}", text);
    }

    private static JsonObject errorOf(JsonArray array) {
        JsonObject error = new JsonObject();
        error.add("errorCode", array.get(2));
        error.add("errorDescription", array.size() > 3 ? array.get(3) : new JsonPrimitive(""));
        error.add("errorDetails", array.size() > 4 ? array.get(4) : new JsonObject());
        return error;
    }
}
