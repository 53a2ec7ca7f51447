package dcocpp.api.journal;

/** Why a transaction ended, OCPP 1.6 section 7.36. New ones are added at the end. */
public enum StopReason {
    /** Emergency stop. */
    EMERGENCY_STOP,
    /** The vehicle was unplugged. */
    EV_DISCONNECTED,
    /** A hard reset was commanded. */
    HARD_RESET,
    /** Stopped at the charger, by its token or by the vehicle. */
    LOCAL,
    /** Anything else. */
    OTHER,
    /** Power was lost, or the program was killed. */
    POWER_LOSS,
    /** A reboot. */
    REBOOT,
    /** Stopped by the back office. */
    REMOTE,
    /** A soft reset was commanded. */
    SOFT_RESET,
    /** The connector was unlocked by the back office. */
    UNLOCK_COMMAND,
    /** The back office did not accept the token of the transaction. */
    DEAUTHORIZED
}
