package dcocpp.ocpp.internal.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.rpc.BadFrameException.Kind;

/**
 * Text to {@link Frame} and back. The head of a frame is read token by token, so that a frame that breaks in its
 * payload is still answered under its own id. Thread-safe.
 */
public final class FrameCodec {
    /** OCPP-J 4.1.4: a message id has at most 36 characters. */
    static final int MAX_ID = 36;

    private static final int CALL = 2;
    private static final int RESULT = 3;
    private static final int FAILURE = 4;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_DESCRIPTION = 255;

    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNodeFactory nodes = new SmallObjects();
    private final Words words;

    /** @param words of OCPP's enumerations; frames that are read share them */
    public FrameCodec(Collection<String> words) {
        this.words = new Words(words);
    }

    /** Objects of OCPP have few fields. */
    private static final class SmallObjects extends JsonNodeFactory {
        private static final long serialVersionUID = 1;
        private static final int FIELDS = 8;

        @Override
        public ObjectNode objectNode() {
            return new ObjectNode(this, new LinkedHashMap<>(FIELDS));
        }
    }

    /** An empty payload. */
    public ObjectNode newPayload() {
        return nodes.objectNode();
    }

    /** Reads JSON that is stored as text; the text was written by us, so a failure is a damaged store. */
    public ObjectNode readPayload(String text) throws IOException {
        if (json.readTree(text) instanceof ObjectNode payload) {
            return payload;
        }
        throw new IOException("not a JSON object: " + shorten(text));
    }

    public String writePayload(ObjectNode payload) {
        return payload.toString();
    }

    /** Reads one frame. */
    public Frame decode(String text) throws BadFrameException {
        // From bytes, since the parser of bytes finds names and ends of strings in two thirds of the time.
        try (JsonParser parser = json.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            return decode(parser);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Frame decode(JsonParser parser) throws IOException, BadFrameException {
        int type = readType(parser);
        if (type < CALL || type > FAILURE) {
            throw new BadFrameException(Kind.OTHER, BadFrameException.UNKNOWN_ID, ErrorCode.GenericError,
                    "message type " + type + " is unknown; OCPP 1.6-J has 2, 3 and 4");
        }
        Kind kind = type == CALL ? Kind.CALL : Kind.ANSWER;
        String id = readId(parser, kind);
        try {
            return switch (type) {
                case CALL -> new Frame.Call(id, readText(parser, kind, id, "action"), readLast(parser, kind, id));
                case RESULT -> new Frame.Result(id, readLast(parser, kind, id));
                default -> readFailure(parser, id);
            };
        } catch (IOException e) {
            throw new BadFrameException(kind, id, ErrorCode.FormationViolation, "the frame is not valid JSON: " + reason(e));
        }
    }

    private static int readType(JsonParser parser) throws IOException, BadFrameException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw generic("a frame is a JSON array [2,id,action,payload]");
        }
        if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw generic("a frame starts with its type, the number 2, 3 or 4");
        }
        return parser.getIntValue();
    }

    private static String readId(JsonParser parser, Kind kind) throws IOException, BadFrameException {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw new BadFrameException(kind, BadFrameException.UNKNOWN_ID, ErrorCode.FormationViolation,
                    "the message id must be a string");
        }
        String id = parser.getText();
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new BadFrameException(kind, BadFrameException.UNKNOWN_ID, ErrorCode.FormationViolation,
                    "the message id must have 1 to " + MAX_ID + " characters, it has " + id.length());
        }
        return id;
    }

    private static String readText(JsonParser parser, Kind kind, String id, String what)
            throws IOException, BadFrameException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            throw new BadFrameException(kind, id, ErrorCode.ProtocolError, "the frame ends before its " + what);
        }
        if (token != JsonToken.VALUE_STRING) {
            throw new BadFrameException(kind, id, ErrorCode.FormationViolation, "the " + what + " must be a string");
        }
        return parser.getText();
    }

    /** The payload, which ends the frame. */
    private ObjectNode readLast(JsonParser parser, Kind kind, String id) throws IOException, BadFrameException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            throw new BadFrameException(kind, id, ErrorCode.ProtocolError, "the frame ends before its payload");
        }
        JsonNode payload = readNode(parser);
        if (!(payload instanceof ObjectNode object)) {
            throw new BadFrameException(kind, id, ErrorCode.FormationViolation, "the payload must be a JSON object");
        }
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            throw new BadFrameException(kind, id, ErrorCode.ProtocolError, "the frame goes on behind its payload");
        }
        if (parser.nextToken() != null) {
            throw new BadFrameException(kind, id, ErrorCode.FormationViolation, "there is text behind the frame");
        }
        return object;
    }

    /**
     * The value at which the parser stands. By hand, as the writing is: the mapper sets up a whole deserialization for it, which costs
     * more than a frame itself. The parser bounds the depth.
     */
    private JsonNode readNode(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = nodes.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, readNode(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(readNode(parser));
                }
                yield array;
            }
            case VALUE_STRING -> words.node(parser, nodes);
            case VALUE_NUMBER_INT -> switch (parser.getNumberType()) {
                case INT -> nodes.numberNode(parser.getIntValue());
                case LONG -> nodes.numberNode(parser.getLongValue());
                default -> nodes.numberNode(parser.getBigIntegerValue());
            };
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            default -> nodes.nullNode();
        };
    }

    /** Lenient: what follows the code only serves the log. */
    private static Frame readFailure(JsonParser parser, String id) throws IOException, BadFrameException {
        String code = readText(parser, Kind.ANSWER, id, "error code");
        String description = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        return new Frame.Failure(id, code, description);
    }

    /** Writes one frame. */
    public String encode(Frame frame) {
        FrameText text = new FrameText();
        if (frame instanceof Frame.Call call) {
            text.head(CALL, call.id()).string(call.action()).raw(',').node(call.payload());
        } else if (frame instanceof Frame.Result result) {
            text.head(RESULT, result.id()).node(result.payload());
        } else if (frame instanceof Frame.Failure failure) {
            text.head(FAILURE, failure.id()).string(failure.code()).raw(',').string(shorten(failure.description())).raw(",{}");
        }
        return text.raw(']').toString();
    }

    private static String shorten(String text) {
        return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION);
    }

    private static BadFrameException generic(String message) {
        return new BadFrameException(Kind.CALL, BadFrameException.UNKNOWN_ID, ErrorCode.GenericError, message);
    }

    private static BadFrameException unreadable(IOException e) {
        return generic("the frame is not valid JSON: " + reason(e));
    }

    /** Without the excerpt of the source, which may hold what does not belong in a log. */
    private static String reason(IOException e) {
        return e instanceof JsonProcessingException parse ? parse.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
