package dcocpp.api.hardware;

/** Control pilot state, IEC 61851-1 annex A. */
public enum CpState {
    /** No vehicle. */
    A,
    /** Vehicle connected, not ready. */
    B,
    /** Vehicle asks for energy. */
    C,
    /** Vehicle asks for energy and ventilation. */
    D,
    /** No power or short circuit on the pilot. */
    E,
    /** The charger is not available. */
    F,
    /** Not known. */
    UNKNOWN;

    /** Whether a vehicle is connected. */
    public boolean plugged() {
        return this == B || this == C || this == D;
    }

    /** Whether the vehicle asks for energy. */
    public boolean wantsEnergy() {
        return this == C || this == D;
    }
}
