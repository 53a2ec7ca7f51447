package dcocpp.ocpp.internal.message;

import java.util.LinkedHashMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the nodes of payloads: objects of OCPP have few fields. Immutable; thread-safe. */
public final class PayloadNodes extends JsonNodeFactory {
    /** The only one that is needed. */
    public static final PayloadNodes INSTANCE = new PayloadNodes();

    private static final long serialVersionUID = 1;
    private static final int FIELDS = 8;

    private PayloadNodes() {
    }

    @Override
    public ObjectNode objectNode() {
        return new ObjectNode(this, new LinkedHashMap<>(FIELDS));
    }
}
