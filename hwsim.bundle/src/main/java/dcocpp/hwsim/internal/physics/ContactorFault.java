package dcocpp.hwsim.internal.physics;

/** What a contactor can suffer from until it is repaired. */
public enum ContactorFault {
    /** Once closed it no longer opens. */
    WELD,
    /** Once open it no longer closes. */
    JAM
}
