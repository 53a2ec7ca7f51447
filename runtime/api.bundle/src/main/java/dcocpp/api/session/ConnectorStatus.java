package dcocpp.api.session;

/** Status of a connector, OCPP 1.6 section 7.7. */
public enum ConnectorStatus {
    /** Free. */
    AVAILABLE,
    /** In use, no energy yet. */
    PREPARING,
    /** Energy flows. */
    CHARGING,
    /** The charger gives nothing at the moment. */
    SUSPENDED_EVSE,
    /** The vehicle takes nothing at the moment. */
    SUSPENDED_EV,
    /** The session is over, the vehicle is still there. */
    FINISHING,
    /** Reserved. */
    RESERVED,
    /** Taken out of service by the back office. */
    UNAVAILABLE,
    /** Out of order. */
    FAULTED
}
