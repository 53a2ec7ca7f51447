package dcocpp.ocpp.internal.link;

/** What the link is doing. */
public enum LinkState {
    /** Told to stay away, or not started. */
    OFF,
    CONNECTING,
    OPEN,
    /** Pausing before the next attempt. */
    WAITING
}
