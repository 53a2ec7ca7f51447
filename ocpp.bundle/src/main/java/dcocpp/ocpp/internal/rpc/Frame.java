package dcocpp.ocpp.internal.rpc;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.message.MessageType;
import dcocpp.ocpp.internal.message.Schema;

/** One OCPP-J message that was read: a JSON array on the wire. */
public sealed interface Frame permits Frame.Call, Frame.Result, Frame.Failure {

    /** The id that ties an answer to its call. */
    String id();

    /**
     * {@code [2,id,action,payload]}.
     *
     * @param type empty for an action that OCPP 1.6 does not have
     * @param findings what the schema of the request says of the payload
     */
    record Call(String id, String action, Optional<MessageType> type, ObjectNode payload, Schema.Findings findings) implements Frame {
    }

    /**
     * {@code [3,id,payload]}.
     *
     * @param findings what the schema of the confirmation says of the payload; of no use if no call of ours has the id
     */
    record Result(String id, ObjectNode payload, Schema.Findings findings) implements Frame {
    }

    /** {@code [4,id,code,description,details]}; the code is text, since a back office may send one that nobody knows. */
    record Failure(String id, String code, String description) implements Frame {
    }
}
