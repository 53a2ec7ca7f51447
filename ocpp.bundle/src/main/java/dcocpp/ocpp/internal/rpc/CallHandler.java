package dcocpp.ocpp.internal.rpc;

/** Takes the calls of the back office, on the owner thread, one after the other. */
public interface CallHandler {

    /** Answers now or later; the next call is handed over only after the answer. */
    void onCall(Frame.Call call, Reply reply);
}
