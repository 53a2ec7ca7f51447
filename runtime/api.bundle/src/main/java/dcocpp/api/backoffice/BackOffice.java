package dcocpp.api.backoffice;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A protocol bundle, as the controller sees it. What the back office wants flows the other way, through {@link BackOfficeInbox} and
 * {@link dcocpp.api.session.ChargerControl}. All methods return at once. While the service is away nobody new is granted; what was
 * granted, and the last {@link BackOfficeState}, stay in force.
 */
@ConsumerType
public interface BackOffice {

    /** Service property: the protocol, such as {@code ocpp1.6}. */
    String PROTOCOL = "backoffice.protocol";

    /** Asks whether a token may charge. The answer comes through {@link BackOfficeInbox#authorized}, by the request's deadline or never. */
    void authorize(AuthorizationRequest request);

    /** The link as it is now. */
    BackOfficeLink link();

    /** Connects, and reconnects when the link is lost. */
    void connect();

    /** Disconnects and stays so until {@link #connect}. */
    void disconnect();

    /**
     * The charger was reset without ending the process, whoever wanted it: registers anew, as after a restart. Whether a connection is
     * wanted stays as it was. Does nothing where the protocol knows no registration.
     */
    default void reset() {
    }
}
