package dcocpp.api.hardware;

/**
 * High-level communication with the vehicle (ISO 15118 or DIN SPEC 70121), as the PLC reports it.
 *
 * @param stage the PLC's own stage number, for people
 * @param cableCheckOk insulation test passed
 * @param prechargeActive the vehicle is in precharge
 * @param powerReady the vehicle asks for power delivery (the PLC's stage has reached it)
 * @param chargeComplete the vehicle has ended the charge
 */
public record HlcState(int stage, boolean cableCheckOk, boolean prechargeActive, boolean powerReady, boolean chargeComplete) {

    /** No communication. */
    public static final HlcState NONE = new HlcState(0, false, false, false, false);
}
