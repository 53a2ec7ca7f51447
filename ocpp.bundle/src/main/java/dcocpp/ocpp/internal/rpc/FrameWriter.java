package dcocpp.ocpp.internal.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.message.InvalidPayloadException;
import dcocpp.ocpp.internal.message.MessageType;
import dcocpp.ocpp.internal.message.PayloadText;
import dcocpp.ocpp.internal.message.Schema;

/** Writes frames; a payload that breaks its schema gets into none. Not thread-safe: its text is used again and again. */
public final class FrameWriter {
    private final PayloadText text = new PayloadText();

    /** {@code [2,id,action,payload]}. */
    public String call(String id, MessageType type, ObjectNode payload) throws InvalidPayloadException {
        head(FrameCodec.CALL, id).string(type.action()).raw(',');
        return end(payload, type.request());
    }

    /** {@code [3,id,payload]}, the answer to a call of this type. */
    public String result(String id, MessageType type, ObjectNode payload) throws InvalidPayloadException {
        head(FrameCodec.RESULT, id);
        return end(payload, type.confirmation());
    }

    /** {@code [4,id,code,description,{}]}; the description is cut to what the protocol allows. */
    public String failure(String id, ErrorCode code, String description) {
        head(FrameCodec.FAILURE, id).string(code.name()).raw(',').string(FrameCodec.shorten(description));
        return text.raw(",{}]").toString();
    }

    /** The beginning of a frame, as far as its id and the comma behind. */
    private PayloadText head(int type, String id) {
        return text.clear().raw('[').raw((char) ('0' + type)).raw(',').string(id).raw(',');
    }

    private String end(ObjectNode payload, Schema schema) throws InvalidPayloadException {
        if (!text.object(payload, schema)) {
            throw new InvalidPayloadException(schema.check(payload));
        }
        return text.raw(']').toString();
    }
}
