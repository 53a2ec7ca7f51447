package dcocpp.ocpp.internal.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One OCPP-J message: a JSON array on the wire. */
public sealed interface Frame permits Frame.Call, Frame.Result, Frame.Failure {

    /** The id that ties an answer to its call. */
    String id();

    /** {@code [2,id,action,payload]}. */
    record Call(String id, String action, ObjectNode payload) implements Frame {
    }

    /** {@code [3,id,payload]}. */
    record Result(String id, ObjectNode payload) implements Frame {
    }

    /** {@code [4,id,code,description,details]}; the code is text, since a back office may send one that nobody knows. */
    record Failure(String id, String code, String description) implements Frame {
    }
}
