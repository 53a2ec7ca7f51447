package eu.chargetime.ocpp;

import eu.chargetime.ocpp.model.Request;

/** The codec of Java-OCA-OCPP without its connection; its methods are open to its own package only. */
public final class OcaCodec {

    private final JSONCommunicator communicator = new JSONCommunicator(null);

    /** Checks a request and makes its frame. */
    public String encode(String id, String action, Request request) {
        if (!request.validate()) {
            throw new IllegalArgumentException(action);
        }
        return communicator.makeCall(id, action, communicator.packPayload(request)).toString();
    }

    /** Reads a frame and checks its request. */
    public <T extends Request> T decode(String frame, Class<T> type) throws Exception {
        T request = communicator.unpackPayload(communicator.parse(frame).getPayload(), type);
        if (!request.validate()) {
            throw new IllegalArgumentException(frame);
        }
        return request;
    }
}
