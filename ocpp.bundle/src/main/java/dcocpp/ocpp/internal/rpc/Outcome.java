package dcocpp.ocpp.internal.rpc;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.message.PayloadNodes;

/** How a CALL of ours ended. */
public sealed interface Outcome {

    /** Answered, and the answer is what the schema promises. */
    record Answered(ObjectNode payload) implements Outcome {
    }

    /** Answered with a CALLERROR. */
    record Refused(String code, String description) implements Outcome {
        /** As OCPP-J 1.6 spells them, and as later editions do. */
        private static final Set<String> FAULTS = Set.of(ErrorCode.FormationViolation.name(), "FormatViolation",
                ErrorCode.PropertyConstraintViolation.name(), ErrorCode.TypeConstraintViolation.name(),
                ErrorCode.OccurenceConstraintViolation.name(), "OccurrenceConstraintViolation", ErrorCode.ProtocolError.name());

        /** Whether the back office said that it does not know or do this action at all. */
        public boolean unsupported() {
            return code.equals(ErrorCode.NotImplemented.name()) || code.equals(ErrorCode.NotSupported.name());
        }

        /** Whether the back office finds fault with the message itself: it would find it with the same text again. */
        public boolean faulty() {
            return FAULTS.contains(code);
        }
    }

    /**
     * Answered with something that breaks the schema: a failed call, unless who called can do with less.
     *
     * @param right what of it is as the schema promises; may be empty
     * @param complete only optional fields are wrong: {@code right} has what an answer must have
     */
    record Unusable(String reason, ObjectNode right, boolean complete) implements Outcome {
        /** Nothing of it can be used. */
        public Unusable(String reason) {
            this(reason, PayloadNodes.INSTANCE.objectNode(), false);
        }
    }

    /** Never sent: the request breaks its own schema, which is a mistake of ours and the same the next time. */
    record Unsendable(String reason) implements Outcome {
    }

    /** Not answered in time. */
    record TimedOut() implements Outcome {
    }

    /** The connection ended first; whether the call arrived is not known. */
    record Disconnected() implements Outcome {
    }
}
