package dcocpp.ocpp.internal.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.rpc.Reply;

/** Does what one action of the back office asks for. */
public interface ActionHandler {

    /** Answers; whatever it does after the answer happens after the answer. The payload has passed its schema. */
    void handle(ObjectNode payload, Reply reply);
}
