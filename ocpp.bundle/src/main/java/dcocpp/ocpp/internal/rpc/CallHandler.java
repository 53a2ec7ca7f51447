package dcocpp.ocpp.internal.rpc;

/** Takes the calls of the back office, on the owner thread, one after the other. */
public interface CallHandler {

    /** Answers now or later; the next call is handed over only after the answer. */
    void onCall(Frame.Call call, Reply reply);

    /** A message came that is none of OCPP; it has been refused already. */
    default void onInvalid(String reason) {
        // of interest to whoever keeps a security log
    }
}
