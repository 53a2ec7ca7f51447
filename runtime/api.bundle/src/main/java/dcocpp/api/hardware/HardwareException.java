package dcocpp.api.hardware;

/** The hardware cannot be taken into service as it is configured. The message is for the person who configures it. */
public class HardwareException extends Exception {

    private static final long serialVersionUID = 1L;

    public HardwareException(String message) {
        super(message);
    }

    public HardwareException(String message, Throwable cause) {
        super(message, cause);
    }
}
