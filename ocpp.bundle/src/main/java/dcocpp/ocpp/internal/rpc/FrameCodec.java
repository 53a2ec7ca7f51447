package dcocpp.ocpp.internal.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.message.MessageType;
import dcocpp.ocpp.internal.message.PayloadNodes;
import dcocpp.ocpp.internal.message.PayloadReader;
import dcocpp.ocpp.internal.message.PayloadReader.Payload;
import dcocpp.ocpp.internal.message.Schema;
import dcocpp.ocpp.internal.rpc.BadFrameException.Kind;

/**
 * Text to {@link Frame}, {@link FrameWriter} is the way back; and payloads from and to the text in which they are kept. The head of a frame is
 * read token by token, so that a frame that breaks in its payload is still answered under its own id. Thread-safe.
 */
public final class FrameCodec {
    /** OCPP-J 4.1.4: a message id has at most 36 characters. */
    static final int MAX_ID = 36;

    static final int CALL = 2;
    static final int RESULT = 3;
    static final int FAILURE = 4;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_DESCRIPTION = 255;

    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Catalogue catalogue;

    /** @param catalogue tells what the payload of a call may be */
    public FrameCodec(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** An empty payload. */
    public ObjectNode newPayload() {
        return PayloadNodes.INSTANCE.objectNode();
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

    /**
     * Reads one frame and checks its payload.
     *
     * @param called of which type the call of ours with this id was, empty if there is none; tells what the payload of its answer may be
     */
    public Frame decode(String text, Function<String, Optional<MessageType>> called) throws BadFrameException {
        // From bytes, since the parser of bytes finds names and ends of strings in two thirds of the time.
        try (JsonParser parser = json.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            return decode(parser, called);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Frame decode(JsonParser parser, Function<String, Optional<MessageType>> called) throws IOException, BadFrameException {
        int type = readType(parser);
        if (type < CALL || type > FAILURE) {
            throw new BadFrameException(Kind.OTHER, BadFrameException.UNKNOWN_ID, ErrorCode.GenericError,
                    "message type " + type + " is unknown; OCPP 1.6-J has 2, 3 and 4");
        }
        Kind kind = type == CALL ? Kind.CALL : Kind.ANSWER;
        String id = readId(parser, kind);
        try {
            return switch (type) {
                case CALL -> readCall(parser, id);
                case RESULT -> readResult(parser, id, called.apply(id));
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

    private Frame readCall(JsonParser parser, String id) throws IOException, BadFrameException {
        String action = readText(parser, Kind.CALL, id, "action");
        Optional<MessageType> type = catalogue.find(action);
        Payload payload = readLast(parser, Kind.CALL, id, type.map(MessageType::request));
        return new Frame.Call(id, action, type, payload.object(), payload.findings());
    }

    private static Frame readResult(JsonParser parser, String id, Optional<MessageType> type) throws IOException, BadFrameException {
        Payload payload = readLast(parser, Kind.ANSWER, id, type.map(MessageType::confirmation));
        return new Frame.Result(id, payload.object(), payload.findings());
    }

    /** The payload, which ends the frame. */
    private static Payload readLast(JsonParser parser, Kind kind, String id, Optional<Schema> schema) throws IOException, BadFrameException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            throw new BadFrameException(kind, id, ErrorCode.ProtocolError, "the frame ends before its payload");
        }
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            throw new BadFrameException(kind, id, ErrorCode.FormationViolation, "the payload must be a JSON object");
        }
        Payload payload = PayloadReader.read(parser, schema.orElse(Schema.UNKNOWN));
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            throw new BadFrameException(kind, id, ErrorCode.ProtocolError, "the frame goes on behind its payload");
        }
        if (parser.nextToken() != null) {
            throw new BadFrameException(kind, id, ErrorCode.FormationViolation, "there is text behind the frame");
        }
        return payload;
    }

    /** Lenient: what follows the code only serves the log. */
    private static Frame readFailure(JsonParser parser, String id) throws IOException, BadFrameException {
        String code = readText(parser, Kind.ANSWER, id, "error code");
        String description = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        return new Frame.Failure(id, code, description);
    }

    /** As long as a description in a frame may be. */
    static String shorten(String text) {
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
