package dcocpp.csms;

/** The charger answered a command with a CALLERROR. */
public final class CallRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String errorCode;

    CallRefusedException(String action, String errorCode, String description) {
        super(action + " was refused by the charger: " + errorCode + (description.isBlank() ? "" : " (" + description + ")"));
        this.errorCode = errorCode;
    }

    /** OCPP-J's error code, such as NotImplemented. */
    public String errorCode() {
        return errorCode;
    }
}
