package dcocpp.ocpp.internal.rpc;

/** Where texts go out. */
public interface Wire {

    /** Hands the text to the connection and returns at once. */
    void send(String text);
}
