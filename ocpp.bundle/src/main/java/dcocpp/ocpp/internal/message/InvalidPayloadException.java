package dcocpp.ocpp.internal.message;

/** A payload of ours that breaks its schema: a mistake of ours, which stays here. */
public final class InvalidPayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The message names every fault and every field that the schema does not know. */
    public InvalidPayloadException(Schema.Findings findings) {
        super("it breaks its schema: " + findings.faults() + findings.unknown());
    }
}
