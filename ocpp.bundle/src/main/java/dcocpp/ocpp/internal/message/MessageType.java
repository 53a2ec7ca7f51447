package dcocpp.ocpp.internal.message;

/**
 * One message of the protocol.
 *
 * @param action its name on the wire
 * @param profile the feature profile it belongs to; {@code Security} for the security extension
 * @param sender who may send the request
 */
public record MessageType(String action, String profile, Sender sender, Schema request, Schema confirmation) {

    /** Who may send a request. */
    public enum Sender {
        CHARGE_POINT, BACK_OFFICE, BOTH;

        public boolean backOffice() {
            return this != CHARGE_POINT;
        }
    }
}
