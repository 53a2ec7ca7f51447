package dcocpp.csms;

/** What the CSMS answers to a BootNotification. */
public enum BootAnswer {
    /** The charge point may work. */
    ACCEPTED,
    /** The charge point must wait for an acceptance and may be configured meanwhile. */
    PENDING,
    /** The charge point must stay silent for the interval. */
    REJECTED
}
