package dcocpp.ocpp.internal.feature;

/** Where security events are told of. Used on the owner thread only. */
public interface SecurityEvents {

    /**
     * Logs the event, and tells the back office of it if it is one that it must hear of.
     *
     * @param type a name of the security whitepaper for OCPP 1.6; cut to 50 characters
     * @param techInfo what happened, for people; cut to 255 characters, empty = nothing to add
     */
    void raise(String type, String techInfo);
}
