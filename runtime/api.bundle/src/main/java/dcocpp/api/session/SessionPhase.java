package dcocpp.api.session;

/** Where a session is between plug-in and unplug. New phases are added at the end. */
public enum SessionPhase {
    /** Plugged; waiting for a token. */
    WAITING_FOR_TOKEN,
    /** The back office is being asked. */
    AUTHORIZING,
    /** Authorized; waiting until the vehicle asks for energy. */
    WAITING_FOR_VEHICLE,
    /** The start is being written to the journal. */
    JOURNALLING,
    /** Contactors of the island are brought into place. */
    PREPARING_ISLAND,
    /** The bus is brought to the vehicle's voltage. */
    PRECHARGE,
    /** The gun contactor is closing. */
    CLOSING,
    /** Energy flows, or may flow. */
    ENERGY,
    /** Power goes down to zero before the gun contactor opens. */
    RAMP_DOWN,
    /** The gun contactor is opening. */
    OPENING,
    /** The transaction is over, the vehicle is still plugged. */
    ENDED
}
