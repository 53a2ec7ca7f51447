package dcocpp.ocpp.internal.smartcharging;

import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;

/**
 * The AC supply, which makes watts of amperes: the A of OCPP is the current of the supply per phase, so that
 * W = A × voltage × phases, whatever voltage the vehicle has on the DC side.
 *
 * @param voltageV between phase and neutral, V
 * @param phases how many phases count where a limit does not say
 */
record Supply(double voltageV, int phases) {

    /**
     * A limit in watts.
     *
     * @param ownPhases how many phases the limit is for; null = it does not say
     */
    double watts(double limit, Unit unit, Integer ownPhases) {
        return unit == Unit.W ? limit : limit * voltageV * (ownPhases == null ? phases : ownPhases);
    }

    /** Watts in a unit; amperes are per phase, all phases used. */
    double in(Unit unit, double watts) {
        return unit == Unit.W ? watts : watts / (voltageV * phases);
    }
}
