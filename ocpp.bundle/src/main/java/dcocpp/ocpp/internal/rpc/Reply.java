package dcocpp.ocpp.internal.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The one answer owed to a CALL. It is sent by the time the method returns, so what a handler does afterwards happens
 * after the answer. Owner thread only; a second answer, or one after the connection has ended, goes nowhere.
 */
public interface Reply {

    void result(ObjectNode payload);

    /** The result {@code {"status":status}}, which is all that most calls are answered with. */
    default void status(String status) {
        result(JsonNodeFactory.instance.objectNode().put("status", status));
    }

    void error(ErrorCode code, String description);

    /** Leaves the call without an answer, as OCPP wants it of a charge point that was rejected. */
    void withhold();
}
