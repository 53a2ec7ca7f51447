package dcocpp.ocpp.internal.rpc;

/** The CALLERROR codes of OCPP-J 1.6, spelled as the specification spells them, its two slips included. */
public enum ErrorCode {
    /** The action is unknown to us. */
    NotImplemented,
    /** The action is known, and this charge point does not do it. */
    NotSupported,
    /** We failed, the request was fine. */
    InternalError,
    /** The message itself is incomplete. */
    ProtocolError,
    SecurityError,
    /** The payload is not what the action's schema asks for. */
    FormationViolation,
    PropertyConstraintViolation,
    OccurenceConstraintViolation,
    TypeConstraintViolation,
    /** Nothing of the above, a frame without readable id among it. */
    GenericError
}
